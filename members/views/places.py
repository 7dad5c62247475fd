"""The pages of neighbourhoods and households."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, permissions
from members.distances import distance_km
from members.forms.places import NeighbourhoodForm, SetHouseholdForm
from members.http import MemberRequest, oneself, told
from members.models import Household, Member, Neighbourhood
from members.views.welcome_tabs import tabs

NEAR = 5


def _may(request: MemberRequest) -> None:
    if not permissions.may_set_places(oneself(request)):
        raise PermissionDenied


@require_safe
def neighbourhoods(request: MemberRequest) -> HttpResponse:
    """All parts of town as they lie in each other, and how many members live there."""
    _may(request)
    living = Count("profiles", filter=Q(profiles__member__left_at__isnull=True))
    places = list(Neighbourhood.objects.by_name().annotate(members=living))
    page = {
        "tabs": tabs(request.user),
        "rows": [
            (place, range(depth), next(iter(near(place, places)), None))
            for place, depth in as_a_tree(places)
        ],
    }
    return render(request, "members/neighbourhoods.html", page)


def as_a_tree(
    places: list[Neighbourhood], within: int | None = None, depth: int = 0
) -> Iterator[tuple[Neighbourhood, int]]:
    """Say each neighbourhood with how deep it lies, its parts right after it."""
    for place in places:
        if place.parent_id == within:
            yield place, depth
            yield from as_a_tree(places, place.pk, depth + 1)


def near(
    place: Neighbourhood, places: list[Neighbourhood]
) -> list[tuple[Neighbourhood, float]]:
    """Say the nearest other neighbourhoods, each with its distance in kilometres."""
    here = centre(place)
    if here is None:
        return []
    others = [
        (other, distance_km(here, there))
        for other in places
        if other.pk != place.pk and (there := centre(other))
    ]
    return sorted(others, key=lambda one: one[1])[:NEAR]


def centre(place: Neighbourhood) -> tuple[float, float] | None:
    """Say the centre of a neighbourhood, if it has one."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def add_neighbourhood(request: MemberRequest) -> HttpResponse:
    """Draw a neighbourhood."""
    _may(request)
    form = NeighbourhoodForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_neighbourhood(by=oneself(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Added."))
            return redirect("members:neighbourhoods")
    status = 422 if form.errors else 200
    page = {"form": form}
    return render(request, "members/add_neighbourhood.html", page, status=status)


def change_neighbourhood(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a neighbourhood another name, place or centre."""
    _may(request)
    place = get_object_or_404(Neighbourhood, pk=pk)
    begun = {
        "name": place.name,
        "parent": place.parent_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    form = NeighbourhoodForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            actions.change_neighbourhood(
                by=oneself(request), neighbourhood=place, **form.cleaned_data
            )
        except ValidationError as refusal:
            place.refresh_from_db()
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Changed."))
            return redirect("members:neighbourhoods")
    page = {
        "form": form,
        "neighbourhood": place,
        "near": near(place, list(Neighbourhood.objects.all())),
    }
    status = 422 if form.errors else 200
    return render(request, "members/change_neighbourhood.html", page, status=status)


@require_safe
def households(request: MemberRequest) -> HttpResponse:
    """Who shares a roof with whom."""
    _may(request)
    page = {"tabs": tabs(request.user), "households": _with_people()}
    return render(request, "members/households.html", page)


def _with_people() -> list[Household]:
    """Say the households in which somebody lives, with those who do."""
    people = Member.objects.present().order_by("name", "id")
    return list(
        Household.objects.filter(members__in=people)
        .distinct()
        .order_by("name", "id")
        .prefetch_related(Prefetch("members", queryset=people))
    )


def set_household(request: MemberRequest) -> HttpResponse:
    """Note who lives where."""
    _may(request)
    begun = {"household": request.GET.get("household")}
    form = SetHouseholdForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            actions.set_household(by=oneself(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Noted."))
            return redirect("members:households")
    status = 422 if form.errors else 200
    return render(request, "members/set_household.html", {"form": form}, status=status)


@require_POST
def leave_household(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that somebody lives on their own."""
    _may(request)
    member = get_object_or_404(Member.objects.present(), pk=pk)
    with told(request, _("Noted.")):
        actions.leave_household(by=oneself(request), member=member)
    return redirect("members:households")


@require_safe
def my_household(request: MemberRequest) -> HttpResponse:
    """Who shares a roof with me, as the network knows it."""
    me = request.acting.for_member
    household = me.household
    page = {
        "household": household,
        "people": household.members.visible_to(me).order_by("name")
        if household
        else [],
    }
    return render(request, "members/my_household.html", page)
