"""Many at once, really: threads that start together, each with a connection of its own."""

import random
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from ledger.actions import Move, reverse, transfer_all
from ledger.models import COMMONS, OUTSIDE, Account, Reason, Transfer, Unit
from members.actions import found_network
from members.models import Member, Notice
from tests import make
from tests.conftest import PASSWORD
from tests.marks import committed
from tests.races import at_once
from timebank.models import Exchange

# One after the other, also where tests run in parallel: a server has its hundred connections.
pytestmark = [committed, pytest.mark.xdist_group("races")]

THREADS = 64


def test_one_key_from_many_threads_is_one_transfer(ana, ben):
    key = make.key()

    answers = at_once([lambda: make.moved(ben, ana, 15, key=key).pk] * THREADS)

    assert len(set(answers)) == 1
    assert Transfer.objects.count() == 1
    assert make.books().is_sound


def test_one_key_with_many_contents_is_one_transfer_and_refusals(ana, ben, cleo):
    key = make.key()
    deeds = [
        lambda n=n: (
            make.moved(ben, (ana, cleo)[n % 2], n + 1, key=key, by=make.acting(ben)).pk
        )
        for n in range(THREADS)
    ]

    answers = at_once(deeds)

    assert Counter(answers)["key_reused"] == THREADS - 1
    assert Transfer.objects.count() == 1
    assert make.books().is_sound


def test_near_the_floor_exactly_as_many_pass_as_fit(ana, ben):
    make.limits(ben, floor=-10 * 15)

    answers = at_once([lambda: make.moved(ben, ana, 15).pk] * THREADS)

    assert Counter(type(answer) for answer in answers) == {int: 10, str: THREADS - 10}
    assert {answer for answer in answers if isinstance(answer, str)} == {"below_floor"}
    assert make.minutes(ben) == -150
    assert make.books().is_sound


def test_equal_and_different_keys_near_a_floor(ana, ben):
    """Half of them say one thing twice, the others something of their own."""
    make.limits(ben, floor=-10 * 15)
    keys = [make.key() for _ in range(THREADS // 4)]
    keys = keys * 2 + [make.key() for _ in range(THREADS // 2)]

    answers = at_once(
        [lambda key=key: make.moved(ben, ana, 15, key=key).pk for key in keys]
    )

    passed = {
        key: answer
        for key, answer in zip(keys, answers, strict=True)
        if answer != "below_floor"
    }
    assert len(set(passed.values())) == len(passed) == 10
    assert make.minutes(ben) == -150
    assert make.books().is_sound


def test_everybody_gives_to_everybody_without_waiting_in_a_circle(rosa, ana, ben, cleo):
    people = [rosa, ana, ben, cleo, COMMONS]
    for member in people[:4]:
        make.limits(member, floor=None, by=make.acting(rosa))
    chance = random.Random(7)

    def some_deeds(pairs):
        for source, target in pairs:
            make.moved(source, target, 1, by=make.acting(rosa))
        moves = [
            Move(source, target, Unit.MINUTE, 1, Reason.EXCHANGE, make.key())
            for source, target in pairs
        ]
        transfer_all(moves, by=make.acting(rosa))

    deeds = []
    for _ in range(THREADS):
        pairs = [chance.sample(people, 2) for _ in range(4)]
        pairs = [(s, t) if s != COMMONS else (t, s) for s, t in pairs]
        deeds.append(lambda pairs=pairs: some_deeds(pairs))

    assert at_once(deeds) == [None] * THREADS
    assert Transfer.objects.count() == THREADS * 8
    assert make.books().is_sound


def test_accounts_that_nobody_had_are_opened_once(rosa, ana, ben):
    deeds = [
        lambda n=n: (
            make.moved(
                OUTSIDE,
                (ana, ben, COMMONS)[n % 3],
                5,
                unit=Unit.CENT,
                by=make.acting(rosa),
            ).pk
        )
        for n in range(THREADS)
    ]

    answers = at_once(deeds)

    assert len(set(answers)) == THREADS
    assert Account.objects.filter(unit=Unit.CENT).count() == 4
    assert make.books().is_sound


def test_the_moments_of_an_accounts_lines_only_grow(ana, ben):
    make.limits(ben, floor=None)

    at_once([lambda: [make.moved(ben, ana, 1) for _ in range(5)] and None] * 16)

    account = Account.objects.held_by(ana).get().pk
    moments = [line.at for line in Transfer.objects.lines(account, latest=80, limit=80)]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 80


def test_one_transfer_is_reversed_by_one_of_many(ana, ben):
    first = make.moved(ben, ana, 60)

    answers = at_once(
        [lambda: reverse(first, by=make.acting(ana), key=make.key()).pk] * THREADS
    )

    assert Counter(answers)["already_reversed"] == THREADS - 1
    assert make.minutes(ana) == 0
    assert make.books().is_sound


def test_two_tabs_with_one_form_are_one_exchange_and_one_letter(ana, ben):
    key = make.key()

    answers = at_once([lambda: make.exchange(ana, ben, key=key).pk] * 8)

    assert set(answers) == {key}
    assert (Exchange.objects.count(), Notice.objects.count()) == (1, 1)
    assert make.minutes(ana) == 60


def test_a_floor_that_rises_underway_lets_nobody_through_after_it(ana, ben):
    make.limits(ben, floor=-600)
    deeds = [lambda: make.moved(ben, ana, 15).pk] * (THREADS - 1)
    deeds.append(lambda: make.limits(ben, floor=-150))

    at_once(deeds)

    assert -600 <= make.minutes(ben) <= -150
    assert make.books().is_sound
    with pytest.raises(ValidationError):
        make.moved(ben, ana, 15)


def test_a_network_is_founded_by_one_of_many(transactional_db):
    deeds = [
        lambda n=n: (
            found_network(name=f"F{n}", email=f"f{n}@example.org", password=PASSWORD).pk
        )
        for n in range(8)
    ]

    answers = at_once(deeds)

    assert Counter(answers)["founded_before"] == 7
    assert Member.objects.count() == 1


@pytest.mark.parametrize("batches", [8])
def test_one_batch_sent_by_many_moves_once(ana, ben, batches):
    moves = [
        Move(ben, ana, Unit.MINUTE, 15, Reason.EXCHANGE, make.key()) for _ in range(20)
    ]

    answers = at_once(
        [lambda: tuple(one.pk for one in transfer_all(moves, by=make.acting(ben)))]
        * batches
    )

    assert len(set(answers)) == 1
    assert make.minutes(ana) == 300
    assert make.books().is_sound
