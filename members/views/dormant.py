"""The pages about those who have been silent for long."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from members import actions, clock, permissions
from members.acting import Acting
from members.http import MemberRequest, oneself, page_of, told
from members.models import Channel, Member
from members.policies import in_force
from members.policies.life import DORMANT_AFTER_DAYS
from members.silence import Silence, silent_members

BY_HAND = {Channel.PHONE, Channel.PAPER}


class Silent(NamedTuple):
    """One row of the queue."""

    member: Member
    silence: Silence


@require_safe
def dormant(request: MemberRequest) -> HttpResponse:
    """Whom a coordinator should ask after, the longest silent first."""
    by = oneself(request)
    if not permissions.may_ask_after(by):
        raise PermissionDenied
    now = clock.now()
    others = [one for one in silent_members(now) if one.member_id != request.user.pk]
    numbered = page_of(request, others)
    people = Member.objects.in_bulk([one.member_id for one in numbered])
    page = {
        "numbered": numbered,
        "rows": [Silent(people[one.member_id], one) for one in numbered],
        "days": in_force(now)[DORMANT_AFTER_DAYS],
    }
    return render(request, "members/dormant.html", page)


@require_POST
def note_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that I called somebody, or left a note at their door."""
    channel = request.POST.get("channel", "")
    if channel not in BY_HAND:
        channel = Channel.PHONE
    member = get_object_or_404(Member.objects.present(), pk=pk)
    by = Acting(request.user, request.user, Channel(channel))
    with told(request, _("Noted. We ask again in a while, if they stay silent.")):
        actions.note_contact(by=by, member=member)
    return redirect("members:dormant")


@require_POST
def ask_still_here(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to somebody to ask whether they are still here."""
    member = get_object_or_404(Member.objects.present(), pk=pk)
    with told(request, _("The letter is on its way.")):
        actions.ask_still_here(by=oneself(request), member=member)
    return redirect("members:dormant")


@require_http_methods(["GET", "HEAD", "POST"])
def still_here(request: MemberRequest) -> HttpResponse:
    """Say that I am still here."""
    if request.method == "POST":
        with told(request, _("Good to hear. You are still with us.")):
            actions.still_here(by=request.acting)
        return redirect("home")
    return render(request, "members/still_here.html", {"me": request.acting.for_member})
