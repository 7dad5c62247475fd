"""When letters rest and when collected ones come: hours of the network's clock as moments.

A day may have 23 or 25 hours where clocks are changed. An hour that is skipped begins with
the one after it; an hour that comes twice begins once, the first time.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from members import clock

A_DAY = timedelta(days=1)


class Digest(NamedTuple):
    """One collected letter: its day, and up to when it tells what waited for it."""

    day: date
    daily_until: datetime
    weekly_until: datetime


def end_of_rest(
    now: datetime, rest_from: int | None, rest_until: int | None
) -> datetime | None:
    """Say when the rest is over that it is now; None where it is not."""
    if rest_from is None or rest_until is None or rest_from == rest_until:
        return None
    over_night = A_DAY if rest_until < rest_from else A_DAY * 0
    today = clock.day_of(now)
    for day in (today - A_DAY, today):
        end = _begin(day + over_night, rest_until)
        if _begin(day, rest_from) <= now < end:
            return end
    return None


def latest_digest(now: datetime, hour: int, weekday: int) -> Digest:
    """Say which collected letter came last, or should have: at this hour, of this weekday."""
    day = clock.day_of(now)
    if _begin(day, hour) > now:
        day -= A_DAY
    of_the_week = day - A_DAY * ((day.weekday() - weekday) % 7)
    return Digest(day, _begin(day, hour), _begin(of_the_week, hour))


def _begin(day: date, hour: int) -> datetime:
    return clock.moment_of(day, time(hour))
