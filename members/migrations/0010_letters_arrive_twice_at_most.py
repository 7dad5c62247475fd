"""Count the tries of a letter of which nobody knows whether they arrived."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0009_finding_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="unclear",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="tries of which nobody knows (yet) whether they arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("unclear__lte", 2)),
                name="letter_arrives_twice_at_most",
            ),
        ),
    ]
