"""The pages of this room."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.http import MemberRequest, read_id, told
from members.models import Notice

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
