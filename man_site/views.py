"""Home, the public pages, and the two that a machine asks."""

from types import ModuleType

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import members.permissions
import timebank.permissions
from ledger.models import Account, BooksCheck, Unit
from man_site.desk import AT_THE_DESK, tools_of, waiting_for
from man_site.style import everything_shown
from members import clock
from members.http import MemberRequest
from members.models import MEMBERSHIP, Notice
from members.permissions import has_signed_current
from timebank.models import Exchange

NEWS_AT_HOME = 5
ROOMS = [(_("Belonging"), members.permissions), (_("Hours"), timebank.permissions)]


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
        "is_to_sign": not has_signed_current(me, MEMBERSHIP, clock.now()),
    }
    return render(request, "man_site/home.html", page)


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for those who carry a task, and what they have at hand."""
    if not AT_THE_DESK & request.user.roles:
        raise PermissionDenied
    page = {
        "waiting": waiting_for(request.user),
        "tools": tools_of(request.user),
    }
    return render(request, "man_site/desk.html", page)


@login_not_required
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Show anybody that the books balance: the latest checks, and what they found."""
    checks = BooksCheck.objects.order_by("-checked_at")[:14]
    return render(request, "man_site/books.html", {"checks": checks})


@login_not_required
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """Show anybody who may do what here, as the site itself asks before each deed."""
    rooms = [(room, who_may_in(module)) for room, module in ROOMS]
    return render(request, "man_site/who_may.html", {"rooms": rooms})


def who_may_in(permissions: ModuleType) -> list[tuple[str, str]]:
    """Read the rules of one room: each deed in words, and who may do it."""
    return [
        (
            name.removeprefix("may_").replace("_", " "),
            gettext(" ".join((rule.__doc__ or "").split())),
        )
        for name, rule in sorted(vars(permissions).items())
        if name.startswith("may_") and rule.__module__ == permissions.__name__
    ]


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
