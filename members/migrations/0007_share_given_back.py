"""A share that was given back counts until that day; and dues cover no day twice."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_history_stays"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="duepayment",
            name="share_stands_once",
        ),
        migrations.AddField(
            model_name="duepayment",
            name="given_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="duepayment",
            name="given_back_on",
            field=models.DateField(
                blank=True,
                help_text="the first day on which the share is theirs",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="duepayment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("given_back_on__isnull", True),
                    ("reversed_at__isnull", True),
                    ("what", "share"),
                ),
                fields=("member",),
                name="share_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="duepayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_back_on__isnull", True),
                    models.Q(
                        ("cents__gt", 0),
                        ("given_back_by__isnull", False),
                        ("reversed_at__isnull", True),
                        ("what", "share"),
                    ),
                    _connector="OR",
                ),
                name="share_is_given_back_once_it_was_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="duepayment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("reversed_at__isnull", True), ("what", "dues")),
                expressions=[
                    ("member", "="),
                    (
                        models.Func(
                            models.F("covers_from"),
                            models.F("covers_until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="dues_cover_a_day_once",
            ),
        ),
    ]
