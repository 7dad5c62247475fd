import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_more_reasons"),
        ("timebank", "0003_commons_opens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Forgiveness",
            fields=[
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the web"),
                            ("phone", "by phone"),
                            ("paper", "on paper"),
                            ("letter", "from a letter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("minutes", models.PositiveIntegerField()),
                ("words", models.CharField(max_length=500, verbose_name="why")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        help_text="who decided it, where and when, in words",
                        max_length=200,
                    ),
                ),
                (
                    "decision_url",
                    models.CharField(
                        blank=True,
                        help_text="where the decision can be read",
                        max_length=200,
                    ),
                ),
                ("seconded_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forgiveness",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forgiveness",
                        to="ledger.transfer",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("seconded_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=("member",),
                        name="forgiveness_is_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seconded_by__isnull", True),
                            models.Q(
                                ("seconded_by", models.F("recorded_by")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="forgiveness_is_decided_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("member", models.F("recorded_by")), _negated=True
                            ),
                            models.Q(
                                ("seconded_by__isnull", True),
                                models.Q(
                                    ("seconded_by", models.F("member")), _negated=True
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="forgiveness_is_decided_by_others",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("seconded_at__isnull", True),
                                ("seconded_by__isnull", True),
                                ("transfer__isnull", True),
                            ),
                            models.Q(
                                ("seconded_at__isnull", False),
                                ("seconded_by__isnull", False),
                                ("transfer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="forgiveness_moves_once_seconded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            models.Q(
                                ("seconded_at__isnull", True),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="forgiveness_has_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)),
                        name="forgiveness_forgives_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="forgiveness_says_why",
                    ),
                ],
            },
        ),
    ]
