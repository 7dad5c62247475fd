"""Every reaction between rooms, on one screen: when this happens there, that follows here.

A reaction runs inside the deed's transaction: where it is refused, so is the deed.
"""

from typing import Any

from ledger.actions import set_limits
from ledger.models import Unit
from members.acting import Acting
from members.models import Member
from members.signals import member_welcomed

# Twenty hours may be received before any were given, so that nobody must earn first.
# (The register of policies takes this number over.)
OPENING_FLOOR = -20 * 60


def open_hours(member: Member, by: Acting, **_signal: Any) -> None:
    """Whoever is welcomed gets an account of hours, and may go below zero on it."""
    set_limits(holder=member, unit=Unit.MINUTE, floor=OPENING_FLOOR, by=by)


def connect() -> None:
    """Let the rooms hear each other; called once, when the site starts."""
    member_welcomed.connect(open_hours, dispatch_uid="open_hours")
