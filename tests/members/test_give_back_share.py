"""Whoever leaves gets their share back: it was paid until then, and no longer."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.asserts import assertRedirects

from ledger.models import OUTSIDE, Account, Fund, Transfer, Unit
from members import clock
from members.acting import Acting
from members.actions import give_back_share
from members.models import Due, DuePayment
from members.policies.money import MEMBERSHIP_SHARE, is_paid_up
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


def in_shares() -> int:
    return Account.objects.balance(Fund("membership shares"), Unit.CENT)


def test_the_money_leaves_the_books_and_the_past_stays_true(client, rosa, ana):
    today = clock.today()
    make.policy(rosa, MEMBERSHIP_SHARE, 500)
    yesterday = today - timedelta(days=1)
    payment = make.due(rosa, ana, 500, Due.SHARE, paid_on=yesterday)
    client.force_login(rosa)

    response = client.post(f"/dues/{payment.pk}/give-back/")

    assertRedirects(response, payment.get_absolute_url())
    assert in_shares() == Account.objects.balance(OUTSIDE, Unit.CENT) == 0
    assert DuePayment.objects.share_on(yesterday).get() == payment
    assert not is_paid_up(ana, today)
    assert ana.notices.latest("pk").headline == "Given back: membership share"
    assert Transfer.objects.filter(cause_id=payment.pk).count() == 2
    assert make.books().is_sound


def test_a_member_who_leaves_gets_their_own(rosa, ana, ben):
    make.due(rosa, ana, what=Due.SHARE)

    with pytest.raises(PermissionDenied):
        give_back_share(by=make.acting(ben), member=ana)
    assert give_back_share(by=make.acting(ana), member=ana)
    assert in_shares() == 0


def test_a_steward_leaves_for_the_organisation(rosa, ana):
    bakery = make.stewardship(ana).organisation
    make.due(rosa, bakery, what=Due.SHARE)

    assert give_back_share(by=Acting(ana, for_member=bakery), member=bakery)


def test_where_there_is_none_nothing_happens(rosa, ana):
    assert give_back_share(by=make.acting(ana), member=ana) is None
    make.due(rosa, ana, 0, Due.SHARE, let_off="Board")
    assert give_back_share(by=make.acting(ana), member=ana) is None
    assert not Transfer.objects.filter(unit=Unit.CENT).exists()


@committed
def test_given_back_by_many_at_once_it_goes_once(rosa, ana):
    make.due(rosa, ana, what=Due.SHARE)

    answers = at_once(
        [lambda: give_back_share(by=make.acting(rosa), member=ana) is None] * 8
    )

    assert Counter(answers) == {True: 7, False: 1}
    assert in_shares() == 0


def test_whoever_comes_back_pays_a_share_anew(rosa, ana):
    make.due(rosa, ana, what=Due.SHARE)
    give_back_share(by=make.acting(rosa), member=ana)

    make.due(rosa, ana, what=Due.SHARE)

    assert in_shares() == 2500


def test_the_page_of_what_cannot_be_given_back_leads_on(client, rosa, ana):
    dues = make.due(rosa, ana)
    client.force_login(rosa)
    path = f"/dues/{dues.pk}/give-back/"

    assertRedirects(client.get(path), dues.get_absolute_url())
    assertRedirects(client.post(path), dues.get_absolute_url())
    assert Account.objects.balance(Fund("dues"), Unit.CENT) == 2500
