"""What PostgreSQL itself refuses: first to the application's role, then to anybody."""

import pytest
from django.db import Error, connection, connections, transaction

from ledger.models import OUTSIDE, Unit
from tests import make
from tests.marks import committed

INSERT = """
INSERT INTO ledger_transfer (key, source_id, target_id, unit, amount, source_balance,
       target_balance, source_sequence, target_sequence, reason, channel, at)
SELECT gen_random_uuid(), s.id, t.id, {unit}, {amount}, 0, 0, 99, 99, 'exchange', 'web', now()
  FROM ledger_account s, ledger_account t
 WHERE s.unit = 'minute' AND t.unit = {target_unit} AND s.id <> t.id LIMIT 1
"""
BENDING = [
    "UPDATE ledger_transfer SET amount = amount + 1",
    "DELETE FROM ledger_transfer",
    "TRUNCATE ledger_transfer CASCADE",
    "UPDATE ledger_account SET balance = balance + 60",
    "UPDATE ledger_account SET floor = NULL",
    "UPDATE ledger_account SET closed = true",
    "UPDATE ledger_account SET unit = 'cent'",
    "UPDATE ledger_account SET sequence = sequence + 1",
    "DELETE FROM ledger_account",
    "UPDATE ledger_limitchange SET floor = NULL",
    "DELETE FROM ledger_limitchange",
    INSERT.format(unit="'cent'", amount=5, target_unit="'minute'"),
    INSERT.format(unit="'minute'", amount=5, target_unit="'cent'"),
    INSERT.format(unit="'minute'", amount=0, target_unit="'minute'"),
    INSERT.format(unit="'minute'", amount=-5, target_unit="'minute'"),
    # Right in itself, but it does not follow from the lines before it.
    INSERT.format(unit="'minute'", amount=5, target_unit="'minute'"),
    "INSERT INTO ledger_account (fund, unit, balance, sequence, closed)"
    " VALUES ('x', 'cent', 5, 0, false)",
    "INSERT INTO ledger_account (fund, unit, balance, sequence, closed)"
    " VALUES ('x', 'leaf', 0, 0, false)",
]
# These are no mistakes but attempts: whoever owns the tables could, so nobody else may.
FOR_THE_OWNER_ALONE = [
    "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
    "ALTER TABLE ledger_transfer DROP COLUMN amount",
    "DROP TABLE ledger_transfer CASCADE",
    "DROP TRIGGER transfer_is_never_rewritten ON ledger_transfer",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "CREATE TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.now() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION ledger.lock_account(p_holder bigint, p_fund text, p_unit text)"
    " RETURNS ledger_account LANGUAGE sql AS 'SELECT * FROM ledger_account LIMIT 1'",
    "SELECT ledger.lock_account(1, NULL, 'minute')",
    "SELECT ledger.draft('[]', 1, 1, 'web', NULL)",
    "INSERT INTO ledger_account (fund, unit, balance, sequence, closed) VALUES ('x', 'cent', 0, 0, false)",
    "UPDATE django_migrations SET name = 'x'",
]


# No right to it · a row against the rules, in its kinds.
NO_RIGHT = "42501"
AGAINST_THE_RULES = {"23000", "23503", "23505", "23514", "23502"}


def refusal_of(alias: str, statement: str) -> str:
    """The SQLSTATE with which PostgreSQL refuses a statement; empty where it doesn't."""
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        return error.__cause__.sqlstate
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("statement", BENDING + FOR_THE_OWNER_ALONE)
def test_the_application_cannot_bend_the_books(ana, ben, statement):
    make.moved(ben, ana)

    assert refusal_of("default", statement) == NO_RIGHT
    assert make.books().is_sound


@committed
@pytest.mark.parametrize(
    "statement", [one for one in BENDING if not one.startswith("TRUNCATE")]
)
def test_the_owners_hand_may_slip_and_the_books_hold(ana, ben, statement):
    make.moved(ben, ana)
    make.moved(OUTSIDE, ana, 5, unit=Unit.CENT, by=make.acting(ana))

    assert refusal_of("owner", statement) in AGAINST_THE_RULES
    assert make.books().is_sound


@committed
def test_the_application_owns_nothing_and_may_call_the_three_doors_alone(rosa):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'ledger' AND has_function_privilege(p.oid, 'execute')"
            " ORDER BY 1"
        )
        assert cursor.fetchall() == [("set_limits",), ("transfer",), ("transfer_all",)]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


RIGHT = {
    "amount": "5",
    "target_id": "t.id",
    "cause_kind": "'exchange'",
    "cause_id": "gen_random_uuid()",
    "recorded_by_id": "s.holder_id",
    "recorded_for_id": "s.holder_id",
}
NONSENSE = {
    "nothing": {"amount": "0"},
    "less than nothing": {"amount": "-5"},
    "itself": {"target_id": "s.id"},
    "half a cause": {"cause_id": "NULL"},
    "half a recorder": {"recorded_for_id": "NULL"},
}


def row(ana, ben, **changes) -> str:
    """A row that the owner types in, from Ben to Ana, with the right balances and numbers."""
    words = RIGHT | changes
    return f"""
    INSERT INTO ledger_transfer (key, source_id, target_id, unit, amount, source_balance,
           target_balance, source_sequence, target_sequence, reason, cause_kind, cause_id,
           recorded_by_id, recorded_for_id, channel, at)
    SELECT gen_random_uuid(), s.id, {words["target_id"]}, 'minute', {words["amount"]},
           s.balance - {words["amount"]}, t.balance + {words["amount"]}, s.sequence + 1,
           t.sequence + 1, 'exchange', {words["cause_kind"]}, {words["cause_id"]},
           {words["recorded_by_id"]}, {words["recorded_for_id"]}, 'web', clock_timestamp()
      FROM ledger_account s, ledger_account t
     WHERE s.holder_id = {ben.pk} AND t.holder_id = {ana.pk}
    """


@committed
def test_a_row_that_is_right_in_all_moves_both_accounts_whoever_writes_it(ana, ben):
    assert refusal_of("owner", row(ana, ben)) == ""

    assert (make.minutes(ana), make.minutes(ben)) == (5, -5)
    assert make.books().is_sound


@committed
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_row_that_makes_no_sense_is_refused(ana, ben, nonsense):
    assert refusal_of("owner", row(ana, ben, **NONSENSE[nonsense])) == "23000"
    assert make.books().is_sound


@committed
def test_a_row_past_a_floor_is_refused(ana, ben):
    assert refusal_of("owner", row(ana, ben, amount="1201")) == "23514"
