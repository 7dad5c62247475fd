"""What members pay for belonging: who writes it down, and what it then covers."""

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Due, DuePayment, Member
from members.notices import Kind, declare, in_language_of, notify
from members.policies import InForce
from members.policies.money import DUES, DUES_MONTHS, MEMBERSHIP_SHARE, rules_on
from members.refusals import beside, left
from members.signals import due_paid, due_taken_back, share_given_back

DUE_RECORDED = declare(
    Kind("due_recorded", _lazy("My share or dues were written down"))
)
EARLIEST = date(2000, 1, 1)


class Covered(NamedTuple):
    """A stretch of days, both included."""

    first: date
    last: date


def period_from(first: date, months: int) -> Covered:
    """Say the days that so many months cover: to the day before the same day of a month.

    A month that lacks that day is covered to its end: from 31 January to 28 February.
    """
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    days = calendar.monthrange(year, month)[1]
    if first.day > days:
        return Covered(first, date(year, month, days))
    return Covered(first, date(year, month, first.day) - timedelta(days=1))


def next_period(covered: Sequence[Covered], paid_on: date, months: int) -> Covered:
    """Say which days new dues cover: the first that are free, no day twice, without a gap.

    They go on from the day after earlier dues, if that still reaches the day of payment;
    whoever was away for longer than that begins afresh on that day.
    """
    starts = {paid_on, *(one.last + timedelta(days=1) for one in covered)}
    for start in sorted(starts):
        period = period_from(start, months)
        is_free = all(
            one.last < period.first or period.last < one.first for one in covered
        )
        if is_free and period.last >= paid_on:
            return period
    raise AssertionError("after the last one there is always room")


@deed(words=gettext_lazy("recorded a payment of share or dues"))
def record_due_payment(
    *,
    by: Acting,
    member: Member,
    what: Due,
    cents: int,
    paid_on: date,
    key: UUID,
    let_off: str = "",
) -> DuePayment:
    """Write down that a share or dues were paid, or that somebody was let off, and why.

    The same key with the same content answers with the same payment. More than what is
    asked for may be given; it covers no longer time.
    """
    if not permissions.may_record_due_payment(by):
        raise PermissionDenied
    let_off = let_off.strip()
    said = {"member": member, "what": what, "cents": cents, "paid_on": paid_on}
    said |= {"let_off": let_off}
    member = Member.objects.held(member.pk)
    if known := DuePayment.objects.filter(pk=key).first():
        return _as_recorded_before(known, said)
    _check_facts(member, paid_on)
    rules = rules_on(paid_on)
    _check_amount(what, cents, let_off, rules)
    covers = _covers(member, what, paid_on, rules[DUES_MONTHS])
    now = clock.now()
    try:
        with transaction.atomic():
            payment = DuePayment.objects.create(
                id=key, **said, **covers, **by.recorded(now)
            )
    except IntegrityError:
        raise _key_reused() from None
    if cents:
        due_paid.send(sender=DuePayment, payment=payment, by=by)
    _tell(by, payment, _lazy("Written down for you: %(what)s"), at=now)
    return payment


def _as_recorded_before(known: DuePayment, said: dict[str, object]) -> DuePayment:
    """Answer a form that was sent before. What was written down stands."""
    if any(getattr(known, name) != value for name, value in said.items()):
        raise _key_reused()
    return known


def _key_reused() -> ValidationError:
    return ValidationError(
        _(
            "This form was already sent with other words in it, and that stands. "
            "To write down something more, open a fresh form."
        ),
        code="key_reused",
    )


def _check_facts(member: Member, paid_on: date) -> None:
    if member.left_at:
        raise left(member, _("%(name)s has left the network, so nothing is due."))
    if paid_on > clock.today():
        raise beside("paid_on", _("That day is still to come."), "in_future")
    if paid_on < EARLIEST:
        raise beside("paid_on", _("That is too long ago."), "too_long_ago")


