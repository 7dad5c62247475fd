"""Shares and dues."""

from uuid import UUID

from members import clock
from members.actions import record_due_payment
from members.models import Due, Member
from tests.make.values import acting, key


def due(by: Member, member: Member, cents: int = 2500, what: Due = Due.DUES, **words):
    """Dues (or a share) that somebody paid."""
    given = {"paid_on": clock.today(), "key": key()} | words
    return record_due_payment(
        by=acting(by), member=member, what=what, cents=cents, **given
    )


def share(by: Member, member: Member) -> UUID:
    return due(by, member, what=Due.SHARE).pk
