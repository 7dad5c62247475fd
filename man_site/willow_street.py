"""Willow Street, the demo network: invented neighbours, and two years of their help.

Everything goes through the real actions, is drawn from one seed, and is dated back from
the day the network was founded, so it is the same on every machine and always "today".
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from ledger.actions import check_books
from members import clock
from members.acting import Acting
from members.actions import found_network, grant_role, welcome_member
from members.models import Channel, Member, Role
from timebank.actions import record_exchange
from timebank.models import Exchange

PASSWORD = "willow-by-the-river"  # noqa: S105 (invented people, on this machine alone)
FOUNDER = "Rosa Alvarez"
TREASURER = "Tomas Lind"
MEMBER = "Ana Okafor"
# The first few are there when the first page opens; they know each other for long.
NEIGHBOURS = [
    FOUNDER, MEMBER, "Ben de Vries", TREASURER, "Ruth Abrams", "Cleo Papadakis",
    "Dev Patel", "Imani Brooks", "Edna Moreau", "Ole Dahl", "Mei-Lin Zhou", "Sam Whitefeather",
]  # fmt: skip
# These move in while you look: the worker fills in the street behind the first page.
THE_STREET = [
    "Agnes Kowalska", "Arturo Medina", "Beatrix Holm", "Bilal Rahman", "Carmen Ruiz",
    "Chidi Eze", "Dorothea Klein", "Dwayne Carter", "Elif Demir", "Emil Sørensen",
    "Fatima Haddad", "Frank Novak", "Grace Mensah", "Gunnar Berg", "Hana Sato",
    "Hector Ibarra", "Ines Duarte", "Isaac Feldman", "Jada Monroe", "Joaquín Peña",
    "Kalinda Rao", "Karl Hoffmann", "Leila Nasser", "Liam O'Connor", "Lucía Torres",
    "Magnus Ek", "Marguerite Petit", "Nadia Petrova", "Nils Åkerman", "Odette Blanc",
    "Oskar Jansen", "Pilar Gómez", "Priya Nair", "Quentin Hughes", "Rafael Costa",
    "Signe Lund", "Soo-ah Kim", "Tanvi Shah", "Thandiwe Dube", "Ursula Weiss",
    "Viktor Horvat", "Wanda Olsen", "Xochitl Reyes", "Yusuf Aydin", "Zofia Mazur",
    "Willow Street Bakery", "River Bend School", "Saint Anne's Kitchen",
]  # fmt: skip
NO_EMAIL = {"Edna Moreau", "Ole Dahl", "Agnes Kowalska", "Gunnar Berg", "Ursula Weiss"}
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
WEEKS = 104
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


@transaction.atomic
def found_willow_street() -> None:
    """Make the first twelve neighbours, with half a year of their help. Once only."""
    if Member.objects.exists():
        return
    address = email_of(FOUNDER) or ""
    rosa = found_network(name=FOUNDER, email=address, password=PASSWORD)
    by = Acting.as_oneself(rosa)
    for name in NEIGHBOURS[1:]:
        welcome(name, by)
    grant_role(by=by, member=Member.objects.get(name=TREASURER), role=Role.TREASURER)
    with_passwords = Member.objects.filter(name__in=[MEMBER, TREASURER])
    with_passwords.update(password=rosa.password)
    for help_given in help_among(NEIGHBOURS, weeks=26, each_week=3, seed=1):
        record(help_given, rosa)
    for help_given in of_late(rosa):
        record(help_given, rosa)
    check_books(at=clock.now())


def fill_street() -> Iterator[tuple[int, int]]:
    """Let the rest of the street move in, week by week; say how many of how many.

    Broken off and run again, it goes on where it was: the keys are drawn from the seed as
    well. Two at once don't: the second leaves it to the first.
    """
    rosa = Member.objects.filter(name=FOUNDER).first()
    with alone("willow street") as is_alone:
        if rosa is None or not is_alone:
            return
        for name in THE_STREET:
            if not Member.objects.filter(name=name).exists():
                welcome(name, Acting.as_oneself(rosa))
        deeds = list(help_among(THE_STREET, weeks=WEEKS, each_week=5, seed=2))
        keys = [deed.key for deed in deeds]
        known = set(Exchange.objects.filter(pk__in=keys).values_list("pk", flat=True))
        done = max((keys.index(key) + 1 for key in known), default=0)
        for number, help_given in enumerate(deeds[done:], start=done + 1):
            record(help_given, rosa)
            if number % 20 == 0 or number == len(deeds):
                yield number, len(deeds)
        if done < len(deeds):
            check_books(at=clock.now())


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Say whether nobody else does this now, and keep others from it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s::text))", [what])
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s::text))", [what])


def email_of(name: str) -> str | None:
    """Everybody's address is their first name; it leads nowhere."""
    return None if name in NO_EMAIL else f"{name.split()[0].lower()}@willow.example"


def welcome(name: str, by: Acting) -> Member:
    """Take one neighbour in."""
    email = email_of(name)
    if email and (not email.isascii() or Member.objects.filter(email=email).exists()):
        email = None
    return welcome_member(by=by, name=name, email=email)


def help_among(
    names: list[str], *, weeks: int, each_week: int, seed: int
) -> Iterator[Help]:
    """Draw help between neighbours, oldest first, up to the day the network was founded."""
    chance = random.Random(seed)  # noqa: S311 (the same on every machine is the point)
    people = {member.name: member for member in Member.objects.filter(name__in=names)}
    founded = Member.objects.get(name=FOUNDER).welcomed_at
    moments = sorted(
        founded - QUIET - timedelta(weeks=weeks) * (1 - chance.random())
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


def of_late(rosa: Member) -> Iterator[Help]:
    """What happened these days, so that something waits for whoever looks in."""
    chance = random.Random(3)  # noqa: S311 (as above)
    people = {member.name: member for member in Member.objects.all()}
    for days, giver, receiver, what, quarters in THESE_DAYS:
        at = rosa.welcomed_at - timedelta(days=days)
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
