"""Whatever is asked of the books, in whatever order, they say what a plain sum says."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger.actions import Move, reverse, transfer_all
from ledger.models import OUTSIDE, Account, Fund, Reason, Unit
from members.acting import Acting
from members.actions import found_network, welcome_member
from tests import make

AMOUNTS = some.integers(1, 900)
PEOPLE = some.integers(0, 4)

GARDEN = Fund("garden")


class Books(RuleBasedStateMachine):
    """A model of the books: a dictionary of sums, with limits, beside the real ones."""

    def __init__(self) -> None:
        super().__init__()
        # Each example begins with an empty network, and leaves one behind.
        self.world = transaction.atomic()
        self.world.__enter__()
        rosa = found_network(name="Rosa", email="rosa@example.org", password="x")
        self.by = Acting.as_oneself(rosa)
        people = [
            welcome_member(by=self.by, name=name) for name in ("Ana", "Ben", "Cleo")
        ]
        self.holders = [*people, GARDEN, OUTSIDE]
        self.balance = dict.fromkeys(self.holders, 0)
        self.floor = {**dict.fromkeys(people, -1200), GARDEN: 0, OUTSIDE: None}
        self.done: list = []
        self.reversed: set[int] = set()

    def would_stand(self, source, target, amount) -> bool:
        floor = self.floor[source]
        return source != target and (
            floor is None or self.balance[source] - amount >= floor
        )

    def book(self, source, target, amount) -> None:
        self.balance[source] -= amount
        self.balance[target] += amount

    @rule(giver=PEOPLE, taker=PEOPLE, amount=AMOUNTS)
    def transfer(self, giver, taker, amount) -> None:
        source, target = self.holders[giver], self.holders[taker]
        key = make.key()
        words = {"by": self.by, "key": key}
        stands = self.would_stand(source, target, amount)
        try:
            made = make.moved(source, target, amount, **words)
        except ValidationError:
            assert not stands
        else:
            assert stands
            self.book(source, target, amount)
            self.done.append(made)
            assert make.moved(source, target, amount, **words).pk == made.pk

    @rule(legs=some.lists(some.tuples(PEOPLE, PEOPLE, AMOUNTS), min_size=1, max_size=5))
    def transfer_all(self, legs) -> None:
        moves = [
            Move(
                self.holders[s],
                self.holders[t],
                Unit.MINUTE,
                a,
                Reason.EXCHANGE,
                make.key(),
            )
            for s, t, a in legs
        ]
        before, stands = self.balance.copy(), True
        for move in moves:
            stands = stands and self.would_stand(move.source, move.target, move.amount)
            self.book(move.source, move.target, move.amount)
        try:
            self.done += transfer_all(moves, by=self.by)
        except ValidationError:
            assert not stands
            self.balance = before
        else:
            assert stands

    @precondition(lambda self: self.done)
    @rule(data=some.data())
    def reverse(self, data) -> None:
        first = data.draw(some.sampled_from(self.done))
        source, target = first.target.whose, first.source.whose
        stands = (
            first.reverses_id is None
            and first.pk not in self.reversed
            and self.would_stand(source, target, first.amount)
        )
        try:
            self.done.append(reverse(first, by=self.by, key=make.key()))
        except ValidationError:
            assert not stands
        else:
            assert stands
            self.reversed.add(first.pk)
            self.book(source, target, first.amount)

    @rule(who=some.integers(0, 2), floor=some.integers(-1500, 0))
    def set_limits(self, who, floor) -> None:
        make.limits(self.holders[who], floor=floor, by=self.by)
        self.floor[self.holders[who]] = floor

    @invariant()
    def each_balance_is_the_plain_sum(self) -> None:
        for holder, balance in self.balance.items():
            assert Account.objects.balance(holder, Unit.MINUTE) == balance

    def teardown(self) -> None:
        sound = make.books().is_sound
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)
        assert sound


@pytest.mark.django_db
def test_the_books_say_what_a_plain_sum_says():
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
