"""An exchange says what its transfer moved: who, to whom and how much."""

from django.db import migrations

GUARD = """
CREATE FUNCTION exchange_is_its_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_transfer t
          JOIN ledger_account source ON source.id = t.source_id
          JOIN ledger_account target ON target.id = t.target_id
         WHERE t.id = NEW.transfer_id AND t.key = NEW.id
           AND t.unit = 'minute' AND t.amount = NEW.minutes
           AND source.holder_id = NEW.receiver_id AND target.holder_id = NEW.giver_id)
    THEN
        RAISE EXCEPTION 'exchange % does not say what its transfer moved', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_is_its_transfer
    BEFORE INSERT OR UPDATE OF id, giver_id, receiver_id, minutes, transfer_id
    ON timebank_exchange FOR EACH ROW EXECUTE FUNCTION exchange_is_its_transfer();
"""
WITHOUT = """
DROP TRIGGER exchange_is_its_transfer ON timebank_exchange;
DROP FUNCTION exchange_is_its_transfer();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("timebank", "0001_exchanges"),
        ("ledger", "0002_doors_and_guards"),
    ]
    operations = [migrations.RunSQL(GUARD, reverse_sql=WITHOUT)]
