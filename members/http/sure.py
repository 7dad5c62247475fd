"""Is it really you? Asked before what would hurt most in a stranger's hands.

Whoever signed in or proved it a short while ago goes on. Everybody else is asked first,
before the form is opened, so that nothing that was typed is lost.
"""

import functools
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from members.http.requests import MemberRequest

P = ParamSpec("P")
View = Callable[Concatenate[MemberRequest, P], HttpResponse]

# A form that was opened in time may take a while to fill in.
TO_FILL_IN = 3


def is_sure(request: MemberRequest) -> bool:
    """Whether somebody proved a short while ago that it is they who sit there."""
    records = get_authentication_records(request, request.user)
    age = time.time() - max((record["at"] for record in records), default=0)
    longest = app_settings.REAUTHENTICATION_TIMEOUT
    return bool(age < longest * (TO_FILL_IN if request.method == "POST" else 1))


def is_sure_by(request: HttpRequest, method: str) -> None:
    """Note that they proved it now: by password, by a code, by a code on paper."""
    record_authentication(request, request.user, method=method, reauthenticated=True)


def sure_it_is_you(view: View[P]) -> Callable[Concatenate[MemberRequest, P], HttpResponseBase]:
    """Let a page be opened by somebody who proved a short while ago that it is they."""

    @functools.wraps(view)
    def asked_first(
        request: MemberRequest, *args: P.args, **words: P.kwargs
    ) -> HttpResponseBase:
        if is_sure(request):
            return view(request, *args, **words)
        return _asked(request)

    return asked_first


def _asked(request: MemberRequest) -> HttpResponse:
    """Lead to the page that asks; from there back to here."""
    ask = f"{reverse('members:sure')}?{urlencode({'next': request.get_full_path()})}"
    part_of_a_page = "HX-Request" in request.headers and (
        "HX-Boosted" not in request.headers
    )
    if not part_of_a_page:
        return redirect(ask)
    # A fragment must not be swapped into the page: htmx opens the asking page whole.
    response = HttpResponse(status=401)
    response["HX-Redirect"] = ask
    return response
