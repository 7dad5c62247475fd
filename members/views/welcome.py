"""The pages of those who welcome: who waits, what comes next, and the welcome itself."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, clock, permissions
from members.forms.joining import (
    DeclineApplicationForm,
    NameReferenceForm,
    NoteReferenceForm,
    RecordApplicationForm,
    WelcomeSomebodyForm,
)
from members.http import MemberRequest, oneself, page_of, told
from members.models import (
    Answer,
    Application,
    Channel,
    FormerContact,
    Member,
    OrientationStep,
    Reference,
    Verdict,
)
from members.policies import in_force
from members.policies.joining import ANSWER_WITHIN_DAYS, REFERENCES_ASKED
from members.views.welcome_tabs import tabs


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue: who waits, since how many days, and what comes next."""

    application: Application
    days: int
    is_late: bool
    next: str


@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """Who waits for an answer, the oldest first, each with the next step."""
    if not permissions.may_answer_application(oneself(request)):
        raise Http404
    rules, now = in_force(), clock.now()
    steps = list(OrientationStep.objects.in_use())
    waiting = Application.objects.visible_to(request.user).open().with_all()
    numbered = page_of(request, waiting)
    page = {
        "tabs": tabs(request.user),
        "numbered": numbered,
        "rows": [
            Waiting(
                one,
                days := (now - one.applied_at).days,
                days > rules[ANSWER_WITHIN_DAYS],
                next_of(one, steps, rules[REFERENCES_ASKED]),
            )
            for one in numbered
        ],
        "within": rules[ANSWER_WITHIN_DAYS],
    }
    return render(request, "members/applications.html", page)


def next_of(application: Application, steps: list[OrientationStep], asked: int) -> str:
    """Say what comes next for somebody who applied."""
    if to_come := application.steps_to_come(steps):
        return to_come[0].title
    if application.vouchers_to_come(asked):
        silent = [one for one in application.references.all() if not one.verdict]
        if silent:
            return _("Ask %(name)s about them") % {"name": silent[0].name}
        return _("Find somebody who vouches for them")
    return _("Welcome them")


@require_safe
def answered_applications(request: MemberRequest) -> HttpResponse:
    """Applications that came to an end, the latest first."""
    if not permissions.may_answer_application(oneself(request)):
        raise Http404
    answered = (
        Application.objects.visible_to(request.user)
        .answered()
        .select_related("member", "answered_by")
    )
    numbered = page_of(request, answered)
    page = {"tabs": tabs(request.user), "numbered": numbered, "answers": Answer}
    return render(request, "members/answered_applications.html", page)


@require_safe
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """One application: what they wrote, how far it has come, and what can be done."""
    return _application(request, _found(request, pk), NameReferenceForm())


def _application(
    request: MemberRequest, found: Application, form: Form, status: int = 200
) -> HttpResponse:
    rules = in_force()
    steps = list(OrientationStep.objects.in_use())
    to_come = found.steps_to_come(steps)
    more = found.vouchers_to_come(rules[REFERENCES_ASKED])
    page = {
        "application": found,
        "days": (clock.now() - found.applied_at).days,
        "taken": found.steps_taken.select_related("step", "recorded_by").order_by("id"),
        "to_come": to_come,
        "more": more,
        "former": _left_with(found.email),
        "is_ready": not to_come and not more,
        "form": form,
        "references": found.references.select_related("recorded_by").order_by("id"),
        "verdicts": Verdict,
        "answers": Answer,
    }
    return render(request, "members/application.html", page, status=status)


def _left_with(email: str | None) -> Member | None:
    """Who left the network and had this address, if anybody."""
    if not email:
        return None
    left = FormerContact.objects.filter(email__iexact=email).select_related("member")
    known = left.order_by("-member__left_at").first()
    return known.member if known else None


def _found(request: MemberRequest, pk: int) -> Application:
    visible = Application.objects.visible_to(request.user).with_all()
    return get_object_or_404(visible.select_related("member"), pk=pk)


def record_application(request: MemberRequest) -> HttpResponse:
    """Write down an application that somebody tells by phone or hands in."""
    by = oneself(request)
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    form = RecordApplicationForm(
        request.POST or None, references=in_force()[REFERENCES_ASKED]
    )
    if form.is_valid():
        words = {"key": form.cleaned_data["key"], "asked": form.asked()}
        channel = Channel(form.cleaned_data["channel"])
        try:
            written = actions.record_application(by=by, channel=channel, **words)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect(written)
    status = 422 if form.errors else 200
    page = {"form": form, "tabs": tabs(request.user)}
    return render(request, "members/record_application.html", page, status=status)


