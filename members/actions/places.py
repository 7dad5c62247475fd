"""Where members live: the neighbourhoods, and who shares a roof."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Household, Member, Neighbourhood
from members.refusals import beside


@deed(words=gettext_lazy("added a neighbourhood"))
def add_neighbourhood(
    *,
    by: Acting,
    name: str,
    parent: Neighbourhood | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Neighbourhood:
    """Draw a neighbourhood, perhaps within another. Its centre is for distances alone."""
    if not permissions.may_set_places(by):
        raise PermissionDenied
    neighbourhood = Neighbourhood(
        name=name.strip(), parent=parent, latitude=latitude, longitude=longitude
    )
    _write(neighbourhood)
    return neighbourhood


@deed(words=gettext_lazy("changed a neighbourhood"))
def change_neighbourhood(
    *,
    by: Acting,
    neighbourhood: Neighbourhood,
    name: str,
    parent: Neighbourhood | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Neighbourhood:
    """Give a neighbourhood another name, place or centre. Members stay in it."""
    if not permissions.may_set_places(by):
        raise PermissionDenied
    neighbourhood.name = name.strip()
    neighbourhood.parent = parent
    neighbourhood.latitude, neighbourhood.longitude = latitude, longitude
    _write(neighbourhood)
    return neighbourhood


@deed(words=gettext_lazy("noted who shares a household"))
def set_household(
    *, by: Acting, member: Member, household: Household | None = None, name: str = ""
) -> Household:
    """Note that a member lives in a household: one that is there, or a new one."""
    if not permissions.may_set_places(by):
        raise PermissionDenied
    member = Member.objects.held(member.pk)
    if member.left_at:
        raise beside("member", _("They have left the network."), "member_left")
    if not household and not name.strip():
        raise beside(
            "name", _("Choose a household, or give a new one a name."), "no_household"
        )
    household = household or _new_household(member, name.strip())
    member.household = household
    member.save(update_fields=["household"])
    return household


@deed(words=gettext_lazy("noted the leaving of a household"))
def leave_household(*, by: Acting, member: Member) -> Member:
    """Note that a member lives on their own (again)."""
    if not permissions.may_set_places(by):
        raise PermissionDenied
    member = Member.objects.held(member.pk)
    member.household = None
    member.save(update_fields=["household"])
    return member


def _new_household(member: Member, name: str) -> Household:
    """Name a household; one of the same name is chosen and not made again."""
    if member.household and member.household.name == name:
        return member.household
    _one_at_a_time("members_household")
    if Household.objects.filter(name__iexact=name, members__left_at=None).exists():
        raise beside(
            "name",
            _("There is a household of this name. Choose it, or name this one apart."),
            "household_there",
        )
    household = Household(name=name)
    household.full_clean()
    household.save(force_insert=True)
    return household


def _write(neighbourhood: Neighbourhood) -> None:
    """Write it, unless the map would make no sense."""
    if (neighbourhood.latitude is None) != (neighbourhood.longitude is None):
        raise beside(
            "longitude",
            _("A centre has both, a latitude and a longitude; or leave both empty."),
            "half_a_centre",
        )
    neighbourhood.clean_fields()
    # Before any row: the trigger that refuses circles takes the same lock.
    _one_at_a_time("members_neighbourhood")
    try:
        with transaction.atomic():
            neighbourhood.save()
    except IntegrityError as fault:
        if "lie in itself" in str(fault) or "lies_not_in_itself" in str(fault):
            raise beside(
                "parent",
                _("A neighbourhood can't lie in itself. Choose another, or none."),
                "circle",
            ) from None
        raise beside(
            "name",
            _("There is a neighbourhood of this name, or its centre is not on Earth."),
            "name_taken",
        ) from None


def _one_at_a_time(what: str) -> None:
    """Let one change of the map, or one new household, follow the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s::text))", [what])
