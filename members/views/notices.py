"""The pages of what I was told, and of how I like to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from members import actions
from members.acting import Acting
from members.actions.notices import choices_of, hours_of
from members.forms.notices import ChooseNoticesForm
from members.http import MemberRequest, read_id, told
from members.models import Channel, Member, Notice
from members.notices import DIGEST, KINDS, read_stop

NOTICES_A_PAGE = 30


@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """Everything that I was told, the newest first."""
    mine = Notice.objects.visible_to(request.acting.for_member).order_by("-id")
    if (before := read_id(request.GET.get("before"))) is not None:
        mine = mine.filter(id__lt=before)
    shown = list(mine[: NOTICES_A_PAGE + 1])
    page = {
        "notices": shown[:NOTICES_A_PAGE],
        "any_unread": any(notice.read_at is None for notice in shown),
        "older": shown[NOTICES_A_PAGE - 1].pk if len(shown) > NOTICES_A_PAGE else None,
    }
    return render(request, "members/notices.html", page)


@require_POST
def mark_notices_read(request: MemberRequest) -> HttpResponse:
    """Put away what I was told so far."""
    latest = read_id(request.POST.get("latest")) or 0
    with told(request, _("All read.")):
        actions.mark_notices_read(by=request.acting, latest=latest)
    return redirect(
        "home" if request.POST.get("back_to") == "home" else "members:notices"
    )


def choose_notices(request: MemberRequest) -> HttpResponse:
    """Choose how I am told of each kind of thing, and when letters come."""
    me = request.acting.for_member
    form = ChooseNoticesForm(
        request.POST or None, chosen=choices_of(me), hours=hours_of(me)
    )
    if form.is_valid():
        try:
            actions.choose_notices(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept. It holds from now on."))
            return redirect("members:choose-notices")
    page = {"form": form, "me": me}
    return render(
        request, "members/choose_notices.html", page, status=422 if form.errors else 200
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: MemberRequest, token: str) -> HttpResponse:
    """Stop letters of one kind from a letter itself (RFC 8058): no signing in, one POST.

    Whoever holds the letter can do no more than that, so no form of ours is asked for.
    """
    about = read_stop(token)
    if about is None:
        return render(request, "members/stop_refused.html", status=410)
    number, name = about
    kind = DIGEST if name == DIGEST.name else KINDS.get(name)
    if request.method == "POST":
        reader = Member.objects.present().filter(pk=number).first()
        if reader and kind:
            by = Acting(reader, reader, Channel.LETTER)
            actions.stop_letters(by=by, kind=name)
        return render(request, "members/letters_stopped.html", {"kind": kind})
    return render(request, "members/stop_letters.html", {"kind": kind})
