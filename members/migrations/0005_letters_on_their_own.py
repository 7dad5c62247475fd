"""A notice no longer keeps its letter's fate: that is the letter's own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0004_carry_over")]
    operations = [
        migrations.RemoveConstraint(
            model_name="notice", name="notice_letter_is_sent_once"
        ),
        migrations.RemoveIndex(model_name="notice", name="notice_letter_due"),
        migrations.RemoveField(model_name="notice", name="letter_due_at"),
        migrations.RemoveField(model_name="notice", name="letter_failures"),
        migrations.RemoveField(model_name="notice", name="letter_fault"),
        migrations.RemoveField(model_name="notice", name="letter_sent_at"),
    ]
