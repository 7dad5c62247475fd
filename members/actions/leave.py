"""Being away for a while, and coming back."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.models import LifeStep, Member, Notice, Step
from members.notices import Kind, declare, in_language_of, notify
from members.refusals import beside

LEAVE_ENDS = declare(
    Kind("leave_ends", gettext_lazy("The day has come on which I meant to be back"))
)
LONGEST_LEAVE = timedelta(days=3 * 366)


@deed(words=gettext_lazy("noted a leave for a while"))
def go_on_leave(*, by: Acting, until: date | None = None) -> LifeStep:
    """Be away for a while: still a member, asked for nothing. The day of return is a guess."""
    if not permissions.may_change_leave(by):
        raise PermissionDenied
    member = present(by.for_member)
    if member.on_leave_at:
        raise ValidationError(
            _("You are on leave already. Come back first, to begin another leave."),
            code="on_leave",
        )
    now = clock.now()
    _check_until(until, clock.day_of(now))
    member.on_leave_at = now
    member.save(update_fields=["on_leave_at"])
    return LifeStep.objects.create(
        member=member, step=Step.LEAVE_BEGAN, until=until, **by.recorded(now)
    )


@deed(words=gettext_lazy("noted the return from leave"))
def come_back(*, by: Acting) -> LifeStep:
    """Be there again, as before."""
    if not permissions.may_change_leave(by):
        raise PermissionDenied
    member = present(by.for_member)
    if not member.on_leave_at:
        raise ValidationError(
            _("You are not on leave, so everything is as it should be."),
            code="not_on_leave",
        )
    member.on_leave_at = None
    member.save(update_fields=["on_leave_at"])
    return LifeStep.objects.create(
        member=member, step=Step.CAME_BACK, **by.recorded(clock.now())
    )


def ask_whether_back() -> int:
    """Ask those whose day of return has come, once for each leave; say how many."""
    today = clock.today()
    told = Notice.objects.filter(
        member=OuterRef("member"),
        kind=LEAVE_ENDS.name,
        created_at__gt=OuterRef("recorded_at"),
    )
    over = LifeStep.objects.filter(
        step=Step.LEAVE_BEGAN,
        until__lte=today,
        member__on_leave_at=F("recorded_at"),
    ).exclude(Exists(told))
    return sum(_ask(step) for step in over.order_by("id"))


@transaction.atomic
def _ask(step: LifeStep) -> bool:
    """Tell one member of one leave that its day has come, unless that was done."""
    member = Member.objects.held(step.member_id)
    told = Notice.objects.filter(
        member=member, kind=LEAVE_ENDS.name, path=step.get_absolute_url()
    )
    if member.on_leave_at != step.recorded_at or told.exists():
        return False
    with in_language_of(member):
        notify(
            member,
            kind=LEAVE_ENDS,
            subject=_("Are you back again?"),
            headline=_("You meant to be back about now"),
            template="members/notices/leave_ends.txt",
            context={"step": step},
            about=step,
            at=clock.now(),
        )
    return True


def _check_until(until: date | None, today: date) -> None:
    if until and until <= today:
        raise beside(
            "until", _("Choose a day that is to come, or leave it open."), "in_past"
        )
    if until and until > today + LONGEST_LEAVE:
        raise beside(
            "until",
            _("That is more than three years ahead. Leave the day open instead."),
            "too_far_ahead",
        )
