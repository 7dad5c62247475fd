"""Home, the public pages, and the two that a machine asks."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.models import Account, BooksCheck, Unit
from man_site.style import everything_shown
from members.http import MemberRequest
from members.models import Notice
from timebank.models import Exchange

NEWS_AT_HOME = 5


@login_not_required
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """What waits for me and where I stand; to a stranger, what this place is."""
    if not request.user.is_authenticated:
        return render(request, "man_site/welcome.html")
    me = request.acting.for_member
    unread = Notice.objects.visible_to(me).unread().order_by("-id")
    page = {
        "me": me,
        "notices": unread[:NEWS_AT_HOME],
        "balance": Account.objects.balance(me, Unit.MINUTE),
        "neighbours": Exchange.objects.neighbours_of_late(me),
    }
    return render(request, "man_site/home.html", page)


@login_not_required
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Show anybody that the books balance: the latest checks, and what they found."""
    checks = BooksCheck.objects.order_by("-checked_at")[:14]
    return render(request, "man_site/books.html", {"checks": checks})


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show builders what pages are made of; only where they build, and in the demo."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "man_site/style.html", everything_shown())


@login_not_required
def form_grown_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Say that a form waited too long, or came from elsewhere (Django's CSRF check)."""
    return render(request, "403_csrf.html", status=403)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Answer that the process lives."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Answer that the servers behind it answer too; 503 by middleware where they don't."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM members_member LIMIT 1")
    cache.get("ready")
    return JsonResponse({"ready": True})
