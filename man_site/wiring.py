"""Every reaction between rooms, on one screen: when this happens there, that follows here.

A reaction runs inside the deed's transaction: where it is refused, so is the deed.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ledger.actions import reverse, set_limits, transfer
from ledger.amounts import cents_in_words
from ledger.models import COMMONS, OUTSIDE, Account, Cause, Fund, Reason, Transfer, Unit
from members import clock
from members.acting import Acting
from members.downloads import Part, belonging_known
from members.keys import new_key
from members.mentions import Mentions
from members.models import Due, DuePayment, Member, MemberKind, PolicyVersion
from members.policies import in_force
from members.settlement import Holding, belonging_held
from members.signals import (
    download_asked,
    due_paid,
    due_taken_back,
    latest_deeds_asked,
    member_departs,
    member_forgotten,
    member_welcomed,
    network_founded,
    policy_in_force,
    settlement_asked,
    share_given_back,
)
from timebank import actions, limits
from timebank.downloads import hours_known
from timebank.models import Exchange
from timebank.policies import COMMONS_FLOOR, OPENING_FLOOR, WELCOME_MINUTES
from timebank.settlement import hours_held

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.dispatch import Signal

SHARES = Fund("membership shares")
DUES_PAID = Fund("dues")


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
            at=clock.past(),
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


def book_due(payment: DuePayment, by: Acting, **_signal: Any) -> None:
    """Money that a member paid comes into the books from outside."""
    is_share = payment.what == Due.SHARE
    transfer(
        source=OUTSIDE,
        target=SHARES if is_share else DUES_PAID,
        unit=Unit.CENT,
        amount=payment.cents,
        reason=Reason.SHARE if is_share else Reason.DUES,
        cause=Cause("due_payment", payment.pk),
        by=by,
        key=payment.pk,
    )


def turn_back_due(payment: DuePayment, by: Acting, **_signal: Any) -> None:
    """What was written down by mistake goes back out of the books."""
    moved = Transfer.objects.select_related("source", "target").get(key=payment.pk)
    reverse(moved, by=by, key=new_key())


def pay_out_share(payment: DuePayment, by: Acting, **_signal: Any) -> None:
    """A share that is given back leaves the books, once."""
    transfer(
        source=SHARES,
        target=OUTSIDE,
        unit=Unit.CENT,
        amount=payment.cents,
        reason=Reason.SHARE,
        cause=Cause("due_payment", payment.pk),
        by=by,
        key=uuid5(payment.pk, "given back"),
    )


def settle_hours(
    member: Member, by: Acting, choices: dict[str, str], **_signal: Any
) -> None:
    """Whoever leaves gives what is left to the commons, and takes no hours along."""
    actions.settle_hours(member=member, by=by, choices=choices)


def close_accounts(member: Member, by: Acting, **_signal: Any) -> None:
    """Nothing moves on an account of somebody who has left, in no unit."""
    for unit in Unit:
        set_limits(holder=member, unit=unit, floor=0, closed=True, by=by)


def forget_words(member: Member, mentions: Mentions, **_signal: Any) -> None:
    """The room for hours erases its words about somebody, and keeps the hours."""
    actions.forget_words(member=member, mentions=mentions)


def say_belonging_held(member: Member, **_signal: Any) -> list[Holding]:
    """What somebody holds as a member: tasks, a share, promises."""
    return belonging_held(member)


def say_share_held(member: Member, **_signal: Any) -> list[Holding]:
    """The membership share is theirs, and is given back."""
    shares = DuePayment.objects.share_on(clock.today()).filter(
        member=member, cents__gt=0
    )
    return [
        Holding(
            kind="share",
            what=str(capfirst(Due.SHARE.label)),
            amount=cents_in_words(share.cents),
            settled_by=_("It is given back."),
            url=share.get_absolute_url(),
        )
        for share in shares
    ]


def say_hours_held(member: Member, **_signal: Any) -> list[Holding]:
    """What somebody holds in hours."""
    return hours_held(member)


def say_accounts_held(member: Member, **_signal: Any) -> list[Holding]:
    """What somebody holds in other units; it is paid out before they leave."""
    accounts = Account.objects.held_by(member).exclude(unit=Unit.MINUTE)
    return [
        Holding(
            kind=account.unit,
            what=capfirst(account.get_unit_display()),
            amount=cents_in_words(account.balance)
            if account.unit == Unit.CENT
            else formats.number_format(account.balance / 100, 2),
            obstacle=_("Talk with a coordinator, so that it comes to zero first."),
        )
        for account in accounts.exclude(balance=0).order_by("unit")
    ]


def say_belonging_known(member: Member, **_signal: Any) -> list[Part]:
    """What is known of somebody as a member, for them to take along."""
    return belonging_known(member)


def say_hours_known(member: Member, **_signal: Any) -> list[Part]:
    """Somebody's exchanges and the lines of their statement, for them to take along."""
    return hours_known(member)


def say_latest_exchanges(**_signal: Any) -> dict[int, datetime]:
    """When each member last helped or was helped."""
    return Exchange.objects.latest_of_each()


def connect() -> None:
    """Let the rooms hear each other; called once, when the site starts."""
    reactions: dict[Signal, list[Callable[..., Any]]] = {
        # In this order.
        network_founded: [open_commons],
        member_welcomed: [open_hours, give_welcome_hours],
        policy_in_force: [follow_floor_policies],
        member_departs: [settle_hours, close_accounts],
        member_forgotten: [forget_words],
        # These answer a question.
        settlement_asked: [
            say_hours_held,
            say_share_held,
            say_accounts_held,
            say_belonging_held,
        ],
        download_asked: [say_belonging_known, say_hours_known],
        latest_deeds_asked: [say_latest_exchanges],
        due_paid: [book_due],
        due_taken_back: [turn_back_due],
        share_given_back: [pay_out_share],
    }
    for signal, followed_by in reactions.items():
        for reaction in followed_by:
            signal.connect(reaction, dispatch_uid=reaction.__name__)
