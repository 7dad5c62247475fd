-- The two doors of the books. They run as their owner, so that the application's role
-- needs no right to write the tables, and can't be asked to bend them.
--
-- A door *returns* what happened ('new', 'replayed', 'below_floor' …) and raises nothing,
-- so that a surrounding deed lives on and can say it kindly. The guards in guards.sql
-- stand behind it and do raise.

CREATE SCHEMA ledger;

-- The account of a member or fund for a unit, opened where there was none, and locked.
-- Nobody may go below zero until `set_limits` says so; only the world outside may.
CREATE FUNCTION ledger.lock_account(p_holder bigint, p_fund text, p_unit text)
RETURNS public.ledger_account LANGUAGE plpgsql AS $$
DECLARE
    a public.ledger_account;
BEGIN
    LOOP
        IF p_fund IS NULL THEN
            SELECT * INTO a FROM public.ledger_account
             WHERE holder_id = p_holder AND unit = p_unit FOR NO KEY UPDATE;
        ELSE
            SELECT * INTO a FROM public.ledger_account
             WHERE fund = p_fund AND unit = p_unit FOR NO KEY UPDATE;
        END IF;
        EXIT WHEN FOUND;
        INSERT INTO public.ledger_account
               (holder_id, fund, unit, balance, sequence, floor, closed)
        VALUES (p_holder, p_fund, p_unit, 0, 0, CASE WHEN p_fund = 'outside' THEN NULL ELSE 0 END,
                false)
        ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN a;
END $$;

