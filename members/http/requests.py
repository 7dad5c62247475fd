"""Who asks, and for whom: what each request of somebody signed in knows."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from members import permissions
from members.acting import Acting
from members.models import Channel, Member

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member
    acting: Acting


ACTING_FOR = "acting_for"
# Whether to show somebody the way to their organisations, without asking on every page.
STEWARD = "is_steward"
# What one does whoever one acts for by now: choose somebody, stop, go.
FOR_WHOEVER = {"begin-acting", "stop-acting", "account_logout"}


def acting(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its `acting`: who does what follows, for whom, how.

    A form that was opened for somebody else than one acts for by now is not taken: which
    of the two was meant is asked first.
    """

    def with_acting(request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: acting_of(request))  # type: ignore[attr-defined, arg-type]
        if request.method == "POST" and _is_meant_for_another(request):  # type: ignore[arg-type]
            page = {
                "now_for": request.acting.for_member,  # type: ignore[attr-defined]
                "typed": typed(request),
            }
            return render(request, "members/acting_changed.html", page, status=409)
        return get_response(request)

    return with_acting


def _is_meant_for_another(request: MemberRequest) -> bool:
    """Whether a form was opened for somebody else, or does not say for whom."""
    if not request.user.is_authenticated:
        return False
    acts = ACTING_FOR in request.session
    meant = request.POST.get(ACTING_FOR)
    if not acts and not meant:
        return False
    try:
        if resolve(request.path_info).url_name in FOR_WHOEVER:
            return False
    except Resolver404:
        return False
    return meant != str(request.acting.for_member.pk)


def acting_of(request: MemberRequest) -> Acting:
    """Say for whom somebody acts: as chosen, for as long as they still may."""
    chosen = request.session.get(ACTING_FOR)
    if not chosen or not request.user.is_authenticated:
        return Acting.as_oneself(request.user)
    other = Member.objects.present().filter(pk=chosen["member"]).first()
    channel = Channel(chosen["channel"])
    if other and channel in permissions.channels_for(request.user, other):
        return Acting(request.user, other, channel)
    del request.session[ACTING_FOR]
    messages.error(
        request, _("You don't act for them any more. You are here as yourself again.")
    )
    return Acting.as_oneself(request.user)


def oneself(request: MemberRequest) -> Acting:
    """Say who holds the pen, for themselves: a deed of their office, whomever they act for."""
    return Acting.as_oneself(request.user)


NEVER_SHOWN_AGAIN = ("password", "csrfmiddlewaretoken", "code", ACTING_FOR)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Say what was typed into a form that could not be taken, so that it can be sent again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str)
        and not any(word in name for word in NEVER_SHOWN_AGAIN)
    ]


def read_id(words: str | None) -> int | None:
    """Read a row's number from an address or a form; None where it is none."""
    if words and words.isascii() and words.isdecimal() and len(words) < 19:
        return int(words)
    return None


@contextmanager
def told(request: HttpRequest, done: str) -> Iterator[None]:
    """Flash how a lone button's deed went: `done`, or the refusal in its own words."""
    try:
        yield
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, done)


def only_oneself(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[MemberRequest, P], HttpResponse]:
    """Keep a page to oneself: not to be opened while one acts for somebody else."""

    @functools.wraps(view)
    def for_oneself(
        request: MemberRequest, /, *args: P.args, **words: P.kwargs
    ) -> HttpResponse:
        if request.user.is_authenticated and request.acting.is_for_another:
            return render(request, "members/only_oneself.html", status=403)
        return view(request, *args, **words)

    return for_oneself