def _check_amount(what: Due, cents: int, let_off: str, rules: InForce) -> None:
    """At least what is asked for; or nothing, and then why."""
    if let_off:
        if cents:
            raise beside(
                "cents",
                _("Whoever is let off pays nothing. Leave the amount empty."),
                "let_off_is_nothing",
            )
        return
    if cents <= 0:
        raise beside(
            "cents",
            _("Say how much was paid; or, further down, why nothing is asked."),
            "nothing_paid",
        )
    if cents < rules[MEMBERSHIP_SHARE if what == Due.SHARE else DUES]:
        raise beside(
            "cents",
            _(
                "That is less than the network asks for. Whoever can't pay all of it is "
                "let off by a decision: leave the amount empty and say which."
            ),
            "too_little",
        )


def _covers(member: Member, what: Due, paid_on: date, months: int) -> dict[str, date]:
    """Say which days are covered; a share is paid once and has no end."""
    standing = DuePayment.objects.standing().filter(member=member, what=what)
    if what == Due.SHARE:
        if standing.filter(given_back_on__isnull=True).exists():
            raise ValidationError(
                _("%(name)s has paid the share before. It is paid once."),
                code="share_paid_before",
                params={"name": member},
            )
        return {}
    covered = [
        Covered(one.covers_from, one.covers_until)
        for one in standing
        if one.covers_from and one.covers_until
    ]
    period = next_period(covered, paid_on, months)
    return {"covers_from": period.first, "covers_until": period.last}


@deed(words=gettext_lazy("took back a payment of share or dues"))
def take_back_due_payment(*, by: Acting, payment: DuePayment) -> DuePayment:
    """Take back what was written down by mistake: as if it had never been paid."""
    if not permissions.may_take_back_due_payment(by):
        raise PermissionDenied
    payment = _held(payment)
    if payment.reversed_at:
        return payment
    if payment.given_back_on:
        raise ValidationError(
            _("This share was paid and given back, so there is nothing to take back."),
            code="given_back_before",
        )
    payment.reversed_at = clock.now()
    payment.reversed_by = by.member
    payment.save(update_fields=["reversed_at", "reversed_by"])
    if payment.cents:
        due_taken_back.send(sender=DuePayment, payment=payment, by=by)
    _tell(by, payment, _lazy("Taken back: %(what)s"), at=payment.reversed_at)
    return payment


@transaction.atomic
def give_back_share(*, by: Acting, member: Member) -> DuePayment | None:
    """Give somebody their share back; None where there is none (or it was nothing).

    A part of leaving, and a treasurer's own deed.
    """
    if not permissions.may_give_back_share(by, member=member):
        raise PermissionDenied
    Member.objects.held(member.pk)
    share = (
        DuePayment.objects.standing()
        .filter(member=member, what=Due.SHARE, given_back_on__isnull=True, cents__gt=0)
        .first()
    )
    if share is None:
        return None
    now = clock.now()
    share.given_back_on = clock.day_of(now)
    share.given_back_by = by.member
    share.save(update_fields=["given_back_on", "given_back_by"])
    share_given_back.send(sender=DuePayment, payment=share, by=by)
    _tell(by, share, _lazy("Given back: %(what)s"), at=now)
    return share


def _held(payment: DuePayment) -> DuePayment:
    """The payment as it is now; nobody else changes it, or what its member paid."""
    Member.objects.held(payment.member_id)
    return DuePayment.objects.select_related("member").get(pk=payment.pk)


def _tell(by: Acting, payment: DuePayment, headline: Promise, *, at: datetime) -> None:
    """Tell the one who paid, unless it is their own doing."""
    if payment.member == by.member:
        return
    with in_language_of(payment.member):
        notify(
            payment.member,
            kind=DUE_RECORDED,
            subject=_("Your share and dues"),
            headline=str(headline) % {"what": payment.get_what_display()},
            template="members/notices/due_recorded.txt",
            context={"payment": payment, "by": by.member},
            about=payment,
            at=at,
        )
