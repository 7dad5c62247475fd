"""The pages of invitations: mine, a slip to print, and a whole list at once."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.forms.invitations import InviteBySlipForm, InviteForm, InviteManyForm
from members.http import MemberRequest, oneself, page_of, told
from members.models import Invitation, InvitationState
from members.views.welcome_tabs import tabs


@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    """Whom I invited, and what became of it."""
    now = clock.now()
    mine = Invitation.objects.visible_to(request.acting.for_member)
    numbered = page_of(request, mine.order_by("-recorded_at", "-id"))
    page = {
        "numbered": numbered,
        "rows": [(one, one.stands(now)) for one in numbered],
        "states": InvitationState,
    }
    return render(request, "members/invitations.html", page)


@require_safe
def invitation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One invitation of mine; a slip can be printed from here."""
    mine = Invitation.objects.visible_to(request.acting.for_member)
    found = get_object_or_404(mine.select_related("recorded_for"), pk=pk)
    is_open = found.stands(clock.now()) == InvitationState.OPEN
    page = {
        "invitation": found,
        "state": found.stands(clock.now()),
        "is_open": is_open,
        "code": actions.code_of(found) if is_open and not found.email else "",
        "where": settings.PUBLIC_URL + reverse("members:use-code"),
    }
    return render(request, "members/invitation.html", page)


def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody by a letter."""
    if not permissions.may_invite(request.acting):
        raise PermissionDenied
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            actions.invite(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your invitation is on its way."))
            return redirect("members:invitations")
    status = 422 if form.errors else 200
    return render(request, "members/invite.html", {"form": form}, status=status)


def invite_by_slip(request: MemberRequest) -> HttpResponse:
    """Invite somebody on a slip of paper."""
    if not permissions.may_invite(request.acting):
        raise PermissionDenied
    form = InviteBySlipForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.invite_by_slip(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "members/invite_by_slip.html", {"form": form}, status=status)


def withdraw_invitation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back: first ask, then do."""
    mine = Invitation.objects.visible_to(request.acting.for_member)
    found = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        with told(request, _("Taken back.")):
            actions.withdraw_invitation(by=request.acting, invitation=found)
        return redirect("members:invitations")
    page = {"invitation": found}
    return render(request, "members/withdraw_invitation.html", page)


def invite_many(request: MemberRequest) -> HttpResponse:
    """Paste a list, see what becomes of each line, then send all letters in one go."""
    by = oneself(request)
    if not permissions.may_invite_many(by):
        raise PermissionDenied
    form = InviteManyForm(request.POST or None)
    looked = None
    if form.is_valid():
        try:
            looked = actions.look_at_lines(form.cleaned_data["lines"])
            if "confirmed" in request.POST:
                made = actions.invite_many(by=by, **form.cleaned_data)
                messages.success(request, _letters(len(made)))
                return redirect("members:invite-many")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    page = {
        "form": form,
        "tabs": tabs(request.user),
        "looked": looked,
        "fates": actions.Fate,
        "fine": sum(line.fate == actions.Fate.FINE for line in looked or []),
    }
    status = 422 if form.errors else 200
    return render(request, "members/invite_many.html", page, status=status)


def _letters(count: int) -> str:
    if not count:
        return _("Nobody was left to invite.")
    return ngettext(
        "%(count)s letter is on its way.", "%(count)s letters are on their way.", count
    ) % {"count": count}
