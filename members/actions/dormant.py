"""Asking after those who have been silent for long, and answering."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.links import LinkDeed, declare_link, link_for
from members.models import Channel, LifeStep, Member, Step
from members.notices import Kind, declare, in_language_of, notify
from members.policies import in_force
from members.policies.life import CONTACT_AGAIN_DAYS

ASKED_AFTER = declare(
    Kind("asked_after", gettext_lazy("A coordinator asks whether I am still here"))
)


@deed(words=gettext_lazy("noted a contact"))
def note_contact(*, by: Acting, member: Member) -> LifeStep:
    """Note that a coordinator asked after a member, and how: by phone, on paper.

    Twice on one day in the same way is noted once.
    """
    if not permissions.may_ask_after(by):
        raise PermissionDenied
    return _contacted(by, present(member))


@deed(words=gettext_lazy("asked whether somebody is still here"))
def ask_still_here(*, by: Acting, member: Member) -> LifeStep:
    """Write to a member to ask whether they are still here; one press answers it."""
    if not permissions.may_ask_after(by):
        raise PermissionDenied
    member = present(member)
    if not member.email:
        raise ValidationError(
            _("%(name)s has no e-mail. Call them, or leave a note at their door."),
            code="no_email",
            params={"name": member},
        )
    now = clock.now()
    asked = _contacts(member).filter(
        channel=Channel.LETTER,
        recorded_at__gt=now - timedelta(days=in_force()[CONTACT_AGAIN_DAYS]),
    )
    if asked.exists():
        raise ValidationError(
            _("%(name)s was written to a short while ago. Give them time to answer."),
            code="asked_before",
            params={"name": member},
        )
    by = Acting(by.member, by.for_member, Channel.LETTER)
    step = LifeStep.objects.create(
        member=member, step=Step.CONTACTED, **by.recorded(now)
    )
    _write(member, step)
    return step


@deed(words=gettext_lazy("noted the answer: still here"))
def still_here(*, by: Acting) -> LifeStep:
    """Say that one is still here. Said twice on a day, it is said once."""
    if not permissions.may_say_still_here(by):
        raise PermissionDenied
    member, now = present(by.for_member), clock.now()
    steps = LifeStep.objects.filter(member=member, step=Step.STILL_HERE)
    latest = steps.order_by("-recorded_at").first()
    if latest and clock.day_of(latest.recorded_at) == clock.day_of(now):
        return latest
    return LifeStep.objects.create(
        member=member, step=Step.STILL_HERE, **by.recorded(now)
    )


STILL_HERE = declare_link(
    LinkDeed(
        name="still_here",
        title=gettext_lazy("Are you still with us?"),
        words=gettext_lazy(
            "Say so with one press, and nobody wonders any more. Nothing else changes."
        ),
        action=gettext_lazy("Yes, I am still here"),
        run=lambda by, _about: still_here(by=by),
        done=gettext_lazy("Good to hear. You are still with us."),
    )
)


def _contacts(member: Member) -> QuerySet[LifeStep]:
    return LifeStep.objects.filter(member=member, step=Step.CONTACTED)


def _contacted(by: Acting, member: Member) -> LifeStep:
    now = clock.now()
    latest = _contacts(member).filter(channel=by.channel).order_by("-id").first()
    if latest and clock.day_of(latest.recorded_at) == clock.day_of(now):
        return latest
    return LifeStep.objects.create(
        member=member, step=Step.CONTACTED, **by.recorded(now)
    )


def _write(member: Member, step: LifeStep) -> None:
    """Tell them who asks; the letter's link answers in one press."""
    with in_language_of(member):
        headline = _("%(who)s asks whether you are still with us")
        notify(
            member,
            kind=ASKED_AFTER,
            subject=_("Are you still with us?"),
            headline=headline % {"who": step.recorded_by},
            template="members/notices/asked_after.txt",
            context={"who": step.recorded_by},
            about=step,
            at=step.recorded_at,
            link=link_for(member, STILL_HERE, about=step.pk),
        )
