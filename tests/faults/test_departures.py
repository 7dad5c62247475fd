"""Leaving while others record, decide and leave at the same moment: really at once."""

from collections import Counter

import pytest

from ledger.models import COMMONS, Account, Transfer, Unit
from members.actions import change_policy, depart, grant_role
from members.models import Member, Role, RoleGrant
from tests import make
from tests.conftest import a_member
from tests.marks import committed
from tests.races import at_once
from timebank.actions import propose_forgiveness, second_forgiveness
from timebank.models import Exchange, Forgiveness
from timebank.policies import OPENING_FLOOR

pytestmark = [committed, pytest.mark.xdist_group("races")]

COMMONS_GETS_IT = {"hours": "commons"}
ROUNDS = 6


def leaves(member):
    return depart(by=make.acting(member), choices=COMMONS_GETS_IT).step


def test_an_exchange_stands_and_is_settled_or_is_refused(rosa, ben):
    """Whichever comes first: never hours on a closed account, never a broken book."""
    make.limits(ben, floor=None, by=make.acting(rosa))
    for number in range(ROUNDS):
        ana = a_member(rosa, f"Ana {number}", None)
        make.exchange(ana, ben, 60)
        record = [lambda ana=ana: make.exchange(ana, ben, 15).pk] * 6

        left, *recorded = at_once([lambda ana=ana: leaves(ana), *record])

        ana.refresh_from_db()
        account = Account.objects.get(holder=ana, unit=Unit.MINUTE)
        stand = Exchange.objects.filter(giver=ana).count()
        refused = [one for one in recorded if isinstance(one, str)]
        assert stand == 1 + len(recorded) - len(refused)
        assert set(refused) <= {"account_closed", "member_left"}
        if left == "departed":
            assert (account.balance, account.closed) == (0, True)
            latest = Transfer.objects.filter(source=account).latest("at")
            assert latest.target.fund == COMMONS.name
        else:
            assert left in ("hours_moved", "no_choice")
            assert (ana.left_at, account.closed) == (None, False)
    assert make.books().is_sound


def test_who_is_helped_while_leaving_is_refused_or_has_not_left(rosa, ana, ben):
    """Hours below zero can't be left behind, however close the two come."""
    for number in range(ROUNDS):
        dan = a_member(rosa, f"Dan {number}", None)

        left, *_recorded = at_once(
            [lambda dan=dan: leaves(dan)]
            + [lambda dan=dan: make.exchange(ana, dan, 15).pk] * 4
        )

        dan.refresh_from_db()
        assert (dan.left_at is not None) == (left == "departed")
        assert left in ("departed", "hours_moved", "obstacle")
        balance = Account.objects.balance(dan, Unit.MINUTE)
        assert balance == 0 if dan.left_at else balance < 0
    assert make.books().is_sound


def test_one_who_leaves_twice_at_once_leaves_once(ana, ben):
    make.exchange(ana, ben, 60)

    answers = at_once([lambda: leaves(Member.objects.get(pk=ana.pk))] * 8)

    assert Counter(answers) == {"departed": 1, "member_left": 7}
    assert ana.life.filter(step="departed").count() == 1


def test_of_all_coordinators_who_leave_at_once_one_stays(rosa, ana, ben, cleo):
    for member in (ana, ben, cleo):
        grant_role(by=make.acting(rosa), member=member, role=Role.COORDINATOR)
    everybody = [rosa, ana, ben, cleo]

    answers = at_once([lambda one=one: leaves(one) for one in everybody])

    assert Counter(answers)["departed"] == 3
    assert set(answers) <= {"departed", "last_coordinator", "obstacle"}
    assert RoleGrant.objects.in_force().filter(role=Role.COORDINATOR).count() == 1


def test_two_stewards_who_leave_at_once_leave_one_behind(ana, ben):
    body = make.stewardship(ana).organisation
    make.stewardship(ben, body)

    answers = at_once([lambda: leaves(ana), lambda: leaves(ben)])

    assert Counter(answers)["departed"] == 1
    assert body.stewardships.filter(ended_at=None).count() == 1


def test_many_second_at_once_and_the_hours_move_once(rosa, ana, ben, cleo):
    make.exchange(ana, ben, 60)
    seconds = [a_member(rosa, f"Sol {number}", None) for number in range(8)]
    for member in seconds:
        grant_role(by=make.acting(rosa), member=member, role=Role.COORDINATOR)
    found = propose_forgiveness(
        by=make.acting(rosa), member=ben, words="Why", key=make.key()
    )

    answers = at_once(
        [
            lambda one=one: (
                second_forgiveness(by=make.acting(one), forgiveness=found).pk
            )
            for one in seconds
        ]
    )

    assert Counter(answers) == {found.pk: 1, "decided_before": 7}
    assert Transfer.objects.filter(reason="forgiven").count() == 1
    assert make.minutes(ben) == 0
    assert make.books().is_sound


def test_many_propose_at_once_and_one_proposal_is_open(rosa, ana, ben):
    make.exchange(ana, ben, 60)

    answers = at_once(
        [
            lambda: (
                propose_forgiveness(
                    by=make.acting(rosa), member=ben, words="Why", key=make.key()
                ).minutes
            )
        ]
        * 8
    )

    assert Counter(answers) == {60: 1, "proposed_before": 7}
    assert Forgiveness.objects.count() == 1


def test_a_limit_that_is_decided_meanwhile_opens_no_closed_account(rosa):
    """The floor of all accounts moves while people leave: closed is closed."""
    for turn in range(ROUNDS):
        people = [a_member(rosa, f"Nn {turn} {number}", None) for number in range(12)]
        floors = [
            lambda hours=hours: (
                change_policy(
                    by=make.acting(rosa),
                    policy=OPENING_FLOOR,
                    value=hours * 60,
                    decision="Meeting",
                ).policy
            )
            for hours in (10 + turn, 20 + turn, 30 + turn)
        ]
        answers = at_once([*(lambda one=one: leaves(one) for one in people), *floors])

        assert Counter(answers) == {"departed": 12, "opening_floor": 3}
        assert not Account.objects.filter(holder__in=people, closed=False).exists()
    assert make.books().is_sound
