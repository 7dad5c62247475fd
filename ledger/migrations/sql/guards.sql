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

-- A transfer *is* its row: writing it is what moves both accounts, and nothing else does.
-- What it says of unit, balances and line numbers must be what the accounts come to; so a
-- row whose accounts count another unit, or don't exist, is refused here too. So is one that
-- makes no sense in itself: it moves something, between two accounts, knows the whole of its
-- cause or none, and names both by whom and for whom it was recorded, or neither.
CREATE FUNCTION ledger.move_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint;
    expected bigint;
BEGIN
    IF EXISTS (SELECT FROM written
                WHERE amount NOT BETWEEN 1 AND 1000000000000 OR source_id = target_id
                   OR (cause_kind IS NULL) <> (cause_id IS NULL)
                   OR (recorded_by_id IS NULL) <> (recorded_for_id IS NULL))
    THEN
        RAISE EXCEPTION 'a transfer makes no sense in itself'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- transfer_all says so of itself. Said falsely, it is slower and no less strict.
    IF current_setting('ledger.batch', true) = 'on' THEN
        expected := (SELECT count(DISTINCT id) FROM (
            SELECT source_id AS id FROM written UNION ALL SELECT target_id FROM written) AS side);
        UPDATE public.ledger_account a
           SET balance = line.latest[2], sequence = line.latest[1], moved_at = line.at
          FROM (SELECT id, sum(change)::bigint AS change, count(*) AS lines,
                       max(ARRAY[sequence, balance]) AS latest, max(at) AS at, unit
                  FROM (SELECT source_id AS id, unit, -amount AS change, at,
                               source_sequence AS sequence, source_balance AS balance
                          FROM written
                         UNION ALL
                        SELECT target_id, unit, amount, at, target_sequence, target_balance
                          FROM written) AS side
                 GROUP BY id, unit) AS line
         WHERE a.id = line.id AND a.unit = line.unit AND a.balance = line.latest[2] - line.change
           AND a.sequence = line.latest[1] - line.lines;
    ELSE
        expected := (SELECT 2 * count(*) FROM written);
        UPDATE public.ledger_account a
           SET balance = line.balance, sequence = line.sequence, moved_at = line.at
          FROM (SELECT source_id AS id, unit, source_balance AS balance, -amount AS change,
                       source_sequence AS sequence, at FROM written
                 UNION ALL
                SELECT target_id, unit, target_balance, amount, target_sequence, at FROM written
               ) AS line
         WHERE a.id = line.id AND a.unit = line.unit AND a.balance = line.balance - line.change
           AND a.sequence = line.sequence - 1;
    END IF;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> expected THEN
        RAISE EXCEPTION 'a line does not follow from the one before it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_moves_its_accounts
    AFTER INSERT ON ledger_transfer REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.move_accounts();

-- In the same way, a change of limits is its row.
CREATE FUNCTION ledger.limit_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.ledger_account
       SET floor = NEW.floor, ceiling = NEW.ceiling, closed = NEW.closed
     WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER limit_change_limits_its_account
    AFTER INSERT ON ledger_limitchange
    FOR EACH ROW EXECUTE FUNCTION ledger.limit_account();

-- What an account may be. These rules are triggers rather than CHECKs: PostgreSQL prepares
-- every CHECK anew for each statement, and each transfer updates two accounts; told as
-- CHECKs they cost a fifth of the speed.
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
    BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger.account_opens_empty();

CREATE FUNCTION ledger.account_keeps_its_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'account % changes only by a transfer or a change of limits', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.balance < OLD.balance AND NEW.balance < NEW.floor)
       OR (NEW.balance > OLD.balance AND NEW.balance > NEW.ceiling)
       OR NEW.floor > NEW.ceiling
       OR (NEW.closed AND (NEW.balance <> 0 OR NEW.sequence <> OLD.sequence))
    THEN
        RAISE EXCEPTION 'account % would go past its limits', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_keeps_its_rules
    BEFORE UPDATE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger.account_keeps_its_rules();

-- Two numbers of a row change with every transfer; half-empty pages keep that in place.
ALTER TABLE ledger_account SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Nobody calls what stands behind the doors; `migrate` opens the doors themselves.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
