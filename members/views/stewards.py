"""Who acts for an organisation, and the organisations for which nobody does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import actions, clock, permissions
from members.http import MemberRequest, choose_member, read_id, sure_it_is_you
from members.models import Member, MemberKind, Stewardship


def _organisation(request: MemberRequest, pk: int) -> Member:
    visible = Member.objects.visible_to(request.user)
    organisation: Member = get_object_or_404(
        visible, pk=pk, kind=MemberKind.ORGANISATION
    )
    return organisation


@require_safe
def stewards(request: MemberRequest, pk: int) -> HttpResponse:
    """Who acts for an organisation."""
    organisation = _organisation(request, pk)
    serving = (
        Stewardship.objects.visible_to(request.user)
        .serving(clock.now())
        .filter(organisation=organisation)
        .select_related("steward", "recorded_by")
        .order_by("recorded_at")
    )
    page = {
        "organisation": organisation,
        "stewardships": serving,
        "may_name": permissions.may_name_stewards(
            request.acting, organisation=organisation
        ),
    }
    return render(request, "members/stewards.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def make_steward(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a member who acts for an organisation from now on."""
    organisation = _organisation(request, pk)
    if not permissions.may_name_stewards(request.acting, organisation=organisation):
        raise PermissionDenied
    people = Member.objects.visible_to(request.user).filter(kind=MemberKind.PERSON)
    page: dict[str, Any] = {"organisation": organisation}
    if asked := request.POST.get("steward") or request.GET.get("steward"):
        steward = get_object_or_404(people, pk=read_id(asked))
        page |= {"steward": steward}
        if request.method == "POST":
            try:
                actions.make_steward(
                    by=request.acting, organisation=organisation, steward=steward
                )
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
            else:
                done = _("%(steward)s acts for %(name)s from now on, and was told.")
                messages.success(
                    request, done % {"steward": steward, "name": organisation}
                )
            return redirect("members:stewards", organisation.pk)
        return render(request, "members/make_steward.html", page)
    serving = Stewardship.objects.serving(clock.now()).filter(organisation=organisation)
    return choose_member(
        request,
        _("Who is to act for %(name)s?") % {"name": organisation},
        people.exclude(pk__in=serving.values("steward")),
        name="steward",
        with_numbers=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_stewardship(request: MemberRequest, pk: int) -> HttpResponse:
    """Let somebody act for an organisation no more, as long as others do."""
    visible = Stewardship.objects.visible_to(request.user)
    stewardship = get_object_or_404(
        visible.select_related("organisation", "steward"), pk=pk
    )
    organisation = stewardship.organisation
    if not permissions.may_name_stewards(request.acting, organisation=organisation):
        raise PermissionDenied
    if request.method != "POST":
        page = {"stewardship": stewardship}
        return render(request, "members/end_stewardship.html", page)
    try:
        actions.end_stewardship(by=request.acting, stewardship=stewardship)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        done = _("%(steward)s acts for %(name)s no more.")
        words = {"steward": stewardship.steward, "name": organisation}
        messages.success(request, done % words)
    return redirect(stewardship)


@require_safe
def without_stewards(request: MemberRequest) -> HttpResponse:
    """Organisations that are here and have nobody who acts for them."""
    if not permissions.may_see_contests(request.acting):
        raise PermissionDenied
    serving = Stewardship.objects.serving(clock.now()).values("organisation")
    alone = Member.objects.visible_to(request.user).filter(kind=MemberKind.ORGANISATION)
    alone = alone.exclude(pk__in=serving).order_by("folded_name", "pk")
    return render(request, "members/without_stewards.html", {"alone": alone[:100]})
