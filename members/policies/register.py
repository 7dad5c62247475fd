"""The register of policies: every number that governs the network, and one way to read it.

A policy is declared once, in the `policies` module of the room that lives by it, with the
value that holds until the network decides another. Values are whole numbers in the unit
that the policy names, a word out of its choices, or yes / no. Read them with `in_force`;
they change through `members.actions.change_policy` alone, which names the decision.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members import clock
from members.models import PolicyVersion
from members.refusals import beside

T = TypeVar("T", int, str, bool)


class Measure(StrEnum):
    """What a policy's number counts."""

    MINUTES = "minutes"
    DAYS = "days"
    CENTS = "cents"
    COUNT = "count"
    HOUR_OF_DAY = "hour_of_day"
    WORD = "word"
    YES_OR_NO = "yes_or_no"


COUNTED = {
    Measure.MINUTES: _("in minutes"),
    Measure.DAYS: _("in days"),
    Measure.CENTS: _("in cents"),
    Measure.COUNT: _("a whole number"),
    Measure.HOUR_OF_DAY: _("an hour of the day"),
    Measure.WORD: _("one of the words"),
    Measure.YES_OR_NO: _("yes or no"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Policy(Generic[T]):
    """One rule of the network: its name, what it counts, and within which bounds.

    `default` holds until a decision; `least` and `most` (both included) keep nonsense
    out; `choices` are the words that a policy of words may take. `about` says to members
    what it means, `source` where the default comes from.
    """

    name: str
    room: Promise | str
    label: Promise | str
    about: Promise | str
    measure: Measure
    default: T
    least: int = 0
    most: int = 10**9
    choices: tuple[tuple[str, Promise | str], ...] = ()
    source: Promise | str = ""

    def check(self, value: object) -> T:
        """Answer a value that this policy may take, or refuse it kindly."""
        if self.measure is Measure.YES_OR_NO:
            fits = isinstance(value, bool)
        elif self.measure is Measure.WORD:
            fits = value in dict(self.choices)
        else:
            fits = (
                isinstance(value, int)
                and not isinstance(value, bool)
                and self.least <= value <= self.most
            )
        if not fits:
            raise beside(
                "value",
                _("That can't be. At least %(least)s, at most %(most)s (%(counted)s)."),
                "outside_bounds",
                least=self.least,
                most=self.most,
                counted=COUNTED[self.measure],
            )
        return value  # type: ignore[return-value]


REGISTER: dict[str, Policy[int] | Policy[str] | Policy[bool]] = {}


def declare(policy: Policy[T]) -> Policy[T]:
    """Put a policy into the register. A name is given once."""
    assert policy.name not in REGISTER, policy.name
    policy.check(policy.default)
    REGISTER[policy.name] = policy
    return policy


class InForce:
    """The policies as they hold at one moment: `rules[WELCOME_MINUTES]`."""

    __slots__ = ("_decided",)

    def __init__(self, decided: dict[str, object]) -> None:
        self._decided = decided

    def __getitem__(self, policy: Policy[T]) -> T:
        """Say a policy's value: as decided, or its default."""
        return self._decided.get(policy.name, policy.default)  # type: ignore[return-value]


def in_force(at: datetime | None = None) -> InForce:
    """Read all policies as they hold now, or held (will hold) at a moment; in one query."""
    return InForce(PolicyVersion.objects.values_at(at or clock.now()))
