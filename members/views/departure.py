"""The pages on which somebody leaves, and what is left of those who did."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import actions, permissions
from members.acting import Acting
from members.forms.departure import DepartForForm, DepartForm
from members.http import (
    ACTING_FOR,
    MemberRequest,
    oneself,
    page_of,
    sure_it_is_you,
    words_sought,
)
from members.models import Channel, FormerContact, Member
from members.settlement import Holding, holdings_of


@require_safe
def leaving(request: MemberRequest) -> HttpResponse:
    """Everything that I hold, and what becomes of it when I leave."""
    return _settlement(request, request.acting.for_member)


@require_safe
def leaving_of(request: MemberRequest, pk: int) -> HttpResponse:
    """The same for a member whom a coordinator helps; of somebody gone, what is left."""
    if not permissions.may_see_departures(request.acting):
        raise PermissionDenied
    member = get_object_or_404(Member, pk=pk)
    if member.left_at:
        page = {"member": member, "step": member.life.latest("id")}
        return render(request, "members/former_member.html", page)
    return _settlement(request, member)


@sure_it_is_you
def depart(request: MemberRequest) -> HttpResponse:
    """Leave the network."""
    me = request.acting.for_member
    form = DepartForm(
        request.POST if request.method == "POST" else None, holdings=holdings_of(me)
    )
    if request.method == "POST" and _departs(form, request.acting):
        request.session.pop(ACTING_FOR, None)
        if me == request.user:
            logout(request)
        messages.success(
            request, _("You have left the network. Fare well, and thank you.")
        )
        return redirect("home")
    return _sure(request, form, me)


@sure_it_is_you
def depart_for(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter that a member leaves, as they said it."""
    if not permissions.may_see_departures(request.acting):
        raise PermissionDenied
    member = get_object_or_404(Member.objects.present(), pk=pk)
    if member == request.user:
        return redirect("members:leaving")
    form = DepartForForm(
        request.POST if request.method == "POST" else None, holdings=holdings_of(member)
    )
    by = Acting(request.user, member)
    if request.method == "POST" and _departs(form, by):
        messages.success(request, _("It is settled: they have left the network."))
        return redirect("members:leaving-of", pk=pk)
    return _sure(request, form, member)


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def forget_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Erase the name and words of somebody who left, as they asked for it."""
    by = oneself(request)
    if not permissions.may_forget_member(by):
        raise PermissionDenied
    member = get_object_or_404(Member, pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            actions.forget_member(by=by, member=member)
        except ValidationError as refused:
            refusal = refused
        else:
            messages.success(request, _("Their name and words are erased."))
            return redirect("members:leaving-of", pk=pk)
    page = {"member": member, "refusal": refusal}
    status = 422 if refusal else 200
    return render(request, "members/forget_member.html", page, status=status)


@require_safe
def former_members(request: MemberRequest) -> HttpResponse:
    """Those who left and were not forgotten: under which number each stands now."""
    if not permissions.may_see_departures(request.acting):
        raise PermissionDenied
    words = words_sought(request)
    known = FormerContact.objects.select_related("member").order_by("-member__left_at")
    if words:
        known = known.filter(name__icontains=words)
    numbered = page_of(request, known)
    page = {"numbered": numbered, "words": words}
    return render(request, "members/former_members.html", page)


def _settlement(request: MemberRequest, member: Member) -> HttpResponse:
    holdings = holdings_of(member)
    page = {
        "member": member,
        "is_me": member == request.acting.for_member,
        "obstacles": [one for one in holdings if one.obstacle],
        "settled": [one for one in holdings if not one.obstacle],
    }
    return render(request, "members/leaving.html", page)


def _sure(request: MemberRequest, form: DepartForm, member: Member) -> HttpResponse:
    page = {
        "form": form,
        "member": member,
        "is_me": member == request.acting.for_member,
        "obstacles": _obstacles(member),
    }
    status = 422 if form.errors else 200
    return render(request, "members/depart.html", page, status=status)


def _obstacles(member: Member) -> list[Holding]:
    return [one for one in holdings_of(member) if one.obstacle]


def _departs(form: DepartForm, by: Acting) -> bool:
    """Do it, or put the refusal on the form."""
    if not form.is_valid():
        return False
    words = form.cleaned_data
    by = Acting(by.member, by.for_member, Channel(words.get("channel", by.channel)))
    try:
        actions.depart(by=by, choices=form.choices, forget=words["forget"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
