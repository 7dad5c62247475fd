"""Networks that were founded before the commons opened with them: open it now."""

from django.db import migrations

OPEN = """
SELECT ledger.set_limits(NULL, 'commons', 'minute', -60000, NULL, false,
                         NULL, NULL, NULL, NULL, 'web')
 WHERE EXISTS (SELECT FROM members_member);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("timebank", "0002_exchange_is_its_transfer"),
        ("ledger", "0003_more_reasons"),
        ("members", "0006_history_stays"),
    ]
    # A limit that was set stays in history.
    operations = [migrations.RunSQL(OPEN, reverse_sql=migrations.RunSQL.noop)]
