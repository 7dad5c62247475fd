"""What a reader does with what they were told, and how they like to be told."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock
from members.acting import Acting
from members.deeds import deed
from members.models import Member, Notice, NoticeChoice, NoticeHours, Pace
from members.notices import DIGEST, KINDS, Kind
from members.policies import in_force
from members.policies.letters import (
    DIGEST_HOUR,
    DIGEST_WEEKDAY,
    QUIET_FROM,
    QUIET_UNTIL,
)
from members.refusals import beside


def mark_notices_read(*, by: Acting, latest: int) -> None:
    """Put away what was told up to the latest notice that the reader was shown."""
    shown = Notice.objects.visible_to(by.for_member).unread().filter(pk__lte=latest)
    shown.update(read_at=clock.now())


@dataclass(frozen=True, slots=True)
class Chosen:
    """How somebody likes to be told of one kind of thing."""

    in_app: bool
    pace: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody wants no letters (None: at any hour), and when collected ones."""

    quiet_from: int | None
    quiet_until: int | None
    digest_hour: int
    digest_weekday: int


def hours_of(member: Member) -> Hours:
    """Say a member's hours: their own, or the network's."""
    own = NoticeHours.objects.filter(member=member).first()
    if own is None:
        return _usual_hours()
    return Hours(own.quiet_from, own.quiet_until, own.digest_hour, own.digest_weekday)


def _usual_hours() -> Hours:
    rules = in_force()
    rests = rules[QUIET_FROM] != rules[QUIET_UNTIL]
    return Hours(
        quiet_from=rules[QUIET_FROM] if rests else None,
        quiet_until=rules[QUIET_UNTIL] if rests else None,
        digest_hour=rules[DIGEST_HOUR],
        digest_weekday=rules[DIGEST_WEEKDAY],
    )


def choices_of(member: Member) -> dict[Kind, Chosen]:
    """Say how a member is told of each kind of thing: as they chose, or as is usual."""
    own = {row.kind: row for row in NoticeChoice.objects.filter(member=member)}
    return {
        kind: Chosen(own[name].in_app, own[name].pace)
        if name in own and not kind.is_needed
        else Chosen(in_app=True, pace=kind.pace)
        for name, kind in KINDS.items()
        if kind.is_for(member)
    }


@deed(words=gettext_lazy("chose which letters come, and when"))
def choose_notices(
    *, by: Acting, choices: dict[Kind, Chosen], hours: Hours
) -> NoticeHours:
    """Choose how one is told of each kind of thing, and at which hours letters come.

    What is left as usual is not kept, so it follows the network. What waited for a
    collected letter waits as is now chosen.
    """
    member = by.for_member
    _check(choices, hours)
    rows = [
        NoticeChoice(member=member, kind=kind.name, in_app=one.in_app, pace=one.pace)
        for kind, one in choices.items()
        if one != Chosen(in_app=True, pace=kind.pace)
    ]
    NoticeChoice.objects.filter(member=member).exclude(
        kind__in=[row.kind for row in rows]
    ).delete()
    NoticeChoice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["member", "kind"],
        update_fields=["in_app", "pace"],
    )
    for kind, one in choices.items():
        _wait_as_chosen(member, kind.name, one.pace)
    return _keep_hours(member, hours)


def _check(choices: dict[Kind, Chosen], hours: Hours) -> None:
    """Nobody goes without what is needed, and a rest has both its ends."""
    for kind, one in choices.items():
        if one.pace not in Pace.values:
            raise ValidationError(
                _("Choose one of the ways that are offered."), code="unknown_pace"
            )
        if kind.is_needed and one != Chosen(in_app=True, pace=kind.pace):
            raise ValidationError(
                _("Nobody can go without “%(what)s”, so it stays as it is."),
                code="needed",
                params={"what": kind.label},
            )
    if (hours.quiet_from is None) != (hours.quiet_until is None):
        raise beside(
            "quiet_until",
            _("Say from when until when letters rest, or leave both open."),
            "half_a_rest",
        )


def _wait_as_chosen(member: Member, kind: str, pace: str) -> None:
    """Let what already waits wait for the letter that is chosen now, the next one at most."""
    waits = {Pace.NEVER: "", Pace.AT_ONCE: Pace.DAILY}.get(Pace(pace), pace)
    Notice.objects.awaiting().filter(member=member, kind=kind).exclude(
        awaits=waits
    ).update(awaits=waits)


def _keep_hours(member: Member, hours: Hours) -> NoticeHours:
    row = NoticeHours(
        member=member,
        quiet_from=hours.quiet_from,
        quiet_until=hours.quiet_until,
        digest_hour=hours.digest_hour,
        digest_weekday=hours.digest_weekday,
    )
    if hours == _usual_hours():
        NoticeHours.objects.filter(member=member).delete()
    else:
        NoticeHours.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["member"],
            update_fields=[
                "quiet_from",
                "quiet_until",
                "digest_hour",
                "digest_weekday",
            ],
        )
    return row


@deed(words=gettext_lazy("stopped letters"))
def stop_letters(*, by: Acting, kind: str) -> NoticeHours | None:
    """Stop letters of one kind, as often as one likes; of a collected letter, all in it.

    What they tell is still read in the app. A kind that nobody can go without, or that
    is no more, changes nothing.
    """
    member = by.for_member
    chosen = choices_of(member)
    collected = (Pace.DAILY, Pace.WEEKLY)
    stopped = [
        NoticeChoice(member=member, kind=one.name, in_app=how.in_app, pace=Pace.NEVER)
        for one, how in chosen.items()
        if not one.is_needed
        and (one.name == kind or (kind == DIGEST.name and how.pace in collected))
    ]
    NoticeChoice.objects.bulk_create(
        stopped,
        update_conflicts=True,
        unique_fields=["member", "kind"],
        update_fields=["pace"],
    )
    waits = Q(kind=kind) if kind != DIGEST.name else Q()
    Notice.objects.awaiting().filter(waits, member=member).update(awaits="")
    return NoticeHours(member=member)
