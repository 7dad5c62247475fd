"""The help that the neighbours of Willow Street gave each other, drawn from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError

from man_site.willow_street.names import FOUNDER, MEMBER, NO_EMAIL, TREASURER
from members import clock
from members.acting import Acting
from members.models import Channel, Member
from timebank.actions import record_exchange

HELP = [
    ("Drove to the eye clinic and back", 6), ("Mended the back door", 4),
    ("Sat with Dad on Tuesday evening", 8), ("Haircuts for the children", 4),
    ("Raked leaves and cleared the gutter", 8), ("Spanish conversation", 4),
    ("Set up the new phone", 3), ("Soup and bread for the week", 6),
    ("Walked Biscuit twice a day", 10), ("Read the letter from the county together", 2),
    ("Bicycle tune-up", 4), ("Shovelled the steps", 2), ("Piano lesson", 4),
    ("Took the boxes to the attic", 5), ("Hemmed two pairs of trousers", 6),
    ("Groceries from the co-op", 4), ("Babysat on Friday night", 14),
    ("Pruned the apple tree", 7), ("Helped with the tax forms", 8),
    ("Painted the hallway", 20), ("Fixed the dripping tap", 3),
    ("Company on the walk to the river", 4), ("Translated at the school meeting", 6),
    ("Sharpened knives and scissors", 3), ("Baked for the block party", 8),
]  # fmt: skip
THESE_DAYS = [
    (3, MEMBER, "Ben de Vries", "Drove to the eye clinic and back", 6),
    (2, TREASURER, "Ruth Abrams", "Soup and bread for the week", 6),
    (1, MEMBER, "Edna Moreau", "Read the letter from the county together", 2),
    (1, FOUNDER, "Dev Patel", "Pruned the apple tree", 8),
]
QUARTER = 15
# The drawn help ends here; what happened since then is told in THESE_DAYS.
QUIET = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Help:
    """One exchange that is to be recorded."""

    giver: Member
    receiver: Member
    what: str
    quarters: int
    at: datetime
    key: UUID
    by_phone: bool


def help_among(
    names: list[str], today: datetime, *, weeks: int, each_week: int, seed: int
) -> Iterator[Help]:
    """Draw help between neighbours, oldest first, up to a few days before `today`."""
    chance = random.Random(seed)  # noqa: S311 (the same on every machine is the point)
    people = {member.name: member for member in Member.objects.filter(name__in=names)}
    moments = sorted(
        today - QUIET - timedelta(weeks=weeks) * (1 - chance.random())
        for _ in range(weeks * each_week)
    )
    for at in moments:
        giver, receiver = chance.sample(names, 2)
        what, quarters = chance.choice(HELP)
        yield Help(
            giver=people[giver],
            receiver=people[receiver],
            what=what,
            quarters=max(1, quarters + chance.randint(-2, 2)),
            at=at,
            key=key_of(at, chance),
            by_phone=receiver in NO_EMAIL,
        )


def of_late(today: datetime) -> Iterator[Help]:
    """What happened these days, so that something waits for whoever looks in."""
    chance = random.Random(3)  # noqa: S311 (as above)
    people = {member.name: member for member in Member.objects.all()}
    for days, giver, receiver, what, quarters in THESE_DAYS:
        at = today - timedelta(days=days)
        yield Help(
            giver=people[giver],
            receiver=people[receiver],
            what=what,
            quarters=quarters,
            at=at,
            key=key_of(at, chance),
            by_phone=receiver in NO_EMAIL,
        )


def key_of(at: datetime, chance: random.Random) -> UUID:
    """Draw a UUID of version 7 for a moment of the past."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62
        | chance.getrandbits(62)
    )  # fmt: skip


def record(help_given: Help, rosa: Member) -> None:
    """Record it: the receiver does, or Rosa for those who phone.

    Left out is what the books refuse: somebody would go too far below zero (in a real
    street they would help first), or whoever tries the demo was quicker than the past.
    """
    receiver = help_given.receiver
    by = Acting.as_oneself(receiver)
    if help_given.by_phone and rosa not in (help_given.giver, receiver):
        by = Acting(rosa, for_member=receiver, channel=Channel.PHONE)
    try:
        record_exchange(
            by=by,
            giver=help_given.giver,
            receiver=receiver,
            minutes=help_given.quarters * QUARTER,
            what=help_given.what,
            helped_on=clock.day_of(help_given.at),
            key=help_given.key,
            at=help_given.at,
        )
    except ValidationError as refusal:
        if getattr(refusal, "code", "") not in ("below_floor", "too_early"):
            raise