@require_POST
def take_step(request: MemberRequest, pk: int, step: int) -> HttpResponse:
    """Note that they went through a step."""
    found = _found(request, pk)
    taken = get_object_or_404(OrientationStep, pk=step)
    with told(request, _("Noted: %(step)s.") % {"step": taken.title}):
        actions.take_step(by=oneself(request), application=found, step=taken)
    return redirect(found)


@require_POST
def name_reference(request: MemberRequest, pk: int) -> HttpResponse:
    """Add somebody who could vouch for them."""
    found = _found(request, pk)
    form = NameReferenceForm(request.POST)
    if form.is_valid():
        try:
            actions.name_reference(
                by=oneself(request), application=found, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Added. Ask them, and note what they say."))
            return redirect(found)
    return _application(request, found, form, status=422)


def note_reference(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what somebody said who was asked about an applicant."""
    visible = Application.objects.visible_to(request.user)
    reference = get_object_or_404(
        Reference.objects.select_related("application"), application__in=visible, pk=pk
    )
    begun = {"verdict": reference.verdict, "words": reference.words}
    form = NoteReferenceForm(request.POST or None, initial=begun)
    if form.is_valid():
        words = form.cleaned_data
        try:
            actions.note_reference(
                by=oneself(request),
                reference=reference,
                verdict=Verdict(words["verdict"]),
                words=words["words"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Noted."))
            return redirect(reference.application)
    page = {"form": form, "reference": reference}
    status = 422 if form.errors else 200
    return render(request, "members/note_reference.html", page, status=status)


def welcome_applicant(request: MemberRequest, pk: int) -> HttpResponse:
    """Welcome somebody who applied: first ask, then do."""
    found = _found(request, pk)
    if found.member:
        return redirect("members:welcomed", found.member.pk)
    if request.method == "POST":
        try:
            member = actions.welcome_applicant(by=oneself(request), application=found)
        except ValidationError as refusal:
            for message in refusal.messages:
                messages.error(request, message)
            return redirect(found)
        return redirect("members:welcomed", member.pk)
    return render(request, "members/welcome_applicant.html", {"application": found})


def decline_application(request: MemberRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    found = _found(request, pk)
    form = DeclineApplicationForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decline_application(
                by=oneself(request), application=found, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _answered_how(found))
            return redirect("members:applications")
    page = {"form": form, "application": found}
    status = 422 if form.errors else 200
    return render(request, "members/decline_application.html", page, status=status)


def _answered_how(found: Application) -> str:
    """Say how they hear of it."""
    if found.email:
        return _("Declined. A letter with your words is on its way.")
    return _("Declined. They have no e-mail: please call %(phone)s and tell them.") % {
        "phone": found.phone
    }


def withdraw_application_for(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an application back for somebody who says so: first ask, then do."""
    found = _found(request, pk)
    if request.method == "POST":
        with told(request, _("Withdrawn.")):
            actions.withdraw_application(application=found, by=oneself(request))
        return redirect(found)
    page = {"application": found, "back_url": found.get_absolute_url()}
    return render(request, "members/withdraw_application.html", page)


def welcome_somebody(request: MemberRequest) -> HttpResponse:
    """Welcome somebody whom we know, without an application."""
    by = oneself(request)
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    form = WelcomeSomebodyForm(request.POST or None)
    if form.is_valid():
        words = {"key": form.cleaned_data["key"], "asked": form.asked()}
        channel = Channel(form.cleaned_data["channel"])
        try:
            member = actions.welcome_somebody(by=by, channel=channel, **words)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("members:welcomed", member.pk)
    page = {"form": form, "tabs": tabs(request.user)}
    status = 422 if form.errors else 200
    return render(request, "members/welcome_somebody.html", page, status=status)


@require_safe
def welcomed(request: MemberRequest, pk: int) -> HttpResponse:
    """A new member's number, and what to hand them."""
    if not permissions.may_welcome_member(oneself(request)):
        raise Http404
    member = get_object_or_404(Member.objects.present(), pk=pk)
    return render(request, "members/welcomed.html", {"member": member})


def steps_of(found: Application | None) -> list[tuple[str, str, str]]:
    """Say how far an application has come, as `parts/_steps.html` shows it."""
    steps = list(OrientationStep.objects.in_use())
    to_come = found.steps_to_come(steps) if found else steps
    now = to_come[0] if to_come else None
    rows = [(_("You asked to join"), "done", "")]
    for step in steps:
        state = "done" if step not in to_come else "now" if step == now else "next"
        rows.append((step.title, state, step.about))
    welcome = "next" if to_come else "now"
    if found and found.answer == Answer.WELCOMED:
        welcome = "done"
    rows.append((_("Your welcome"), welcome, ""))
    return rows
