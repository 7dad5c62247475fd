"""What surrounds every page: a line in the log."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger()


def not_kept(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep pages out of caches: on a shared computer the next reader is somebody else."""

    def with_header(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return with_header


def logged(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Write one line a request: the route and not the address, so nobody's name.

    The number of the request goes back in a header and stands on the page of an error,
    so that a member can tell it to whoever reads the log.
    """

    def with_a_line(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.number = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.number)  # type: ignore[attr-defined]
        response = get_response(request)
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

    return with_a_line
