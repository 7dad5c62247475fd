-- The guards: what PostgreSQL itself refuses, whoever asks and however.
-- The application's role has no right to write these tables at all; the guards also hold
-- for the owner, whose hand may slip, and where there is only one role.

-- History stays. (A test may empty its own database: its owner, and only under the name
-- that the test runner gives.)
CREATE FUNCTION ledger.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is history: % is refused. Reverse it instead.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER transfer_is_never_rewritten
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewriting();
CREATE TRIGGER limit_change_is_never_rewritten
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_limitchange
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewriting();
CREATE TRIGGER account_is_never_removed
    BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewriting();

-- An account opens empty, for one holder, in a unit that we know.
-- (These and the rules below are triggers on the columns that they speak of, rather than
-- CHECKs: PostgreSQL prepares every CHECK anew for each statement, and an account is
-- updated twice by every transfer. Told so, they cost a fifth.)
CREATE FUNCTION ledger.account_opens_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.balance <> 0 OR NEW.sequence <> 0 OR NEW.moved_at IS NOT NULL OR NEW.closed
       OR num_nonnulls(NEW.holder_id, NEW.fund) <> 1
       OR NEW.unit NOT IN ('minute', 'credit', 'cent')
    THEN
        RAISE EXCEPTION 'an account opens empty, for one holder, in a known unit'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_opens_empty
    BEFORE INSERT ON ledger_account FOR EACH ROW
    EXECUTE FUNCTION ledger.account_opens_empty();

-- An account says what its latest line says, and a line may not cross its limits.
CREATE FUNCTION ledger.account_follows_its_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    falls boolean := NEW.balance < OLD.balance;
BEGIN
    IF falls THEN
        PERFORM FROM public.ledger_transfer
          WHERE source_id = NEW.id AND source_sequence = NEW.sequence
            AND source_balance = NEW.balance AND at = NEW.moved_at;
    ELSE
        PERFORM FROM public.ledger_transfer
          WHERE target_id = NEW.id AND target_sequence = NEW.sequence
            AND target_balance = NEW.balance AND at = NEW.moved_at;
    END IF;
    -- After a batch the latest line may go the other way than their sum.
    IF NOT FOUND AND NOT EXISTS (
        SELECT FROM public.ledger_transfer
         WHERE (source_id = NEW.id AND source_sequence = NEW.sequence
                AND source_balance = NEW.balance AND at = NEW.moved_at)
            OR (target_id = NEW.id AND target_sequence = NEW.sequence
                AND target_balance = NEW.balance AND at = NEW.moved_at))
    THEN
        RAISE EXCEPTION 'account % changes only by a transfer', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (falls AND NEW.balance < NEW.floor)
       OR (NEW.balance > OLD.balance AND NEW.balance > NEW.ceiling) OR NEW.closed
    THEN
        RAISE EXCEPTION 'account % would go past its limit', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_follows_its_lines
    BEFORE UPDATE OF balance, sequence, moved_at ON ledger_account FOR EACH ROW
    EXECUTE FUNCTION ledger.account_follows_its_lines();

-- An account's limits are what the latest change of them says; it closes empty.
CREATE FUNCTION ledger.account_follows_its_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM (SELECT floor, ceiling, closed FROM public.ledger_limitchange
                      WHERE account_id = NEW.id ORDER BY id DESC LIMIT 1) AS latest
         WHERE (latest.floor, latest.ceiling, latest.closed)
               IS NOT DISTINCT FROM (NEW.floor, NEW.ceiling, NEW.closed))
    THEN
        RAISE EXCEPTION 'limits of account % change only by set_limits', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.floor > NEW.ceiling OR (NEW.closed AND NEW.balance <> 0) THEN
        RAISE EXCEPTION 'account % has a floor under its ceiling, and closes empty', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_follows_its_limits
    BEFORE UPDATE OF floor, ceiling, closed ON ledger_account FOR EACH ROW
    EXECUTE FUNCTION ledger.account_follows_its_limits();

CREATE FUNCTION ledger.refuse_renaming() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account % keeps its holder and its unit', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER account_keeps_its_holder
    BEFORE UPDATE OF id, unit, holder_id, fund ON ledger_account FOR EACH ROW
    EXECUTE FUNCTION ledger.refuse_renaming();

-- A transfer has one unit, and so have both its accounts.
ALTER TABLE ledger_transfer
    ADD CONSTRAINT transfer_source_counts_its_unit
        FOREIGN KEY (source_id, unit) REFERENCES ledger_account (id, unit),
    ADD CONSTRAINT transfer_target_counts_its_unit
        FOREIGN KEY (target_id, unit) REFERENCES ledger_account (id, unit);

-- Two numbers of a row change with every transfer; half-empty pages keep that in place.
ALTER TABLE ledger_account SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Nobody calls what stands behind the doors; `migrate` opens the doors themselves.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
