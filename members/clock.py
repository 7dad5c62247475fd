"""The one clock. Deeds read it once and hand the moment down; tests freeze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

from django.utils import timezone

_past: ContextVar[datetime | None] = ContextVar("past", default=None)


def now() -> datetime:
    """Say what moment it is."""
    return _past.get() or timezone.now()


def past() -> datetime | None:
    """Say as of which past moment things are done; None as ever on the pages."""
    return _past.get()


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Do what follows as of a past moment: the demo's past, an import. Never on a page."""
    assert moment <= timezone.now(), "what is to come has not happened"
    token = _past.set(moment)
    try:
        yield
    finally:
        _past.reset(token)


def age_of(moment: datetime) -> float:
    """Say how many days ago a moment was, by the real clock, whatever `as_of` says."""
    return (timezone.now() - moment).total_seconds() / 86_400


def day_of(moment: datetime) -> date:
    """Say which day a moment belongs to where the network lives."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def moment_of(day: date, at: time = time.min, *, later: bool = False) -> datetime:
    """Say the moment when the clocks of the network show a time of a day.

    Where they show it twice (the night they go back), `later` means the second.
    """
    zone = timezone.get_default_timezone()
    return datetime.combine(day, at, zone).replace(fold=later).astimezone(UTC)


def today() -> date:
    """Say what day it is where the network lives."""
    return day_of(now())
