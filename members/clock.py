"""The one clock. Deeds read it once and hand the moment down; tests freeze it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Say what moment it is."""
    return timezone.now()


def today() -> date:
    """Say what day it is where the network lives."""
    return timezone.localdate(now(), timezone.get_default_timezone())
