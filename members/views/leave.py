"""The pages of one's own membership: its steps, and being away for a while."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.forms.leave import GoOnLeaveForm
from members.http import MemberRequest, told
from members.models import LifeStep


@require_safe
def leave(request: MemberRequest) -> HttpResponse:
    """Whether I am there or away, and the steps of my membership so far."""
    me = request.acting.for_member
    steps = LifeStep.objects.visible_to(me).select_related("recorded_by")
    page = {
        "me": me,
        "began": LifeStep.objects.latest_leave(me) if me.on_leave_at else None,
        "steps": steps.order_by("-recorded_at", "-id")[:100],
    }
    return render(request, "members/leave.html", page)


def go_on_leave(request: MemberRequest) -> HttpResponse:
    """Say that I will be away for a while, and until when."""
    form = GoOnLeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on_leave(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You are on leave. Have a good time."))
            return redirect("members:leave")
    page = {"form": form, "me": request.acting.for_member}
    status = 422 if form.errors else 200
    return render(request, "members/go_on_leave.html", page, status=status)


@require_POST
def come_back(request: MemberRequest) -> HttpResponse:
    """Say that I am back."""
    with told(request, _("Welcome back!")):
        actions.come_back(by=request.acting)
    return redirect("members:leave")
