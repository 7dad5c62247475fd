"""Every reaction between rooms, on one screen: when this happens there, that follows here.

A reaction runs inside the deed's transaction: where it is refused, so is the deed.
"""

from typing import TYPE_CHECKING, Any

from ledger.actions import set_limits, transfer
from ledger.models import COMMONS, Reason, Unit
from members.acting import Acting
from members.keys import new_key
from members.models import Member, MemberKind, PolicyVersion
from members.policies import in_force
from members.signals import member_welcomed, network_founded, policy_in_force
from timebank import limits
from timebank.policies import COMMONS_FLOOR, OPENING_FLOOR, WELCOME_MINUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.dispatch import Signal


def open_hours(member: Member, by: Acting, **_signal: Any) -> None:
    """Whoever is welcomed gets an account of hours, and may go below zero on it."""
    rules = in_force()
    set_limits(holder=member, unit=Unit.MINUTE, floor=-rules[OPENING_FLOOR], by=by)


def give_welcome_hours(member: Member, by: Acting, **_signal: Any) -> None:
    """A newcomer gets hours from the commons, where the network decided so."""
    minutes = in_force()[WELCOME_MINUTES]
    if minutes and member.kind == MemberKind.PERSON:
        transfer(
            source=COMMONS,
            target=member,
            unit=Unit.MINUTE,
            amount=minutes,
            reason=Reason.WELCOME,
            by=by,
            key=new_key(),
        )


def open_commons(by: Acting, **_signal: Any) -> None:
    """With the network the commons is founded: it may lend, within its limit."""
    floor = -in_force()[COMMONS_FLOOR]
    set_limits(holder=COMMONS, unit=Unit.MINUTE, floor=floor, by=by)


def follow_floor_policies(version: PolicyVersion, by: Acting, **_signal: Any) -> None:
    """The books follow what was decided about how far below zero one may go."""
    if version.policy == OPENING_FLOOR.name:
        limits.follow_opening_floor(floor=-version.value, by=by, cause=version.pk)
    elif version.policy == COMMONS_FLOOR.name:
        limits.follow_commons_floor(floor=-version.value, by=by, cause=version.pk)


def connect() -> None:
    """Let the rooms hear each other; called once, when the site starts."""
    reactions: dict[Signal, list[Callable[..., Any]]] = {
        # In this order.
        network_founded: [open_commons],
        member_welcomed: [open_hours, give_welcome_hours],
        policy_in_force: [follow_floor_policies],
    }
    for signal, followed_by in reactions.items():
        for reaction in followed_by:
            signal.connect(reaction, dispatch_uid=reaction.__name__)
