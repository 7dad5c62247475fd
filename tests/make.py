"""Worlds made by real actions, and short ways to look at them."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from ledger.actions import check_books, set_limits, transfer
from ledger.models import Account, Reason, Unit
from members import clock
from members.acting import Acting
from members.keys import new_key
from members.models import Member
from timebank.actions import record_exchange


def key() -> UUID:
    return new_key()


def acting(member: Member) -> Acting:
    return Acting.as_oneself(member)


def minutes(member: Member) -> int:
    """What somebody has, in minutes."""
    return Account.objects.balance(member, Unit.MINUTE)


def exchange(giver: Member, receiver: Member, minutes: int = 60, **words):
    """Help that the receiver writes down."""
    given = {
        "by": acting(receiver),
        "what": "Mended a bicycle",
        "helped_on": clock.today(),
        "key": key(),
    }
    return record_exchange(
        giver=giver, receiver=receiver, minutes=minutes, **given | words
    )


def moved(source, target, amount: int = 60, **words):
    """Minutes moved by the ledger's own door."""
    given = {"unit": Unit.MINUTE, "reason": Reason.EXCHANGE, "key": key()}
    if "by" not in words:
        given["by"] = acting(source if isinstance(source, Member) else target)
    return transfer(source=source, target=target, amount=amount, **given | words)


def limits(
    member: Member, floor: int | None = -1200, ceiling: int | None = None, **words
):
    given = {"unit": Unit.MINUTE, "by": acting(member)}
    set_limits(holder=member, floor=floor, ceiling=ceiling, **given | words)


def books():
    """Read the whole books, as the nightly check does."""
    return check_books(at=clock.now())


def a_day() -> date:
    return clock.today()


def address(page: str, *args) -> str:
    return reverse(page, args=args)
