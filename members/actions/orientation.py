"""What newcomers go through before their welcome, and who took which step."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.applications import check_is_open, locked
from members.deeds import deed
from members.models import (
    Application,
    OrientationStep,
    Reference,
    StepTaken,
    Verdict,
)

# What a network begins with; it sets its own from there.
FIRST_STEPS: tuple[tuple[Promise, Promise], ...] = (
    (
        gettext_lazy("A talk with a coordinator"),
        gettext_lazy(
            "Who you are, what you could use, what you like to do. By phone or over tea."
        ),
    ),
    (
        gettext_lazy("Reading the membership agreement together"),
        gettext_lazy("What we promise each other. It is signed with the welcome."),
    ),
)


def begin_orientation() -> None:
    """Give a network that is founded the steps that most begin with."""
    for place, (title, about) in enumerate(FIRST_STEPS):
        OrientationStep.objects.create(title=str(title), about=str(about), place=place)


@deed(words=gettext_lazy("added a step of the orientation"))
def add_step(*, by: Acting, title: str, about: str = "") -> OrientationStep:
    """Add a step at the end. One of this name that is there already is left as it is."""
    _hold_orientation(by)
    steps = OrientationStep.objects.in_use()
    if there := steps.filter(title=title.strip()).first():
        return there
    last = steps.aggregate(last=Max("place"))["last"]
    step = OrientationStep(
        title=title.strip(), about=about.strip(), place=0 if last is None else last + 1
    )
    step.full_clean()
    step.save(force_insert=True)
    return step


@deed(words=gettext_lazy("changed a step of the orientation"))
def change_step(
    *, by: Acting, step: OrientationStep, title: str, about: str = ""
) -> OrientationStep:
    """Say a step in other words. Whoever took it, took it."""
    _hold_orientation(by)
    step.title, step.about = title.strip(), about.strip()
    step.full_clean()
    step.save(update_fields=["title", "about"])
    return step


@deed(words=gettext_lazy("moved a step of the orientation"))
def move_step(*, by: Acting, step: OrientationStep, up: bool) -> OrientationStep:
    """Let a step change places with the one before it, or after it."""
    _hold_orientation(by)
    steps = list(OrientationStep.objects.in_use())
    here = steps.index(step) if step in steps else 0
    there = here - 1 if up else here + 1
    if step not in steps or not 0 <= there < len(steps):
        return step
    steps[here], steps[there] = steps[there], steps[here]
    for place, one in enumerate(steps):
        one.place = place
    OrientationStep.objects.bulk_update(steps, ["place"])
    return steps[there]


@deed(words=gettext_lazy("retired a step of the orientation"))
def retire_step(*, by: Acting, step: OrientationStep) -> OrientationStep:
    """Ask a step of nobody any more. Who took it stays written."""
    _hold_orientation(by)
    if step.retired_at is None:
        step.retired_at = clock.now()
        step.save(update_fields=["retired_at"])
    return step


@deed(words=gettext_lazy("noted a step of the orientation"))
def take_step(
    *, by: Acting, application: Application, step: OrientationStep
) -> StepTaken:
    """Note that somebody who applied went through a step. Noted twice, it stands once."""
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    application = locked(application)
    check_is_open(application)
    taken, _is_new = StepTaken.objects.get_or_create(
        application=application, step=step, defaults=by.recorded(clock.now())
    )
    return taken


@deed(words=gettext_lazy("named a reference"))
def name_reference(
    *, by: Acting, application: Application, name: str, contact: str
) -> Reference:
    """Add somebody who could vouch for them. The same person twice stands once."""
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    application = locked(application)
    check_is_open(application)
    named = {"name": name.strip(), "contact": contact.strip()}
    if there := application.references.filter(**named).first():
        return there
    reference = Reference(application=application, **named)
    reference.full_clean()
    reference.save(force_insert=True)
    return reference


@deed(words=gettext_lazy("noted what a reference said"))
def note_reference(
    *, by: Acting, reference: Reference, verdict: Verdict, words: str = ""
) -> Reference:
    """Write down what somebody said who was asked. What they say later takes its place."""
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    check_is_open(locked(reference.application))
    if verdict not in Verdict:
        raise ValidationError(_("Say whether they vouch."), code="no_verdict")
    reference.verdict = verdict
    reference.words = words.strip()
    reference.answered_at = clock.now()
    reference.recorded_by = by.member
    reference.save(update_fields=["verdict", "words", "answered_at", "recorded_by"])
    return reference


def _hold_orientation(by: Acting) -> None:
    """Let one change of the orientation follow the other, by whoever may."""
    if not permissions.may_set_orientation(by):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members_orientation'))")
