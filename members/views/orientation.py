"""The page on which the network sets what newcomers go through."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, permissions
from members.forms.joining import StepForm
from members.http import MemberRequest, oneself, told
from members.models import OrientationStep
from members.views.welcome_tabs import tabs


def _may(request: MemberRequest) -> None:
    if not permissions.may_set_orientation(oneself(request)):
        raise PermissionDenied


@require_safe
def orientation(request: MemberRequest) -> HttpResponse:
    """The steps in their order."""
    _may(request)
    page = {
        "tabs": tabs(request.user),
        "steps": list(OrientationStep.objects.in_use()),
    }
    return render(request, "members/orientation.html", page)


def add_step(request: MemberRequest) -> HttpResponse:
    """Add a step at the end."""
    _may(request)
    form = StepForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_step(by=oneself(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Added."))
            return redirect("members:orientation")
    status = 422 if form.errors else 200
    return render(request, "members/add_step.html", {"form": form}, status=status)


def change_step(request: MemberRequest, pk: int) -> HttpResponse:
    """Say a step in other words."""
    _may(request)
    step = get_object_or_404(OrientationStep.objects.in_use(), pk=pk)
    begun = {"title": step.title, "about": step.about}
    form = StepForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            actions.change_step(by=oneself(request), step=step, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Changed."))
            return redirect("members:orientation")
    page = {"form": form, "step": step}
    status = 422 if form.errors else 200
    return render(request, "members/change_step.html", page, status=status)


@require_POST
def move_step(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a step change places with its neighbour."""
    step = get_object_or_404(OrientationStep, pk=pk)
    with told(request, _("Moved.")):
        actions.move_step(
            by=oneself(request), step=step, up=request.POST.get("way") == "up"
        )
    return redirect("members:orientation")


def retire_step(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a step of nobody any more: first ask, then do."""
    _may(request)
    step = get_object_or_404(OrientationStep, pk=pk)
    if request.method == "POST":
        with told(request, _("Nobody is asked for it any more.")):
            actions.retire_step(by=oneself(request), step=step)
        return redirect("members:orientation")
    return render(request, "members/retire_step.html", {"step": step})
