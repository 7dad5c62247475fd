"""How far an account may go, and who said so."""

import pytest
from django.core.exceptions import ValidationError

from ledger.actions import set_limits
from ledger.models import COMMONS, Account, LimitChange, Unit
from tests import make

pytestmark = pytest.mark.django_db


def account(member):
    return Account.objects.held_by(member).get(unit=Unit.MINUTE)


def test_the_limits_are_in_force_and_the_change_is_kept(ana, rosa):
    before = LimitChange.objects.filter(account=account(ana)).count()

    make.limits(ana, floor=-60, ceiling=600, by=make.acting(rosa))

    change = account(ana).limit_changes.latest("id")
    assert (account(ana).floor, account(ana).ceiling) == (-60, 600)
    assert (change.floor, change.ceiling, change.recorded_by) == (-60, 600, rosa)
    assert account(ana).limit_changes.count() == before + 1


def test_saying_the_same_again_changes_nothing(ana):
    make.limits(ana, floor=-60)
    make.limits(ana, floor=-60)

    assert account(ana).limit_changes.filter(floor=-60).count() == 1


def test_a_fund_gets_limits_before_anything_moved(ana):
    make.limits(ana, floor=None)
    set_limits(holder=COMMONS, unit=Unit.MINUTE, floor=None, by=make.acting(ana))

    make.moved(COMMONS, ana, 100)

    assert Account.objects.balance(COMMONS, Unit.MINUTE) == -100


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"floor": 10, "ceiling": 5}, "floor_above_ceiling"),
        ({"floor": 0, "closed": True}, "not_empty"),
    ],
)
def test_nonsense_is_refused(ana, ben, words, code):
    make.moved(ben, ana, 30)

    with pytest.raises(ValidationError) as caught:
        make.limits(ana, **words)

    assert caught.value.code == code


def test_a_closed_account_can_be_opened_again(ana, ben):
    make.limits(ana, closed=True)
    make.limits(ana)

    make.moved(ben, ana, 30)

    assert make.minutes(ana) == 30
