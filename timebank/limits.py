"""How far below zero accounts of hours may go, as the network decided it."""

from uuid import UUID

from ledger.actions import set_limits
from ledger.models import COMMONS, Account, Cause, LimitChange, Recorder, Unit
from members.models import Member

# Why a limit was set: by the welcome (no cause), by a policy, or with one member alone.
POLICY = "policy"


def follow_opening_floor(*, floor: int, by: Recorder, cause: UUID) -> int:
    """Set the floor of all open accounts that follow the policy; say how many moved.

    Accounts whose limit was agreed with one member alone keep it.
    """
    changes = LimitChange.objects.filter(
        account__unit=Unit.MINUTE, account__holder__isnull=False, account__closed=False
    )
    latest = dict(changes.order_by("id").values_list("account_id", "cause_kind"))
    follow = [account for account, kind in latest.items() if kind in (None, POLICY)]
    # Whoever leaves at this moment is waited for: a closed account stays closed.
    holders = Member.objects.select_for_update(no_key=True).filter(
        pk__in=Account.objects.filter(pk__in=follow).values("holder")
    )
    list(holders.order_by("pk").values_list("pk"))
    accounts = (
        Account.objects.filter(pk__in=follow, closed=False)
        .exclude(floor=floor)
        .select_related("holder")
        .order_by("holder_id")
    )
    for account in accounts:
        set_limits(
            holder=account.whose,
            unit=Unit.MINUTE,
            floor=floor,
            ceiling=account.ceiling,
            by=by,
            cause=Cause(POLICY, cause),
        )
    return len(accounts)


def follow_commons_floor(*, floor: int, by: Recorder, cause: UUID) -> None:
    """Let the commons lend as far as decided."""
    set_limits(
        holder=COMMONS,
        unit=Unit.MINUTE,
        floor=floor,
        by=by,
        cause=Cause(POLICY, cause),
    )
