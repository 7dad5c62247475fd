"""Founding Willow Street, and letting the rest of the street move in behind the first page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from ledger.actions import check_books
from man_site.willow_street import belonging
from man_site.willow_street.help import help_among, of_late, record
from man_site.willow_street.names import (
    FOUNDER,
    MEMBER,
    NEIGHBOURS,
    PASSWORD,
    THE_STREET,
    TREASURER,
    email_of,
)
from man_site.willow_street.people import ORGANISATIONS
from members import clock
from members.acting import Acting
from members.actions import found_network, grant_role, welcome_member
from members.models import Member, MemberKind, Role
from timebank.models import Exchange

WEEKS = 104
# So long ago the network was founded.
AGE = timedelta(weeks=106)


@transaction.atomic
def found_willow_street() -> None:
    """Make the first twelve neighbours, with half a year of their help. Once only."""
    if Member.objects.exists():
        return
    today = clock.now()
    with clock.as_of(today - AGE):
        address = email_of(FOUNDER) or ""
        rosa = found_network(name=FOUNDER, email=address, password=PASSWORD)
        by = Acting.as_oneself(rosa)
        belonging.lay_out(by)
        for name in NEIGHBOURS[1:]:
            welcome(name, by)
        treasurer = Member.objects.get(name=TREASURER)
        decision = "Founding meeting, at Rosa's kitchen table"
        grant_role(by=by, member=treasurer, role=Role.TREASURER, decision=decision)
        founders = Member.objects.order_by("number")
        for place, member in enumerate(founders, start=1):
            belonging.introduce(member, place)
    belonging.decide(by, today)
    with_passwords = Member.objects.filter(name__in=[MEMBER, TREASURER])
    with_passwords.update(password=rosa.password)
    for help_given in help_among(NEIGHBOURS, today, weeks=26, each_week=3, seed=1):
        record(help_given, rosa)
    for help_given in of_late(today):
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
        today = rosa.welcomed_at + AGE
        move_in(rosa, today)
        with transaction.atomic():
            belonging.belong_together(rosa)
        deeds = list(help_among(THE_STREET, today, weeks=WEEKS, each_week=5, seed=2))
        keys = [deed.key for deed in deeds]
        known = set(Exchange.objects.filter(pk__in=keys).values_list("pk", flat=True))
        done = max((keys.index(key) + 1 for key in known), default=0)
        for number, help_given in enumerate(deeds[done:], start=done + 1):
            record(help_given, rosa)
            if number % 20 == 0 or number == len(deeds):
                yield number, len(deeds)
        if done < len(deeds):
            check_books(at=clock.now())


def move_in(rosa: Member, today: datetime) -> None:
    """Welcome those who live on the street and are not here yet, one every two hours."""
    by = Acting.as_oneself(rosa)
    known = set(Member.objects.values_list("name", flat=True))
    for place, name in enumerate(THE_STREET):
        if name not in known:
            moment = today - AGE + timedelta(hours=2 * place + 24)
            with clock.as_of(moment), transaction.atomic():
                belonging.introduce(welcome(name, by), place)


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


def welcome(name: str, by: Acting) -> Member:
    """Take one neighbour in."""
    email = email_of(name)
    if email and (not email.isascii() or Member.objects.filter(email=email).exists()):
        email = None
    is_body = name in ORGANISATIONS
    kind = MemberKind.ORGANISATION if is_body else MemberKind.PERSON
    return welcome_member(by=by, name=name, email=email, kind=kind)
