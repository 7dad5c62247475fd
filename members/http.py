"""Where the web meets this room: who asks, and the flash lines of lone buttons."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from members.acting import Acting
from members.models import Member


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member
    acting: Acting


def acting(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its `acting`: who does what follows, for whom, how."""

    def with_acting(request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Acting.as_oneself(request.user)  # type: ignore[arg-type]
        )
        return get_response(request)

    return with_acting


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


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth treats our members: nobody signs up alone, a coordinator welcomes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's shape)
        """Joining is a conversation, not a form that anybody sends."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to our own address, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.PUBLIC_URL}{path}"
