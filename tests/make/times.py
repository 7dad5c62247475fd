"""When somebody is busy."""

from datetime import datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from members import clock
from members.actions import book, book_time_away
from members.models import Booking, Member
from tests.make.values import acting, key


def stretch(begin: datetime, hours: float = 1) -> DateTimeTZRange:
    return DateTimeTZRange(begin, begin + timedelta(hours=hours))


def tomorrow(hour: int = 10) -> datetime:
    """An hour of tomorrow, as the network's clocks show it."""
    return clock.moment_of(clock.today() + timedelta(days=1), time(hour))


def booked(member: Member, begin: datetime, hours: float = 1, **words) -> Booking:
    given = {"by": acting(member), "cause": ("visit", key())} | words
    return book(member=member, during=stretch(begin, hours), **given)


def away(member: Member, hours: float = 1, **words) -> Booking:
    """Somebody is away tomorrow at ten."""
    given = {"by": acting(member), "key": key(), "during": stretch(tomorrow(), hours)}
    return book_time_away(**given | words)
