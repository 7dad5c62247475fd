"""What waits for those who carry a task, over all rooms: each with its next step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Min, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members import clock
from members.models import (
    MEMBERSHIP,
    Application,
    Credential,
    DeedForAnother,
    Letter,
    Member,
    MemberKind,
    Role,
    Stewardship,
)
from members.policies import in_force
from members.policies.money import CREDENTIAL_WARNING_DAYS, behind
from members.silence import silent_members
from timebank.models import Forgiveness

WELCOMERS = {Role.COORDINATOR, Role.MEMBERSHIP}
NEVER = Value(None, output_field=DateTimeField())
KEEPERS = {Role.COORDINATOR, Role.TREASURER}
AT_THE_DESK = WELCOMERS | KEEPERS


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that is seen to at the desk: where, and how many wait."""

    title: Promise | str
    icon: str
    url: str
    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of thing that may wait, before it is counted: the rows, and their moment."""

    title: Promise | str
    icon: str
    page: str
    rows: QuerySet[Any]
    moment: str | None


def _counted(asked: list[Asked]) -> list[Waiting]:
    """How many of each wait, and since when the oldest does: all in one query."""
    first, *others = [
        one.rows.order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(count=Count("pk"), since=Min(one.moment) if one.moment else NEVER)
        .values_list("place", "count", "since")
        for place, one in enumerate(asked)
    ]
    found = {place: rest for place, *rest in first.union(*others, all=True)}
    return [
        Waiting(one.title, one.icon, reverse(one.page), *found.get(place, ()))
        for place, one in enumerate(asked)
    ]


def waiting_for(member: Member) -> list[Waiting]:
    """What waits for an answer, for those whose task it is; nothing that is at zero."""
    is_coordinator = member.has_role(Role.COORDINATOR)
    asked = _before_all_else(member) if is_coordinator else []
    if WELCOMERS & member.roles:
        asked.append(
            Asked(
                _("People who would like to join"),
                "user-plus",
                "members:applications",
                Application.objects.open(),
                "applied_at",
            )
        )
    asked += _when_there_is_time() if is_coordinator else []
    found = _counted(asked) if asked else []
    if WELCOMERS & member.roles:
        found.append(_silent(member))
    if member.has_role(Role.TREASURER):
        found.append(
            Waiting(
                _("Members with a share or dues open"),
                "hand-coins",
                reverse("members:dues"),
                behind(clock.today()).count(),
            )
        )
    return [one for one in found if one.count]


def _before_all_else(member: Member) -> list[Asked]:
    """What coordinators answer for first: somebody waits for word, or for justice."""
    letters = Letter.objects.visible_to(member)
    return [
        Asked(
            _("Letters that do not go out"),
            "mail-warning",
            "members:letters",
            letters.late(clock.now()),
            "due_at",
        ),
        Asked(
            _("Deeds that a member contests"),
            "message-circle-question-mark",
            "members:contested",
            DeedForAnother.objects.contested(),
            "contested_at",
        ),
        Asked(
            _("Letters that did not arrive"),
            "mail-warning",
            "members:letters",
            letters.given_up(),
            "gave_up_at",
        ),
        Asked(
            _("Hours to forgive, with a second coordinator"),
            "scale",
            "timebank:forgiveness-asked",
            Forgiveness.objects.visible_to(member).open(),
            "recorded_at",
        ),
    ]


def _when_there_is_time() -> list[Asked]:
    """What coordinators see to when nobody waits for them."""
    now, today = clock.now(), clock.today()
    soon = today + timedelta(days=in_force(now)[CREDENTIAL_WARNING_DAYS])
    served = Stewardship.objects.serving(now).values("organisation")
    bodies = Member.objects.present().filter(kind=MemberKind.ORGANISATION)
    return [
        Asked(
            _("Organisations for which nobody acts"),
            "building-2",
            "members:without-stewards",
            bodies.exclude(pk__in=served),
            "welcomed_at",
        ),
        Asked(
            _("Credentials that run out soon"),
            "badge-alert",
            "members:credentials",
            Credential.objects.running_out(today, soon),
            None,
        ),
    ]


def _silent(member: Member) -> Waiting:
    """Whom to ask after; nobody is sent to ask after themselves."""
    silent = [one for one in silent_members(clock.now()) if one.member_id != member.pk]
    return Waiting(
        _("Members whom nobody heard of for long"),
        "phone-outgoing",
        reverse("members:dormant"),
        len(silent),
        silent[0].since if silent else None,
    )


def tools_of(member: Member) -> list[Waiting]:
    """What is at hand at the desk, by what the member is trusted with."""
    is_coordinator = member.has_role(Role.COORDINATOR)
    at_hand: list[Tool] = [
        *(FIRST if is_coordinator else []),
        *(FOR_WELCOMERS if WELCOMERS & member.roles else []),
        *(FOR_ALL_ELSE if is_coordinator else []),
        *(FOR_KEEPERS if KEEPERS & member.roles else []),
    ]
    return [
        Waiting(title, icon, reverse(page, args=about))
        for title, icon, page, *about in at_hand
    ]


Tool = tuple[Promise | str, str, str] | tuple[Promise | str, str, str, str]
FIRST: list[Tool] = [
    (_("Act for somebody who phones"), "phone", "members:acting"),
    (
        _("Record hours for others"),
        "circle-plus",
        "timebank:record-exchange-for-others",
    ),
]
FOR_WELCOMERS: list[Tool] = [
    (_("Welcome somebody"), "user-check", "members:welcome-somebody"),
    (_("Write down an application"), "notebook-pen", "members:record-application"),
    (_("Invite many at once"), "mails", "members:invite-many"),
    (_("Members we have not heard of for long"), "phone-outgoing", "members:dormant"),
]
FOR_ALL_ELSE: list[Tool] = [
    (_("Steps of the orientation"), "footprints", "members:orientation"),
    (_("Neighbourhoods"), "map", "members:neighbourhoods"),
    (_("Households"), "house", "members:households"),
    (_("Credentials"), "badge-check", "members:credentials"),
    (
        _("Who has not signed the agreement"),
        "signature",
        "members:unsigned",
        MEMBERSHIP,
    ),
    (_("Publish an agreement"), "file-text", "members:publish-agreement"),
    (_("Former members"), "door-open", "members:former-members"),
    (_("Letters that did not arrive"), "mail-warning", "members:letters"),
]
FOR_KEEPERS: list[Tool] = [
    (_("Share and dues: who is behind"), "hand-coins", "members:dues"),
]
