"""Is it really you? Asked before what would hurt most in a stranger's hands.

Whoever signed in or proved it a short while ago goes on. Everybody else is asked first,
before the form is opened, so that nothing that was typed is lost.
"""

import functools
import time
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from members.http.requests import MemberRequest
from members.models import Member

P = ParamSpec("P")
View = Callable[Concatenate[MemberRequest, P], HttpResponse]

# A form that was opened in time may take a while to fill in.
TO_FILL_IN = 3
# The code that was sent by e-mail, as the session keeps it.
SENT_CODE = "sure_code"


class SureForm(forms.Form):
    """What somebody proves it with: their password, or a code by e-mail or on paper."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )
    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("The one from our letter, or the one on your paper."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Write your code.")},
    )

    def __init__(
        self, member: Member, *args: Any, by: str | None = None, **words: Any
    ) -> None:
        super().__init__(*args, **words)
        ways = ways_of(member)
        self.by = by if by in ways else next(iter(ways), None)
        self.instead = [way for way in ways if way != self.by]
        self.fields = {name: self.fields[name] for name in ways if name == self.by}


def ways_of(member: Member) -> list[str]:
    """Say what somebody can prove it with, the quickest way first."""
    has_code = bool(member.email) or member.sign_in_codes.working().exists()
    ways = {"password": member.has_usable_password(), "code": has_code}
    return [way for way, is_theirs in ways.items() if is_theirs]


def is_sure(request: MemberRequest) -> bool:
    """Whether somebody proved a short while ago that it is they who sit there."""
    records = get_authentication_records(request, request.user)
    age = time.time() - max((record["at"] for record in records), default=0)
    longest = app_settings.REAUTHENTICATION_TIMEOUT
    return bool(age < longest * (TO_FILL_IN if request.method == "POST" else 1))


def now_sure(request: HttpRequest, *, method: str) -> None:
    """Note that they proved it now: by password, by e-mail, by a code on paper."""
    record_authentication(request, request.user, method=method, reauthenticated=True)


def sure_it_is_you(view: View[P]) -> View[P]:
    """Let a page be opened by somebody who proved a short while ago that it is they.

    To be put on the page with the form, too: what is asked first loses no words.
    """

    @functools.wraps(view)
    def asked_first(
        request: MemberRequest, /, *args: P.args, **words: P.kwargs
    ) -> HttpResponse:
        if is_sure(request):
            return view(request, *args, **words)
        return _asked(request)

    return asked_first


def _asked(request: MemberRequest) -> HttpResponse:
    """Ask on the page itself; whoever proves it comes back to it."""
    then = request.get_full_path()
    if "HX-Request" in request.headers and "HX-Boosted" not in request.headers:
        # What asks must not be swapped into a part of a page: it is opened whole.
        response = HttpResponse(status=401)
        ask = f"{reverse('members:sure')}?{urlencode({'next': then})}"
        response["HX-Redirect"] = ask
        return response
    page = {
        "form": SureForm(request.user),
        "then": then,
        "was_sent": request.method == "POST",
    }
    return render(request, "account/sure.html", page, status=401)
