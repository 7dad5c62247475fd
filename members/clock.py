"""The one clock. Deeds read it once and hand the moment down; tests freeze it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Say what moment it is."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """Say which day a moment belongs to where the network lives."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def today() -> date:
    """Say what day it is where the network lives."""
    return day_of(now())
