"""Who opened what of mine."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from members.forms.profiles import LABELS
from members.http import MemberRequest, read_id
from members.models import Opened
from members.models.privacy import PAGES

OPENED_A_PAGE = 30
SENSITIVE_LABELS = {**LABELS, PAGES: _("Your pages, to act for you")}


@require_safe
def opened(request: MemberRequest) -> HttpResponse:
    """Who opened my phone number or address, which, when and for whom."""
    mine = (
        Opened.objects.visible_to(request.acting.for_member)
        .select_related("recorded_by", "recorded_for")
        .order_by("-id")
    )
    if (before := read_id(request.GET.get("before"))) is not None:
        mine = mine.filter(id__lt=before)
    rows = list(mine[: OPENED_A_PAGE + 1])
    shown = rows[:OPENED_A_PAGE]
    page = {
        "me": request.acting.for_member,
        "opened": [(row, SENSITIVE_LABELS[row.field]) for row in shown],
        "older": shown[-1].pk if len(rows) > OPENED_A_PAGE else None,
        "is_later_page": before is not None,
    }
    return render(request, "members/opened.html", page)
