"""The nightly proof finds each fault that it claims to look for."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from ledger.models import BooksCheck
from ledger.tasks import check_books
from tests import make
from tests.marks import committed

LATEST = "(SELECT max(id) FROM ledger_transfer)"
# What only a superuser with the guards switched off could do, and the rules that notice.
FAULTS = {
    "the balances of each unit sum to zero": (
        "UPDATE ledger_account SET balance = balance + 1 WHERE id = (SELECT max(id) FROM ledger_account)"
    ),
    "an account's balance is the sum of its transfers": (
        f"UPDATE ledger_transfer SET amount = amount + 1 WHERE id = {LATEST}"
    ),
    "each line follows from the one before it": (
        f"UPDATE ledger_transfer SET source_balance = source_balance + 1 WHERE id = {LATEST}"
    ),
    "an account stands where its latest line left it": (
        "UPDATE ledger_account SET moved_at = moved_at + interval '1 hour' WHERE sequence > 0"
    ),
    "a transfer has one unit, and so have its accounts": (
        f"UPDATE ledger_transfer SET unit = 'credit' WHERE id = {LATEST}"
    ),
    "nobody is below a floor that was not lowered under them": (
        "UPDATE ledger_account SET floor = 0"
    ),
    "nobody is above a ceiling that was not lowered onto them": (
        "UPDATE ledger_account SET ceiling = 0"
    ),
    "an account's limits are those of their latest change": (
        "UPDATE ledger_account SET ceiling = 99999"
    ),
    "a reversal turns back the whole of one transfer": (
        f"UPDATE ledger_transfer SET reverses_id = (SELECT min(id) FROM ledger_transfer) WHERE id = {LATEST}"
    ),
}
GUARDED = ("ledger_transfer", "ledger_account")


@pytest.fixture
def _guards_off(transactional_db):
    """Only the owner can; here the owner does."""
    with connections["owner"].cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "ALTER TABLE ledger_transfer DROP CONSTRAINT transfer_source_counts_its_unit,"
            " DROP CONSTRAINT transfer_target_counts_its_unit"
        )
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE ledger_transfer CASCADE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(
            "ALTER TABLE ledger_transfer ADD CONSTRAINT transfer_source_counts_its_unit"
            " FOREIGN KEY (source_id, unit) REFERENCES ledger_account (id, unit),"
            " ADD CONSTRAINT transfer_target_counts_its_unit"
            " FOREIGN KEY (target_id, unit) REFERENCES ledger_account (id, unit)"
        )


@committed
@pytest.mark.usefixtures("_guards_off")
@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found_and_named(ana, ben, rule):
    make.moved(ben, ana, 90)
    make.moved(ben, ana, 30)
    with connections["owner"].cursor() as cursor:
        cursor.execute(FAULTS[rule])

    found = make.books()

    assert rule in [name for name, _count in found.faults]
    with pytest.raises(CommandError, match=rule):
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
