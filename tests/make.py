"""Worlds made by real actions, and short ways to look at them."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from ledger.actions import check_books, set_limits, transfer
from ledger.models import Account, Cause, Reason, Unit
from members import clock
from members.acting import Acting
from members.actions import mark_notices_read
from members.keys import new_key
from members.links import LinkDeed, declare_link, link_for
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


def cause(kind: str) -> Cause:
    """Some row of a room that a change comes from."""
    return Cause(kind, key())


def _read(by: Acting, about: str) -> None:
    mark_notices_read(by=by, latest=int(about))


# The smallest deed that a link can do: put away what one was told.
READ_IT = declare_link(
    LinkDeed(
        name="read_it",
        title="Put it away",
        words="The notice is marked as read.",
        action="Yes, put it away",
        run=_read,
        done="It is put away.",
    )
)


def link(member: Member, **words) -> str:
    """The path of a link that puts a member's latest notice away."""
    latest = member.notices.latest("pk").pk
    return link_for(member, READ_IT, **{"about": latest} | words)
