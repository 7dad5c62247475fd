"""The pages on which coordinators decide about hours below zero."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledger.models import Account, Unit
from members.http import MemberRequest, oneself, page_of, told
from members.models import Member
from timebank import actions, permissions
from timebank.forms import ProposeForgivenessForm
from timebank.models import Forgiveness

OPEN_AT_MOST = 30


@require_safe
def forgiveness_asked(request: MemberRequest) -> HttpResponse:
    """What waits for a second coordinator, and what was decided before."""
    if not permissions.may_see_forgiveness(request.acting):
        raise PermissionDenied
    seen = Forgiveness.objects.visible_to(request.user).with_people()
    decided = seen.exclude(seconded_at=None, withdrawn_at=None).order_by("-recorded_at")
    numbered = page_of(request, decided)
    page = {"open": seen.open()[:OPEN_AT_MOST], "decided": numbered}
    return render(request, "timebank/forgiveness_asked.html", page)


def propose_forgiveness(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why a member's hours below zero should be forgiven."""
    by = oneself(request)
    member = get_object_or_404(Member.objects.present(), pk=pk)
    if not permissions.may_decide_forgiveness(by, member=member):
        raise PermissionDenied
    form = ProposeForgivenessForm(request.POST or None)
    if form.is_valid():
        try:
            found = actions.propose_forgiveness(
                by=by, member=member, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Proposed. Another coordinator decides now."))
            return redirect(found)
    balance = Account.objects.balance(member, Unit.MINUTE)
    page = {"form": form, "member": member, "balance": balance}
    return render(
        request,
        "timebank/propose_forgiveness.html",
        page,
        status=422 if form.errors else 200,
    )


@require_safe
def forgiveness(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One proposal: how much, why, and who decided it."""
    found = _found(request, pk)
    by = oneself(request)
    may = found.is_open and permissions.may_decide_forgiveness(by, member=found.member)
    page = {
        "forgiveness": found,
        "may_decide": may,
        "may_second": may and found.recorded_by != request.user,
        "me": request.acting.for_member,
    }
    return render(request, "timebank/forgiveness.html", page)


@require_POST
def second_forgiveness(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Agree as the second coordinator."""
    found = _found(request, pk)
    with told(request, _("Forgiven. The hours are at zero again.")):
        actions.second_forgiveness(by=oneself(request), forgiveness=found)
    return redirect(found)


@require_POST
def withdraw_forgiveness(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back."""
    found = _found(request, pk)
    with told(request, _("Withdrawn. Nothing was moved.")):
        actions.withdraw_forgiveness(by=oneself(request), forgiveness=found)
    return redirect(found)


def _found(request: MemberRequest, pk: UUID) -> Forgiveness:
    """Coordinators find each, and members their own."""
    reader = request.user if request.user.is_coordinator else request.acting.for_member
    seen = Forgiveness.objects.visible_to(reader).with_people()
    return get_object_or_404(seen, pk=pk)
