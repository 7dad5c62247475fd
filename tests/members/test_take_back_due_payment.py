"""A payment that was written down by mistake is taken back, and counts as never paid."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from ledger.models import OUTSIDE, Account, Fund, Transfer, Unit
from members import clock
from members.actions import give_back_share, take_back_due_payment
from members.models import Due, DuePayment
from members.policies.money import DUES, is_paid_up
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


def in_fund(name: str) -> int:
    return Account.objects.balance(Fund(name), Unit.CENT)


def test_the_books_and_the_fact_go_back(client, rosa, ana):
    make.policy(rosa, DUES, 1000)
    payment = make.due(rosa, ana, 1000)
    client.force_login(rosa)
    path = f"/dues/{payment.pk}/take-back/"

    assert client.get(path).status_code == 200
    assert is_paid_up(ana, clock.today())
    response = client.post(path)

    assertRedirects(response, payment.get_absolute_url())
    payment.refresh_from_db()
    assert payment.reversed_by == rosa
    assert not is_paid_up(ana, clock.today())
    assert in_fund("dues") == Account.objects.balance(OUTSIDE, Unit.CENT) == 0
    assert Transfer.objects.get(reverses__key=payment.pk).amount == 1000
    assert ana.notices.latest("pk").headline == "Taken back: dues"
    assert make.books().is_sound


def test_the_days_are_free_again(rosa, ana):
    first = make.due(rosa, ana)
    take_back_due_payment(by=make.acting(rosa), payment=first)

    assert make.due(rosa, ana).covers_from == first.covers_from


def test_a_share_may_be_paid_anew_after_it(rosa, ana):
    first = make.due(rosa, ana, what=Due.SHARE)
    take_back_due_payment(by=make.acting(rosa), payment=first)

    assert make.due(rosa, ana, what=Due.SHARE)


@committed
def test_taken_back_by_many_at_once_it_goes_back_once(rosa, ana):
    payment = make.due(rosa, ana)

    answers = at_once(
        [lambda: take_back_due_payment(by=make.acting(rosa), payment=payment).pk] * 8
    )

    assert Counter(answers) == {payment.pk: 8}
    assert in_fund("dues") == 0
    assert ana.notices.count() == 2


def test_what_was_let_off_is_taken_back_without_the_books(rosa, ana):
    payment = make.due(rosa, ana, 0, let_off="Board")

    take_back_due_payment(by=make.acting(rosa), payment=payment)

    assert not DuePayment.objects.standing().exists()


def test_a_share_that_was_given_back_is_not_taken_back_as_well(rosa, ana):
    payment = make.due(rosa, ana, what=Due.SHARE)
    give_back_share(by=make.acting(rosa), member=ana)

    with pytest.raises(ValidationError) as caught:
        take_back_due_payment(by=make.acting(rosa), payment=payment)

    assert caught.value.code == "given_back_before"
    assert in_fund("membership shares") == 0


def test_only_those_who_keep_the_dues_take_back(client, rosa, ana):
    payment = make.due(rosa, ana)
    client.force_login(ana)

    assert client.post(f"/dues/{payment.pk}/take-back/").status_code == 403
    with pytest.raises(PermissionDenied):
        take_back_due_payment(by=make.acting(ana), payment=payment)


def test_money_that_the_fund_no_longer_has_is_not_taken_back(rosa, ana):
    """What was spent since is not there; the refusal refuses all of it."""
    payment = make.due(rosa, ana)
    make.moved(Fund("dues"), OUTSIDE, 2000, unit=Unit.CENT, by=make.acting(rosa))

    with pytest.raises(ValidationError) as caught:
        take_back_due_payment(by=make.acting(rosa), payment=payment)

    assert caught.value.code == "below_floor"
    payment.refresh_from_db()
    assert payment.reversed_at is None
