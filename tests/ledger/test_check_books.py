"""The nightly proof finds each fault that it claims to look for."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from ledger.models import BooksCheck
from ledger.models.checks import RULES
from ledger.tasks import check_books
from tests import make
from tests.marks import committed

LATEST = "(SELECT max(id) FROM ledger_transfer)"
# What only a superuser with the guards switched off could do, and the rules that notice.
FAULTS = {
    "sum_to_zero": (
        "UPDATE ledger_account SET balance = balance + 1 WHERE id = (SELECT max(id) FROM ledger_account)"
    ),
    "balances_are_sums": (
        f"UPDATE ledger_transfer SET amount = amount + 1 WHERE id = {LATEST}"
    ),
    "lines_follow": (
        f"UPDATE ledger_transfer SET source_balance = source_balance + 1 WHERE id = {LATEST}"
    ),
    "accounts_stand_at_latest_line": (
        "UPDATE ledger_account SET moved_at = moved_at + interval '1 hour' WHERE sequence > 0"
    ),
    "units_never_mix": (
        f"UPDATE ledger_transfer SET unit = 'credit' WHERE id = {LATEST}"
    ),
    "floors_hold": ("UPDATE ledger_account SET floor = 0"),
    "ceilings_hold": ("UPDATE ledger_account SET ceiling = 0"),
    "limits_are_latest_change": ("UPDATE ledger_account SET ceiling = 99999"),
    "reversals_are_whole": (
        f"UPDATE ledger_transfer SET reverses_id = (SELECT min(id) FROM ledger_transfer) WHERE id = {LATEST}"
    ),
}
FAULTS["members_recorded_it"] = (
    f"UPDATE ledger_transfer SET recorded_by_id = 999999 WHERE id = {LATEST}"
)
GUARDED = ("ledger_transfer", "ledger_account")


@pytest.fixture
def damage(transactional_db):
    """Do what only the owner could, with the guards off; afterwards nothing of it is left."""
    owner = connections["owner"]

    def do(statement):
        with owner.cursor() as cursor:
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement)

    yield do
    with owner.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_transfer CASCADE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_every_rule_has_its_fault_here():
    assert set(FAULTS) == set(RULES)


@committed
@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found_and_named(ana, ben, rule, damage):
    make.moved(ben, ana, 90)
    make.moved(ben, ana, 30)
    damage(FAULTS[rule])

    found = make.books()

    assert rule in [name for name, _count in found.faults]
    with pytest.raises(CommandError, match=str(RULES[rule])):
        call_command("check_books")


@pytest.mark.django_db
def test_sound_books_are_said_to_be_sound(ana, ben, capsys):
    make.moved(ben, ana, 90)

    call_command("check_books")

    assert "Read 1 transfers" in capsys.readouterr().out
    assert BooksCheck.objects.latest().is_sound


@pytest.mark.django_db
def test_the_nightly_task_keeps_what_it_found(ana, ben):
    make.moved(ben, ana, 90)

    check_books()

    assert (BooksCheck.objects.get().transfers, BooksCheck.objects.get().faults) == (
        1,
        [],
    )


@pytest.mark.django_db
def test_empty_books_are_sound():
    assert make.books().is_sound
