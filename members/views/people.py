"""The directory, and the page of one member."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from members import actions, clock, permissions
from members.distances import distance_km
from members.forms.people import PeopleForm
from members.forms.profiles import LABELS
from members.http import MemberRequest, read_id
from members.models import (
    Block,
    Eyes,
    Member,
    MemberKind,
    Neighbourhood,
    Profile,
    Stewardship,
)
from members.models.members import MemberQuerySet

PEOPLE_A_PAGE = 30
NEW_FOR = timedelta(days=60)


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who is here, by name; found by some letters of it, or by what they tell."""
    form = PeopleForm(request.GET.dict() if request.GET else None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words = wanted.get("q", "")
    eyes = permissions.eyes_of(request.acting)
    here = Member.objects.visible_to(request.user)
    after, before = _place(request, here, "after"), _place(request, here, "before")
    found = (
        _narrowed(here, wanted, eyes)
        .select_related("profile__neighbourhood")
        .found(words, at_most=PEOPLE_A_PAGE, after=after, before=before)
    )
    is_first = not (after or before) or (bool(before) and not found.has_more)
    page = {
        "form": form,
        "words": words,
        "is_narrowed": any(value for key, value in wanted.items() if key != "q"),
        "meant": found.meant,
        "people": [(member, note(eyes, member.profile)) for member in found.members],
        "before": None if is_first or not found.members else found.members[0].pk,
        "after": found.members[-1].pk if found.has_more or before else None,
    }
    if not found.members:
        page["after"] = None
    is_typing = request.headers.get("HX-Target") == "people"
    template = "members/_people.html" if is_typing else "members/people.html"
    return render(request, template, page)


def _place(request: MemberRequest, here: MemberQuerySet, name: str) -> Member | None:
    """Say from whom on the list is read. Nobody who is hidden is a place in it."""
    number = read_id(request.GET.get(name))
    return here.filter(pk=number).first() if number is not None else None


def _narrowed(
    here: MemberQuerySet, wanted: dict[str, Any], eyes: Eyes
) -> MemberQuerySet:
    """Keep those who tell this reader what is looked for."""
    if place := wanted.get("neighbourhood"):
        inside = Neighbourhood.objects.within(place)
        here = here.filter(
            eyes.meant_for("neighbourhood"), profile__neighbourhood__in=inside
        )
    if language := wanted.get("language"):
        here = here.filter(
            eyes.meant_for("languages"), profile__languages__contains=[language]
        )
    if kind := wanted.get("kind"):
        here = here.filter(kind=kind)
    if wanted.get("new"):
        here = here.filter(welcomed_at__gt=clock.now() - NEW_FOR)
    return here


def note(eyes: Eyes, profile: Profile) -> str:
    """Say the line under somebody's name: their pronouns and where they live, if told."""
    seen = eyes.seen(profile)
    parts = [seen.get("pronouns"), seen.get("neighbourhood")]
    return " · ".join(str(part) for part in parts if part)


@require_safe
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """What one member tells this reader, and what can be done together."""
    return _page_of(request, _visible(request, pk))


@require_POST
def open_field(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a phone number or an address; its owner reads who looked."""
    member = _visible(request, pk)
    field = request.POST.get("field", "")
    if not permissions.may_open_field(request.acting, member=member, field=field):
        raise Http404
    try:
        actions.open_field(by=request.acting, member=member, field=field)
    except ValidationError as refusal:
        return _page_of(request, member, field=field, refusal=refusal)
    value = member.profile.value_of(field)
    return _page_of(request, member, field=field, value=value)


def _visible(request: MemberRequest, pk: int) -> Member:
    here = Member.objects.visible_to(request.user)
    found: Member = get_object_or_404(
        here.select_related("profile__neighbourhood", "household"), pk=pk
    )
    return found


def _page_of(
    request: MemberRequest,
    member: Member,
    *,
    field: str = "",
    value: str = "",
    refusal: ValidationError | None = None,
) -> HttpResponse:
    by, eyes = request.acting, permissions.eyes_of(request.acting)
    profile = member.profile
    seen = eyes.seen(profile)
    is_own = member.pk in eyes.own
    page = {
        "member": member,
        "me": by.for_member,
        "is_own": is_own,
        "is_blocked": Block.objects.filter(
            member=by.for_member, blocked=member
        ).exists(),
        "seen": seen,
        "km": _distance(by.for_member, seen.get("neighbourhood"), eyes),
        "openable": [
            (
                key,
                LABELS[key],
                profile.value_of(key) if is_own else value if key == field else "",
                refusal.messages if refusal and key == field else (),
            )
            for key in eyes.may_open(profile)
        ],
        "stewards": _stewards(request.user, member),
        **(_for_coordinators(member) if permissions.may_see_former_names(by) else {}),
    }
    status = 422 if refusal else 200
    return render(request, "members/member.html", page, status=status)


def _distance(me: Member, there: Neighbourhood | None, eyes: Eyes) -> float | None:
    """Say how far the middles of two neighbourhoods lie apart, if both are told."""
    told = Member.objects.filter(eyes.meant_for("neighbourhood"), pk=me.pk)
    here = Neighbourhood.objects.filter(profiles__member__in=told)
    mine = here.first() if there else None
    if not mine or not there or mine == there:
        return None
    centres = (mine.latitude, mine.longitude, there.latitude, there.longitude)
    if None in centres:
        return None
    return distance_km(
        (mine.latitude, mine.longitude),  # type: ignore[arg-type]
        (there.latitude, there.longitude),  # type: ignore[arg-type]
    )


def _stewards(reader: Member, member: Member) -> list[Member]:
    """Say who acts for an organisation, but for those who hide from the reader."""
    if member.kind != MemberKind.ORGANISATION:
        return []
    acting = Stewardship.objects.visible_to(reader).in_force(clock.now())
    stewards = acting.filter(organisation=member).values("steward")
    return list(Member.objects.visible_to(reader).filter(pk__in=stewards).by_name())


def _for_coordinators(member: Member) -> dict[str, Any]:
    """What coordinators see beyond: names before, and who shares the roof."""
    shared = Member.objects.present().filter(household=member.household_id)
    return {
        "former_names": member.name_changes.order_by("-recorded_at")[:5],
        "household": list(shared.exclude(pk=member.pk).by_name()[:20])
        if member.household_id
        else [],
    }
