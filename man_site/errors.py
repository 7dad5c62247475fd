"""When something breaks: say it kindly, log where and not what, lose nothing."""

import sys

import structlog
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import ConnectionError as CacheAway
from redis.exceptions import TimeoutError as CacheSlow

from man_site.celery import frames_of
from members.http import typed

log = structlog.get_logger()

AWAY = (OperationalError, InterfaceError, CacheAway, CacheSlow)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Answer for whatever broke, in a view or before it (Django's handler500)."""
    _kind, fault, traceback = sys.exc_info()
    if isinstance(fault, AWAY):
        log.error("server_away", fault=type(fault).__name__)
        return servers_away(request)
    # The exception's own words may quote a member, so they stay out of the log.
    log.error("broken", fault=type(fault).__name__, frames=frames_of(traceback))
    return render(request, "500.html", status=500)


def servers_away(request: HttpRequest) -> HttpResponse:
    """Say that the database or the cache can't be reached, and give back what was typed.

    A button sends it again; the form's own key makes sure that it counts once.
    """
    response = render(request, "503.html", {"typed": typed(request)}, status=503)
    response["Retry-After"] = "10"
    return response
