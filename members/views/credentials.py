"""What members are trusted with because it was looked into, and until when."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.forms.credentials import GrantCredentialForm
from members.http import (
    MemberRequest,
    acting_about,
    choose_member,
    chosen_member,
    page_of,
    told,
)
from members.models import Credential, Member
from members.policies import in_force
from members.policies.money import CREDENTIAL_WARNING_DAYS


@require_safe
def credentials(request: MemberRequest) -> HttpResponse:
    """All that holds today, what runs out first at the top; for coordinators."""
    if not permissions.may_grant_credential(request.acting):
        raise PermissionDenied
    today = clock.today()
    soon = today + timedelta(days=in_force()[CREDENTIAL_WARNING_DAYS])
    holding = (
        Credential.objects.valid_on(today)
        .filter(member__left_at__isnull=True)
        .select_related("member")
        .order_by(F("expires_on").asc(nulls_last=True), "member__name", "pk")
    )
    page = {
        "numbered": page_of(request, holding),
        "running_out": Credential.objects.running_out(today, soon).count(),
        "soon": soon,
    }
    return render(request, "members/credentials.html", page)


@require_safe
def credentials_of(request: MemberRequest, pk: int) -> HttpResponse:
    """What one member is or was trusted with, for themselves and coordinators."""
    member = get_object_or_404(Member, pk=pk)
    if not permissions.may_see_credentials(request.acting, member=member):
        raise Http404
    today = clock.today()
    held = list(member.credentials.order_by("-granted_on", "-pk"))
    page = {
        "member": member,
        "me": request.acting.for_member,
        "rows": [(one, one.holds_on(today)) for one in held],
        "today": today,
        "may_grant": permissions.may_grant_credential(request.acting),
    }
    return render(request, "members/credentials_of.html", page)


def grant_credential(request: MemberRequest) -> HttpResponse:
    """Enter what was looked into: first whose, then what and until when."""
    if not permissions.may_grant_credential(request.acting):
        raise PermissionDenied
    people = Member.objects.visible_to(request.user)
    member = chosen_member(request, people)
    if member is None:
        return choose_member(request, _("Whose was looked into?"), people)
    form = GrantCredentialForm(request.POST or None)
    if form.is_valid():
        try:
            credential = actions.grant_credential(
                by=acting_about(request, member), member=member, **form.deed()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Entered."))
            return redirect(credential)
    page = {"form": form, "member": member}
    return render(
        request,
        "members/grant_credential.html",
        page,
        status=422 if form.errors else 200,
    )


def end_credential(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask, then say that something no longer holds."""
    if not permissions.may_end_credential(request.acting):
        raise PermissionDenied
    credential = get_object_or_404(Credential.objects.select_related("member"), pk=pk)
    if request.method == "POST":
        with told(request, _("It no longer counts, from today on.")):
            by = acting_about(request, credential.member)
            actions.end_credential(by=by, credential=credential)
        return redirect(credential)
    return render(request, "members/end_credential.html", {"credential": credential})
