"""What somebody holds when they leave, room by room, and how it is settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members import clock
from members.models import (
    Booking,
    Credential,
    Due,
    DuePayment,
    Invitation,
    Member,
    Role,
    RoleGrant,
    Stewardship,
)
from members.signals import settlement_asked


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that a member holds: hours, a share, a task, a promise.

    `settled_by` says what happens to it when they leave. `obstacle` is set where it must
    be seen to first, in words that say how; `url` is where. `choices` are the ways among
    which the member chooses, (value, words), under the name `kind`.
    """

    kind: str
    what: str
    amount: str = ""
    settled_by: str = ""
    obstacle: str = ""
    url: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def holdings_of(member: Member) -> list[Holding]:
    """Ask every room what a member holds there."""
    found: list[Holding] = []
    for _room, holdings in settlement_asked.send(sender=Member, member=member):
        found += holdings  # type: ignore[arg-type]
    return found


def belonging_held(member: Member) -> list[Holding]:
    """Say this room's part: tasks, organisations, dues, promises, credentials."""
    now = clock.now()
    parts = (_tasks, _organisations, _dues, _promises, _credentials)
    return [holding for part in parts for holding in part(member, now)]


def _tasks(member: Member, now: datetime) -> Iterator[Holding]:  # noqa: ARG001 (a part's shape)
    grants = RoleGrant.objects.in_force()
    for grant in grants.filter(member=member).order_by("pk"):
        obstacle = ""
        if grant.role == Role.COORDINATOR and _is_last_coordinator(member):
            obstacle = _("Nobody else coordinates. Give this task to somebody first.")
        yield Holding(
            kind="role",
            what=capfirst(grant.get_role_display()),
            settled_by="" if obstacle else _("This task ends."),
            obstacle=obstacle,
            url=reverse("members:roles"),
        )


def _is_last_coordinator(member: Member) -> bool:
    lasting = RoleGrant.objects.in_force().lasting().filter(role=Role.COORDINATOR)
    return not lasting.exclude(member=member).exists()


def _organisations(member: Member, now: datetime) -> Iterator[Holding]:
    serving = Stewardship.objects.serving(now).filter(
        organisation__left_at__isnull=True
    )
    others = serving.filter(organisation=OuterRef("organisation")).exclude(
        steward=member
    )
    theirs = serving.filter(Q(steward=member) | Q(organisation=member))
    for held in theirs.annotate(goes_on=Exists(others)).select_related(
        "organisation", "steward"
    ):
        if held.organisation == member:
            yield Holding(
                kind="steward",
                what=_("%(name)s acts for this organisation") % {"name": held.steward},
                settled_by=_("This ends."),
            )
            continue
        obstacle = ""
        if not held.goes_on:  # type: ignore[attr-defined]  # annotated
            obstacle = _(
                "Nobody else acts for %(name)s. Name somebody who takes over, or let it "
                "leave first."
            ) % {"name": held.organisation}
        yield Holding(
            kind="steward",
            what=_("Acting for %(name)s") % {"name": held.organisation},
            settled_by="" if obstacle else _("Its other stewards go on alone."),
            obstacle=obstacle,
            url=reverse("members:stewards", args=[held.organisation_id]),
        )


def _dues(member: Member, now: datetime) -> Iterator[Holding]:
    today = clock.day_of(now)
    dues = DuePayment.objects.standing().filter(
        member=member, what=Due.DUES, covers_until__gte=today, cents__gt=0
    )
    latest = dues.order_by("-covers_until").first()
    if latest and latest.covers_until:
        yield Holding(
            kind="dues",
            what=_("Dues paid until %(day)s")
            % {"day": formats.date_format(latest.covers_until, "j M Y")},
            settled_by=_("They carried what we share, and are not given back."),
        )


def _promises(member: Member, now: datetime) -> Iterator[Holding]:
    for booking in Booking.objects.from_now(now).filter(member=member):
        begins = timezone.localtime(booking.during.lower)
        yield Holding(
            kind="booking",
            what=_("A promised time: %(when)s")
            % {"when": formats.date_format(begins, "j M Y, H:i")},
            settled_by=_("It becomes free, so that others can take it."),
            url=reverse("members:times"),
        )
    invitations = Invitation.objects.open(now).filter(recorded_for=member).count()
    if invitations:
        yield Holding(
            kind="invitation",
            what=ngettext(
                "%(count)s invitation that nobody took up yet",
                "%(count)s invitations that nobody took up yet",
                invitations,
            )
            % {"count": invitations},
            settled_by=_("They are withdrawn."),
            url=reverse("members:invitations"),
        )


def _credentials(member: Member, now: datetime) -> Iterator[Holding]:
    valid = Credential.objects.valid_on(clock.day_of(now)).filter(member=member)
    for credential in valid.order_by("pk"):
        yield Holding(
            kind="credential",
            what=capfirst(credential.get_kind_display()),
            settled_by=_("It no longer counts."),
        )
