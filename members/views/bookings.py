"""My times: what is coming, and when I am away."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, clock, permissions
from members.actions.bookings import AWAY, causes_of
from members.forms.bookings import BookTimeAwayForm
from members.http import MemberRequest, told
from members.models import Booking

AT_MOST = 100


@require_safe
def times(request: MemberRequest) -> HttpResponse:
    """What is coming, the soonest first."""
    me = request.acting.for_member
    coming = list(Booking.objects.visible_to(me).from_now(clock.now())[: AT_MOST + 1])
    causes = causes_of(coming)
    rows = [
        (one, *causes.get(one.cause_id, (_("A date"), "")), one.cause_kind == AWAY)
        for one in coming[:AT_MOST]
    ]
    page = {"rows": rows, "me": me, "more": len(coming) > AT_MOST}
    return render(request, "members/times.html", page)


def book_time_away(request: MemberRequest) -> HttpResponse:
    """Say when I am away. An overlap is allowed in a second step, by those who may."""
    by = request.acting
    may_allow = by.is_for_another and permissions.may_allow_overlap(by)
    form = BookTimeAwayForm(request.POST or None, may_allow=may_allow)
    if form.is_valid():
        try:
            actions.book_time_away(by=by, **form.deed())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Noted. Nobody counts on you then."))
            return redirect("members:times")
    page = {"form": form, "may_allow": may_allow, "me": by.for_member}
    return render(
        request,
        "members/book_time_away.html",
        page,
        status=422 if form.errors else 200,
    )


@require_POST
def release_time_away(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say that I am here after all."""
    mine = Booking.objects.visible_to(request.acting.for_member)
    booking = get_object_or_404(mine, pk=pk)
    with told(request, _("Good: you are here then.")):
        actions.release_time_away(by=request.acting, booking=booking)
    return redirect("members:times")