-- Move one amount. Everybody locks accounts in one order, so that nobody waits in a
-- circle: members by their id, then funds by name. (Many deeds share a fund; locked
-- last, it is held for the shortest time.) Then: ask every rule, and write the one row,
-- which brings both accounts to it (guards.sql).
CREATE FUNCTION ledger.transfer(
    p_key uuid,
    p_source_holder bigint, p_source_fund text,
    p_target_holder bigint, p_target_fund text,
    p_unit text, p_amount bigint, p_reason text,
    p_cause_kind text, p_cause_id uuid, p_reverses bigint,
    p_recorded_by bigint, p_recorded_for bigint, p_channel text, p_at timestamptz,
    OUT outcome text, OUT id bigint, OUT source_id bigint, OUT target_id bigint,
    OUT source_balance bigint, OUT target_balance bigint,
    OUT source_sequence bigint, OUT target_sequence bigint, OUT at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
    s public.ledger_account;
    t public.ledger_account;
    known public.ledger_transfer;
BEGIN
    IF (p_source_holder IS NULL AND p_target_fund IS NULL)
       OR p_source_holder > p_target_holder OR p_source_fund > p_target_fund
    THEN
        t := ledger.lock_account(p_target_holder, p_target_fund, p_unit);
        s := ledger.lock_account(p_source_holder, p_source_fund, p_unit);
    ELSE
        s := ledger.lock_account(p_source_holder, p_source_fund, p_unit);
        t := ledger.lock_account(p_target_holder, p_target_fund, p_unit);
    END IF;
    source_id := s.id;
    target_id := t.id;

    -- Read after the locks, so that the moments of an account's lines only grow.
    at := coalesce(p_at, greatest(clock_timestamp(), s.moved_at, t.moved_at));
    source_balance := s.balance - p_amount;
    target_balance := t.balance + p_amount;
    source_sequence := s.sequence + 1;
    target_sequence := t.sequence + 1;
    outcome := CASE
        WHEN source_id = target_id THEN 'same_account'
        WHEN s.closed OR t.closed THEN 'account_closed'
        WHEN p_at > clock_timestamp() THEN 'in_future'
        WHEN p_at < '2000-01-01' OR p_at < s.moved_at OR p_at < t.moved_at THEN 'too_early'
        WHEN p_recorded_by NOT IN (coalesce(p_source_holder, -1), coalesce(p_target_holder, -1))
             AND NOT ledger.is_known(p_recorded_by) THEN 'unknown_recorder'
        WHEN p_recorded_for NOT IN (coalesce(p_source_holder, -1), coalesce(p_target_holder, -1))
             AND NOT ledger.is_known(p_recorded_for) THEN 'unknown_recorder'
        WHEN source_balance < s.floor THEN 'below_floor'
        WHEN target_balance > t.ceiling THEN 'above_ceiling'
        WHEN p_reverses IS NOT NULL
            THEN ledger.why_no_reversal(p_reverses, source_id, target_id, p_amount)
    END;
    IF outcome IS NULL THEN
        INSERT INTO public.ledger_transfer
               (key, source_id, target_id, unit, amount,
                source_balance, target_balance, source_sequence, target_sequence,
                reason, cause_kind, cause_id, recorded_by_id, recorded_for_id, channel,
                at, reverses_id)
        VALUES (p_key, source_id, target_id, p_unit, p_amount,
                source_balance, target_balance, source_sequence, target_sequence,
                p_reason, p_cause_kind, p_cause_id, p_recorded_by, p_recorded_for, p_channel,
                at, p_reverses)
        ON CONFLICT (key) DO NOTHING
        RETURNING ledger_transfer.id INTO id;
        IF FOUND THEN
            outcome := 'new';
            RETURN;
        END IF;
    END IF;

    -- Refused, or the key is taken: a deed that was done before answers as it did then,
    -- whatever the limits say by now.
    SELECT * INTO known FROM public.ledger_transfer k WHERE k.key = p_key;
    IF FOUND THEN
        outcome := CASE
            WHEN (known.source_id, known.target_id, known.amount, known.reason,
                  known.cause_kind, known.cause_id, known.reverses_id,
                  known.recorded_by_id, known.recorded_for_id, known.channel)
                 IS NOT DISTINCT FROM
                 (source_id, target_id, p_amount, p_reason,
                  p_cause_kind, p_cause_id, p_reverses,
                  p_recorded_by, p_recorded_for, p_channel)
            THEN 'replayed' ELSE 'key_reused' END;
        id := known.id;
        source_balance := known.source_balance;
        target_balance := known.target_balance;
        source_sequence := known.source_sequence;
        target_sequence := known.target_sequence;
        at := known.at;
    END IF;
END $$;

-- Whether somebody belongs here, told by an account of theirs: everybody who is welcomed
-- gets one, and none is ever removed.
CREATE FUNCTION ledger.is_known(p_holder bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM public.ledger_account WHERE holder_id = p_holder)
$$;

-- Why a transfer can't stand as the reversal of another; NULL where it can.
CREATE FUNCTION ledger.why_no_reversal(
    p_original bigint, p_source_id bigint, p_target_id bigint, p_amount bigint
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN o.id IS NULL
             OR (o.target_id, o.source_id, o.amount) <> (p_source_id, p_target_id, p_amount)
            THEN 'not_its_reversal'
        WHEN o.reverses_id IS NOT NULL THEN 'reversal_of_reversal'
        WHEN EXISTS (SELECT FROM public.ledger_transfer r WHERE r.reverses_id = p_original)
            THEN 'already_reversed'
    END
      FROM (SELECT) AS nothing
      LEFT JOIN public.ledger_transfer o ON o.id = p_original
$$;

-- Lock (and open) the accounts that a batch joins, in the order that everybody keeps.
CREATE FUNCTION ledger.lock_accounts_of(p_moves jsonb) RETURNS void LANGUAGE sql AS $$
    SELECT count(ledger.lock_account(holder, fund, unit))
      FROM (SELECT DISTINCT side.holder, side.fund, m.unit
              FROM jsonb_to_recordset(p_moves) AS m(
                       source_holder bigint, source_fund text,
                       target_holder bigint, target_fund text, unit text),
           LATERAL (VALUES (m.source_holder, m.source_fund),
                           (m.target_holder, m.target_fund)) AS side(holder, fund)
             ORDER BY side.holder NULLS LAST, side.fund, m.unit) AS in_line
$$;

-- One move of a batch as it would stand in the books, or why it can't (`outcome`).
CREATE TYPE ledger.drafted AS (
    place bigint, outcome text, id bigint, key uuid, unit text, amount bigint,
    reason text, cause_kind text, cause_id uuid, reverses_id bigint,
    source_id bigint, source_balance bigint, source_sequence bigint,
    target_id bigint, target_balance bigint, target_sequence bigint, at timestamptz
);

-- Draft a batch on top of where its (locked) accounts stand. A move whose key is known
-- is answered with what stands in the books and takes no part in the sums.
CREATE FUNCTION ledger.draft(
    p_moves jsonb, p_recorded_by bigint, p_recorded_for bigint, p_channel text,
    p_at timestamptz
) RETURNS ledger.drafted[] LANGUAGE sql AS $$
    WITH move AS MATERIALIZED (
        SELECT m.*, count(*) OVER (PARTITION BY m.key) AS times,
               CASE WHEN m.reverses IS NOT NULL
                    THEN count(*) OVER (PARTITION BY m.reverses) END AS reversals,
               coalesce(sm.id, sf.id) AS source_id, coalesce(tm.id, tf.id) AS target_id,
               k.id AS known_id, k.source_balance, k.source_sequence,
               k.target_balance, k.target_sequence, k.at AS known_at,
               (k.source_id, k.target_id, k.amount, k.reason, k.cause_kind, k.cause_id,
                k.reverses_id, k.recorded_by_id, k.recorded_for_id, k.channel)
                 IS NOT DISTINCT FROM
               (coalesce(sm.id, sf.id), coalesce(tm.id, tf.id), m.amount, m.reason,
                m.cause_kind, m.cause_id, m.reverses,
                p_recorded_by, p_recorded_for, p_channel) AS is_same
          FROM ROWS FROM (jsonb_to_recordset(p_moves) AS (
                   key uuid, source_holder bigint, source_fund text,
                   target_holder bigint, target_fund text, unit text, amount bigint,
                   reason text, cause_kind text, cause_id uuid, reverses bigint)
               ) WITH ORDINALITY AS m(
                   key, source_holder, source_fund, target_holder, target_fund, unit,
                   amount, reason, cause_kind, cause_id, reverses, place)
          -- As in lock_account, a fund's name goes before a holder's number.
          LEFT JOIN public.ledger_account sm
                 ON sm.holder_id = m.source_holder AND sm.unit = m.unit
                AND m.source_fund IS NULL
          LEFT JOIN public.ledger_account sf ON sf.fund = m.source_fund AND sf.unit = m.unit
          LEFT JOIN public.ledger_account tm
                 ON tm.holder_id = m.target_holder AND tm.unit = m.unit
                AND m.target_fund IS NULL
          LEFT JOIN public.ledger_account tf ON tf.fund = m.target_fund AND tf.unit = m.unit
          LEFT JOIN public.ledger_transfer k ON k.key = m.key
    ), leg AS (
        SELECT side.place, side.is_source, a.id, a.moved_at,
               a.balance + sum(side.change) OVER earlier AS balance,
               a.sequence + count(*) OVER earlier AS sequence,
               CASE WHEN a.closed THEN 'account_closed'
                    WHEN side.is_source
                     AND a.balance + sum(side.change) OVER earlier < a.floor
                    THEN 'below_floor'
                    WHEN NOT side.is_source
                     AND a.balance + sum(side.change) OVER earlier > a.ceiling
                    THEN 'above_ceiling' END AS refusal
          FROM (SELECT place, true AS is_source, source_id AS account_id, -amount AS change
                  FROM move WHERE known_id IS NULL
                 UNION ALL
                SELECT place, false, target_id, amount FROM move WHERE known_id IS NULL
               ) AS side
          JOIN public.ledger_account a ON a.id = side.account_id
        WINDOW earlier AS (PARTITION BY side.account_id ORDER BY side.place)
    ), moment AS (
        SELECT max(moved_at) AS latest,
               coalesce(p_at, greatest(clock_timestamp(), max(moved_at))) AS at,
               (p_recorded_by IS NULL OR ledger.is_known(p_recorded_by))
                 AND (p_recorded_for IS NULL OR ledger.is_known(p_recorded_for)) AS is_known
          FROM leg
    ), both_legs AS (
        SELECT place,
               max(balance) FILTER (WHERE is_source) AS source_balance,
               max(sequence) FILTER (WHERE is_source) AS source_sequence,
               max(balance) FILTER (WHERE NOT is_source) AS target_balance,
               max(sequence) FILTER (WHERE NOT is_source) AS target_sequence,
               min(refusal) AS refusal
          FROM leg GROUP BY place
    )
    SELECT array_agg(ROW(
               m.place,
               CASE WHEN m.known_id IS NOT NULL AND m.is_same THEN 'replayed'
                    WHEN m.known_id IS NOT NULL OR m.times > 1 THEN 'key_reused'
                    WHEN m.source_id = m.target_id THEN 'same_account'
                    WHEN p_at > clock_timestamp() THEN 'in_future'
                    WHEN p_at < '2000-01-01' OR p_at < moment.latest THEN 'too_early'
                    WHEN NOT moment.is_known THEN 'unknown_recorder'
                    WHEN m.reversals > 1 THEN 'already_reversed'
                    WHEN l.refusal IS NOT NULL THEN l.refusal
                    WHEN m.reverses IS NOT NULL THEN coalesce(ledger.why_no_reversal(
                        m.reverses, m.source_id, m.target_id, m.amount), 'new')
                    ELSE 'new' END,
               coalesce(m.known_id, nextval('public.ledger_transfer_id_seq')),
               m.key, m.unit, m.amount, m.reason, m.cause_kind, m.cause_id, m.reverses,
               m.source_id, coalesce(m.source_balance, l.source_balance),
               coalesce(m.source_sequence, l.source_sequence),
               m.target_id, coalesce(m.target_balance, l.target_balance),
               coalesce(m.target_sequence, l.target_sequence),
               coalesce(m.known_at, moment.at))::ledger.drafted ORDER BY m.place)
      FROM move m CROSS JOIN moment LEFT JOIN both_legs l ON l.place = m.place
$$;

-- Move many amounts, all or nothing, in the order given: each object in p_moves has the
-- columns that `draft` names. Answers one row a move; or a single row, which names the
-- first move that is refused. `place` counts from 1.
CREATE FUNCTION ledger.transfer_all(
    p_moves jsonb, p_recorded_by bigint, p_recorded_for bigint, p_channel text,
    p_at timestamptz
) RETURNS TABLE (
    place bigint, outcome text, id bigint, source_id bigint, target_id bigint,
    source_balance bigint, target_balance bigint,
    source_sequence bigint, target_sequence bigint, at timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
    drafts ledger.drafted[];
BEGIN
    PERFORM ledger.lock_accounts_of(p_moves);
    drafts := ledger.draft(p_moves, p_recorded_by, p_recorded_for, p_channel, p_at);
    RETURN QUERY
        SELECT d.place, d.outcome, d.id, d.source_id, d.target_id, d.source_balance,
               d.target_balance, d.source_sequence, d.target_sequence, d.at
          FROM unnest(drafts) d WHERE d.outcome NOT IN ('new', 'replayed')
         ORDER BY d.place LIMIT 1;
    IF FOUND THEN RETURN; END IF;

    PERFORM set_config('ledger.batch', 'on', true);
    INSERT INTO public.ledger_transfer
           (id, key, source_id, target_id, unit, amount,
            source_balance, target_balance, source_sequence, target_sequence,
            reason, cause_kind, cause_id, recorded_by_id, recorded_for_id, channel,
            at, reverses_id)
    OVERRIDING SYSTEM VALUE
    SELECT d.id, d.key, d.source_id, d.target_id, d.unit, d.amount,
           d.source_balance, d.target_balance, d.source_sequence, d.target_sequence,
           d.reason, d.cause_kind, d.cause_id, p_recorded_by, p_recorded_for, p_channel,
           d.at, d.reverses_id
      FROM unnest(drafts) d WHERE d.outcome = 'new' ORDER BY d.place;
    PERFORM set_config('ledger.batch', 'off', true);
    RETURN QUERY
        SELECT d.place, d.outcome, d.id, d.source_id, d.target_id, d.source_balance,
               d.target_balance, d.source_sequence, d.target_sequence, d.at
          FROM unnest(drafts) d ORDER BY d.place;
END $$;

-- The second door: how far an account may go. The change is a row of its own; an account
-- closes only when nothing is left on it.
CREATE FUNCTION ledger.set_limits(
    p_holder bigint, p_fund text, p_unit text,
    p_floor bigint, p_ceiling bigint, p_closed boolean,
    p_cause_kind text, p_cause_id uuid,
    p_recorded_by bigint, p_recorded_for bigint, p_channel text,
    OUT outcome text, OUT account_id bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
    a public.ledger_account;
BEGIN
    a := ledger.lock_account(p_holder, p_fund, p_unit);
    account_id := a.id;
    outcome := CASE
        WHEN p_floor > p_ceiling THEN 'floor_above_ceiling'
        WHEN p_closed AND a.balance <> 0 THEN 'not_empty'
        WHEN (a.floor, a.ceiling, a.closed) IS NOT DISTINCT FROM (p_floor, p_ceiling, p_closed)
            THEN 'unchanged'
        ELSE 'set'
    END;
    IF outcome = 'set' THEN
        INSERT INTO public.ledger_limitchange
               (account_id, floor, ceiling, closed, cause_kind, cause_id,
                recorded_by_id, recorded_for_id, channel, at)
        VALUES (account_id, p_floor, p_ceiling, p_closed, p_cause_kind, p_cause_id,
                p_recorded_by, p_recorded_for, p_channel, clock_timestamp());
    END IF;
END $$;
