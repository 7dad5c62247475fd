"""How people sign in: allauth's doors in our words, and a number with a code on paper."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members import actions, clock
from members.http.requests import STEWARD
from members.models import Member, Stewardship


class ByNumberAndCode(BaseBackend):
    """Somebody without e-mail comes in by their member number and a code on paper."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,  # noqa: ARG002 (Django's shape)
        *,
        number: int,
        code: str,
    ) -> Member | None:
        """Say who it is. A wrong code and a number that nobody has take as long."""
        return actions.open_by_code(number=number, code=code)

    def get_user(self, user_id: int) -> Member | None:
        """Say who is signed in; nobody, once they have left."""
        member: Member | None = Member.objects.present().filter(pk=user_id).first()
        return member


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth treats our members: nobody signs up alone, a coordinator welcomes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That doesn't fit together. Look at the address and the password again, or "
            "let us send you a code."
        ),
        "username_password_mismatch": _(
            "That doesn't fit together. Look at the number and the code again."
        ),
        "incorrect_code": _("That is not the code. Use the one of the latest letter."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait five minutes, then try again. A coordinator "
            "can help, too."
        ),
        "rate_limited": _("That was too often. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's shape)
        """Joining is a conversation, not a form that anybody sends."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to our own address, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.PUBLIC_URL}{path}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's shape)
        """Lead back to the page about signing in."""
        return reverse("members:sessions")

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Put the letter into our outbox: it is sent by the worker, so that nobody can
        tell from the time that a page takes whether an address belongs to a member.
        """
        actions.write_about_sign_in(
            address=email,
            template=template_prefix,
            context={**context, "email": email},
            path=urlsplit(context.get("password_reset_url", "")).path,
        )

    def post_login(
        self, request: HttpRequest, user: Member, **words: Any
    ) -> HttpResponse:
        """Note whether to show them the way to the organisations that they act for."""
        mine = Stewardship.objects.in_force(clock.now()).filter(steward=user)
        request.session[STEWARD] = mine.exists()
        answer: HttpResponse = super().post_login(request, user, **words)
        return answer

    def set_password(self, user: Member, password: str) -> None:
        """Keep a new password. Whoever else was signed in as them is signed out."""
        key = self.request.session.session_key if self.request else None
        actions.set_password(member=user, password=password, but_for=key)

    def _get_login_attempts_cache_key(
        self,
        request: HttpRequest,  # noqa: ARG002 (allauth's shape)
        **credentials: Any,
    ) -> str:
        """Count the failed tries of each address and of each number."""
        if "number" in credentials:
            return f"number:{credentials['number']}"
        return f"email:{credentials.get('email', '').lower()}"
