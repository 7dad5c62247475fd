"""One amount, once, from a source to a target."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ledger.models import (
    COMMONS,
    MOST,
    OUTSIDE,
    Account,
    Cause,
    Fund,
    Reason,
    Transfer,
    Unit,
)
from members.acting import Acting
from members.models import Member
from tests import make

pytestmark = pytest.mark.django_db


def refusal_of(**words) -> str:
    with pytest.raises(ValidationError) as caught:
        make.moved(**words)
    return caught.value.code


def test_the_amount_leaves_the_source_and_reaches_the_target(ana, ben):
    make.moved(ben, ana, 90)

    assert (make.minutes(ana), make.minutes(ben)) == (90, -90)
    assert make.books().is_sound


def test_the_answer_is_the_row_that_stands_in_the_books(ana, ben):
    cause = Cause("exchange", make.key())

    answered = make.moved(ben, ana, 90, cause=cause)

    written = Transfer.objects.get()
    for column in (field.attname for field in Transfer._meta.concrete_fields):
        assert getattr(answered, column) == getattr(written, column), column


def test_both_running_balances_and_numbers_stand_in_the_row(ana, ben):
    make.moved(ben, ana, 90)

    second = make.moved(ana, ben, 30)

    assert (second.source_balance, second.target_balance) == (60, -60)
    assert (second.source_sequence, second.target_sequence) == (2, 2)


def test_the_same_key_and_content_answer_with_the_first_transfer(ana, ben):
    key = make.key()
    first = make.moved(ben, ana, 90, key=key)

    again = make.moved(ben, ana, 90, key=key)

    assert (again.pk, again.at, again.source_balance) == (first.pk, first.at, -90)
    assert make.minutes(ana) == 90
    assert Transfer.objects.count() == 1


def test_a_replay_answers_even_where_the_floor_would_refuse_it_by_now(ana, ben):
    key = make.key()
    first = make.moved(ben, ana, 1200, key=key)

    assert make.moved(ben, ana, 1200, key=key).pk == first.pk


@pytest.mark.parametrize("change", ["amount", "target", "by", "reason", "cause"])
def test_the_same_key_with_another_content_is_refused(ana, ben, cleo, change):
    key = make.key()
    make.moved(ben, ana, 90, key=key)
    other = {
        "amount": {"amount": 91},
        "target": {"target": cleo},
        "by": {"by": make.acting(ana)},
        "reason": {"reason": Reason.OPENING},
        "cause": {"cause": Cause("exchange", make.key())},
    }[change]

    words = {"source": ben, "target": ana, "amount": 90, "key": key} | other
    assert refusal_of(**words) == "key_reused"
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -1, -(10**30), MOST + 1, 10**30])
def test_nothing_negative_and_huge_amounts_are_refused(ana, ben, amount):
    assert refusal_of(source=ben, target=ana, amount=amount) == "amount"


def test_nobody_moves_hours_to_themselves(ana):
    assert refusal_of(source=ana, target=ana) == "same_account"


def test_the_floor_is_reached_and_not_passed(ana, ben):
    make.moved(ben, ana, 1200)

    assert refusal_of(source=ben, target=ana, amount=1) == "below_floor"
    assert make.minutes(ben) == -1200


def test_the_ceiling_is_reached_and_not_passed(ana, ben):
    make.limits(ana, ceiling=100)
    make.moved(ben, ana, 100)

    assert refusal_of(source=ben, target=ana, amount=1) == "above_ceiling"


def test_a_lowered_floor_still_lets_hours_come_back(ana, ben):
    make.moved(ben, ana, 600)
    make.limits(ben, floor=-100)

    make.moved(ana, ben, 60)

    assert make.minutes(ben) == -540
    assert refusal_of(source=ben, target=ana, amount=1) == "below_floor"
    assert make.books().is_sound


def test_a_closed_account_neither_gives_nor_takes(ana, ben):
    make.limits(ana, closed=True)

    assert refusal_of(source=ben, target=ana) == "account_closed"
    assert refusal_of(source=ana, target=ben) == "account_closed"


def test_an_account_is_opened_by_its_first_transfer(ana):
    make.moved(OUTSIDE, COMMONS, 5000, unit=Unit.CENT, by=make.acting(ana))

    assert Account.objects.balance(COMMONS, Unit.CENT) == 5000
    assert Account.objects.balance(OUTSIDE, Unit.CENT) == -5000
    assert Account.objects.balance(COMMONS, Unit.MINUTE) == 0


def test_a_new_account_may_not_go_below_zero_unless_it_is_the_world_outside(ana, ben):
    code = refusal_of(source=Fund("garden"), target=ana, amount=1)
    cents = refusal_of(source=ben, target=ana, amount=1, unit=Unit.CENT)

    assert (code, cents) == ("below_floor", "below_floor")


def test_a_refusal_leaves_the_surrounding_deed_alive(ana, ben):
    assert refusal_of(source=ben, target=ana, amount=9999) == "below_floor"

    make.moved(ben, ana, 15)

    assert make.minutes(ana) == 15


def test_a_past_moment_may_be_given(ana, ben):
    last_year = timezone.now() - timedelta(days=365)

    assert make.moved(ben, ana, at=last_year).at == last_year


def test_a_moment_to_come_is_refused(ana, ben):
    tomorrow = timezone.now() + timedelta(days=1)

    assert refusal_of(source=ben, target=ana, at=tomorrow) == "in_future"


def test_a_moment_before_the_latest_line_of_either_is_refused(ana, ben, cleo):
    make.moved(ben, ana)
    before = timezone.now() - timedelta(hours=1)

    assert refusal_of(source=cleo, target=ana, at=before) == "too_early"
    assert refusal_of(source=ben, target=cleo, at=before) == "too_early"


def test_the_row_says_who_recorded_it_for_whom_and_how(rosa, ana, ben):
    by = Acting(member=rosa, for_member=ana, channel="phone")

    make.moved(ben, ana, by=by)

    row = Transfer.objects.get()
    assert (row.recorded_by, row.recorded_for, row.channel) == (rosa, ana, "phone")


def test_each_row_has_a_salt_of_its_own_for_the_seal(ana, ben):
    make.moved(ben, ana)
    make.moved(ben, ana)

    assert len(set(Transfer.objects.values_list("salt", flat=True))) == 2


def test_one_transfer_is_one_statement(ana, ben, django_assert_num_queries):
    with django_assert_num_queries(1):
        make.moved(ben, ana)


def test_a_moment_before_all_networks_is_refused(ana, ben):
    long_ago = datetime(1999, 12, 31, tzinfo=UTC)

    assert refusal_of(source=ben, target=ana, at=long_ago) == "too_early"


def test_somebody_who_never_belonged_records_nothing(ana, ben):
    nobody = Member(pk=10**9)

    assert (
        refusal_of(source=ben, target=ana, by=make.acting(nobody)) == "unknown_recorder"
    )
