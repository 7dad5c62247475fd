"""What belonging costs: where I stand, and for treasurers who has paid."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.forms.dues import RecordDuePaymentForm
from members.http import (
    MemberRequest,
    acting_about,
    choose_member,
    chosen_member,
    page_of,
    told,
)
from members.models import Due, DuePayment, Member
from members.policies import in_force
from members.policies.money import DUES, DUES_MONTHS, MEMBERSHIP_SHARE, behind, paid_up


@require_safe
def my_dues(request: MemberRequest) -> HttpResponse:
    """Where I stand with my share and dues, and every payment."""
    return render(request, "members/dues.html", _standing(request.acting.for_member))


@require_safe
def dues_of(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a member stands, for those who keep the dues."""
    if not permissions.may_keep_dues(request.acting):
        raise PermissionDenied
    member = get_object_or_404(Member, pk=pk)
    page = _standing(member) | {"is_kept": True}
    return render(request, "members/dues.html", page)


def _standing(member: Member) -> dict[str, Any]:
    """What is asked for, what was paid, and whether that is enough today."""
    today = clock.today()
    rules = in_force()
    payments = list(
        member.dues.select_related("recorded_by").order_by("-paid_on", "-recorded_at")
    )
    standing = [one for one in payments if not one.reversed_at]
    shares = [
        one for one in standing if one.what == Due.SHARE and not one.given_back_on
    ]
    covered = [one.covers_until for one in standing if one.covers_until]
    until = max(covered, default=None)
    return {
        "member": member,
        "payments": payments,
        "share_asked": rules[MEMBERSHIP_SHARE],
        "dues_asked": rules[DUES],
        "months": rules[DUES_MONTHS],
        "share": shares[0] if shares else None,
        "until": until,
        "is_over": until is not None and until < today,
        "is_paid_up": paid_up(today).filter(pk=member.pk).exists(),
    }


@require_safe
def dues(request: MemberRequest) -> HttpResponse:
    """Who is behind, for those who keep the dues."""
    if not permissions.may_keep_dues(request.acting):
        raise PermissionDenied
    today = clock.today()
    rules = in_force()
    theirs = DuePayment.objects.filter(member=OuterRef("pk"))
    covered = theirs.standing().filter(what=Due.DUES).order_by("-covers_until")
    open_today = (
        behind(today)
        .annotate(
            until=Subquery(covered.values("covers_until")[:1]),
            has_share=Exists(theirs.share_on(today)),
        )
        # The longest behind first; whoever never paid counts from their welcome.
        .order_by(Coalesce("until", TruncDate("welcomed_at")), "name", "pk")
    )
    page = {
        "numbered": page_of(request, open_today),
        "share_asked": rules[MEMBERSHIP_SHARE],
        "dues_asked": rules[DUES],
        "months": rules[DUES_MONTHS],
    }
    return render(request, "members/dues_behind.html", page)


def record_due_payment(request: MemberRequest) -> HttpResponse:
    """Write down what somebody paid: first who, then what and how much."""
    if not permissions.may_record_due_payment(request.acting):
        raise PermissionDenied
    # Dues are kept for everybody, also for whoever hides from the treasurer.
    people = Member.objects.present()
    member = chosen_member(request, people)
    if member is None:
        return choose_member(request, _("Who paid?"), people)
    form = RecordDuePaymentForm(request.POST or None)
    if form.is_valid():
        try:
            payment = actions.record_due_payment(
                by=acting_about(request, member), member=member, **form.deed()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            done = _("Written down, and %(name)s was told.") % {"name": member}
            messages.success(request, done)
            return redirect(payment)
    page = _standing(member) | {"form": form}
    return render(
        request,
        "members/record_due_payment.html",
        page,
        status=422 if form.errors else 200,
    )


@require_safe
def due_payment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One payment: how much, when, and what it covers."""
    is_kept = permissions.may_keep_dues(request.acting)
    payment = _payment(request, pk, is_kept=is_kept)
    page = {
        "payment": payment,
        "is_kept": is_kept,
        "me": request.acting.for_member,
        "may_take_back": is_kept
        and not payment.reversed_at
        and not payment.given_back_on,
        "may_give_back": is_kept and payment.can_be_given_back,
    }
    return render(request, "members/due_payment.html", page)


def take_back_due_payment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask, then take back what was written down by mistake."""
    if not permissions.may_take_back_due_payment(request.acting):
        raise PermissionDenied
    payment = _payment(request, pk, is_kept=True)
    if request.method == "POST":
        with told(request, _("Taken back. It counts as never paid.")):
            by = acting_about(request, payment.member)
            actions.take_back_due_payment(by=by, payment=payment)
        return redirect(payment)
    return render(request, "members/take_back_due_payment.html", {"payment": payment})


def give_back_share(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask, then write down that somebody has their share back."""
    if not permissions.may_keep_dues(request.acting):
        raise PermissionDenied
    payment = _payment(request, pk, is_kept=True)
    if request.method == "POST" and payment.can_be_given_back:
        with told(request, _("Written down. The share is theirs again.")):
            by = acting_about(request, payment.member)
            actions.give_back_share(by=by, member=payment.member)
        return redirect(payment)
    if not payment.can_be_given_back:
        return redirect(payment)
    return render(request, "members/give_back_share.html", {"payment": payment})


def _payment(request: MemberRequest, pk: UUID, *, is_kept: bool) -> DuePayment:
    """A payment that may be seen: one's own, or any for those who keep the dues."""
    payments = DuePayment.objects.select_related(
        "member", "recorded_by", "recorded_for", "reversed_by", "given_back_by"
    )
    if not is_kept:
        payments = payments.visible_to(request.acting.for_member)
    return get_object_or_404(payments, pk=pk)
