"""What surrounds every page: a line in the log, and kindness when a server is away."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import ConnectionError as CacheAway
from redis.exceptions import TimeoutError as CacheSlow

log = structlog.get_logger()

Responder = Callable[[HttpRequest], HttpResponse]
AWAY = (OperationalError, InterfaceError, CacheAway, CacheSlow)
NEVER_SHOWN_AGAIN = ("password", "csrfmiddlewaretoken")


class logged:  # noqa: N801 (read in settings like the functions beside it)
    """Write one line a request: the route and not the address, so nobody's name.

    The number of the request goes back in a header and stands on the page of an error,
    so that a member can tell it to whoever reads the log.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.number = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.number)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.number  # type: ignore[attr-defined]
        match = request.resolver_match
        log.info(
            "page",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response

    def process_exception(self, _request: HttpRequest, fault: Exception) -> None:
        """Log where it broke. The exception's own words may quote a member, so they stay out."""
        frames = []
        traceback = fault.__traceback__
        while traceback:
            code = traceback.tb_frame.f_code
            frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
            traceback = traceback.tb_next
        log.error("broken", fault=type(fault).__name__, frames=frames[-12:])


class kind_when_servers_are_away:  # noqa: N801 (as above)
    """Say kindly that the database or the cache can't be reached, and lose nothing.

    What was typed comes back on the page, with a button that sends it again: the form's
    own key makes sure that it counts once.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except AWAY as fault:
            return self.away(request, fault)

    def process_exception(
        self, request: HttpRequest, fault: Exception
    ) -> HttpResponse | None:
        """Catch it where Django would make a page of its own of it."""
        return self.away(request, fault) if isinstance(fault, AWAY) else None

    def away(self, request: HttpRequest, fault: Exception) -> HttpResponse:
        """Show the page, and say when to come back."""
        log.error("server_away", fault=type(fault).__name__)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if not any(word in name for word in NEVER_SHOWN_AGAIN)
        ]
        response = render(request, "503.html", {"typed": typed}, status=503)
        response["Retry-After"] = "10"
        return response
