"""Who carries which task."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.models import Member, Role, RoleGrant
from members.notices import Kind, declare, in_language_of, notify
from members.refusals import beside

ROLE_GRANTED = declare(Kind("role_granted", _lazy("A task was given to me, or ended")))


@deed(words=gettext_lazy("gave a task to a member"))
def grant_role(
    *,
    by: Acting,
    member: Member,
    role: Role,
    decision: str = "",
    decision_url: str = "",
    until: date | None = None,
) -> RoleGrant:
    """Give a member a role from now on, to the end of a day or without an end.

    Whoever holds it already keeps it as it is.
    """
    if not permissions.may_grant_role(by):
        raise PermissionDenied
    member = present(
        member, _("%(name)s has left the network, so they carry no task here.")
    )
    ended_at = _end_of(until)
    known = RoleGrant.objects.in_force().filter(member=member, role=role).first()
    if known:
        return _as_held(known, ended_at)
    grant = RoleGrant.objects.create(
        member=member,
        role=role,
        granted_by=by.member,
        started_at=clock.now(),
        ended_at=ended_at,
        decision=decision.strip(),
        decision_url=decision_url,
    )
    _tell(by, grant, _lazy("You carry a task now: %(role)s"), at=grant.started_at)
    return grant


def _end_of(until: date | None) -> datetime | None:
    if until is None:
        return None
    if until < clock.today():
        raise beside("until", _("That day is over. Choose one to come."), "in_past")
    if until == date.max:
        raise beside(
            "until",
            _("That is far ahead. Leave the day open instead."),
            "too_far_ahead",
        )
    return clock.moment_of(until + timedelta(days=1))


def _as_held(known: RoleGrant, ended_at: datetime | None) -> RoleGrant:
    """Answer with the grant that stands, unless another time was asked for."""
    if known.ended_at == ended_at:
        return known
    if known.ended_at is None:
        words = _("%(name)s carries this already, without an end. End it first.")
    else:
        words = _("%(name)s carries this already, until %(day)s. End it first.")
    last = known.last_day
    raise ValidationError(
        words,
        code="held_already",
        params={"name": known.member, "day": last and date_format(last)},
    )


@deed(words=gettext_lazy("ended the task of a member"))
def end_role(*, by: Acting, grant: RoleGrant) -> RoleGrant:
    """End a role now. The network always keeps somebody who coordinates."""
    if not permissions.may_end_role(by, grant=grant):
        raise PermissionDenied
    if grant.role == Role.COORDINATOR:
        keep_a_coordinator(without=grant.member)
    grant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    now = clock.now()
    if grant.ended_at and grant.ended_at <= now:
        return grant
    # Asked again now that nobody else can change it: two may end each other's at once.
    now_me = Member.objects.get(pk=by.member.pk)
    as_of_now = Acting(now_me, by.for_member, by.channel)
    if not permissions.may_end_role(as_of_now, grant=grant):
        raise PermissionDenied
    grant.ended_at = max(now, grant.started_at + timedelta(microseconds=1))
    grant.ended_by = by.member
    grant.save(update_fields=["ended_at", "ended_by"])
    _tell(by, grant, _lazy("You no longer carry a task: %(role)s"), at=now)
    return grant


def keep_a_coordinator(*, without: Member) -> None:
    """Refuse that the last one goes who coordinates; holds all of them until the deed is done."""
    of_coordinators = RoleGrant.objects.in_force().lasting()
    of_coordinators = of_coordinators.filter(role=Role.COORDINATOR)
    Member.objects.filter(pk__in=of_coordinators.values("member")).all_held()
    if not of_coordinators.exclude(member=without).exists():
        raise ValidationError(
            _(
                "Nobody else coordinates the network (without an end to it). "
                "Give the role to somebody else first."
            ),
            code="last_coordinator",
        )


def _tell(by: Acting, grant: RoleGrant, headline: Promise, *, at: datetime) -> None:
    """Tell the one who carries it, unless it is their own doing."""
    if grant.member == by.member:
        return
    with in_language_of(grant.member):
        role = grant.get_role_display()
        notify(
            grant.member,
            kind=ROLE_GRANTED,
            subject=_("Your tasks in the network"),
            headline=str(headline) % {"role": role},
            template="members/notices/role_granted.txt",
            context={"grant": grant, "by": by.member},
            about=grant,
            at=at,
        )
