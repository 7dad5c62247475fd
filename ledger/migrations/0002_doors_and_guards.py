"""The functions that write the books, and the triggers that refuse whatever else would."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
WITHOUT_GUARDS = """
DROP TRIGGER transfer_is_never_rewritten ON ledger_transfer;
DROP TRIGGER limit_change_is_never_rewritten ON ledger_limitchange;
DROP TRIGGER account_is_never_removed ON ledger_account;
DROP TRIGGER transfer_moves_its_accounts ON ledger_transfer;
DROP TRIGGER limit_change_limits_its_account ON ledger_limitchange;
DROP TRIGGER account_opens_empty ON ledger_account;
DROP TRIGGER account_keeps_its_rules ON ledger_account;
ALTER TABLE ledger_account RESET (fillfactor, autovacuum_vacuum_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_accounts_and_transfers")]
    operations = [
        migrations.RunSQL(
            (SQL / "doors.sql").read_text(), reverse_sql="DROP SCHEMA ledger CASCADE"
        ),
        migrations.RunSQL((SQL / "guards.sql").read_text(), reverse_sql=WITHOUT_GUARDS),
    ]
