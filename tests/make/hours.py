"""Hours that move, and the books they stand in."""

from ledger.actions import check_books, set_limits, transfer
from ledger.models import Account, Reason, Unit
from members import clock
from members.models import Member
from tests.make.people import coordinator, organisation
from tests.make.values import acting, key
from timebank.actions import propose_forgiveness, record_exchange
from timebank.models import Forgiveness


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


def forgiveness(member: Member) -> Forgiveness:
    """A proposal to forgive what a member is below zero: the open one, if there is one."""
    if known := Forgiveness.objects.open().filter(member=member).first():
        return known
    exchange(organisation("Seed Library"), member, 600)
    given = {"by": acting(coordinator()), "key": key()}
    return propose_forgiveness(member=member, words="Moves away", **given)
