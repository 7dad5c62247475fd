"""Signing in by number, proving that it is oneself, and where one is signed in."""

import secrets
import time

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from members import actions, clock, permissions
from members.acting import Acting
from members.forms.sign_in import PrintSignInCodeForm, SignInByNumberForm
from members.http import MemberRequest, only_oneself, read_id, sure_it_is_you, told
from members.http.devices import device_of
from members.http.sign_in import SignIn
from members.http.sure import SENT_CODE, SureForm, now_sure
from members.keys import read_code
from members.models import Channel, Member

BY_EMAIL, ON_PAPER, PASSWORD = "code", "code_on_paper", "password"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters("code")
def sign_in_by_number(request: HttpRequest) -> HttpResponse:
    """Sign in without e-mail: by the member number and a code on paper."""
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInByNumberForm(request.POST or None)
    if form.is_valid():
        by, stays = SignIn(), form.cleaned_data.pop("stays")
        try:
            member = by.authenticate(request, **form.cleaned_data)
            if member is None:
                raise by.validation_error("username_password_mismatch")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            record_authentication(request, member, method=ON_PAPER)
            then = get_next_redirect_url(request)
            answer: HttpResponse = perform_login(
                request, Login(user=member, redirect_url=then)
            )
            if not stays:
                request.session.set_expiry(0)
            return answer
    page = {"form": form, "then": request.GET.get("next", "")}
    status = 422 if form.errors else 200
    return render(request, "account/number.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code")
def sure(request: MemberRequest) -> HttpResponse:
    """Ask whether it is really they, and lead back to where they came from."""
    then = get_next_redirect_url(request) or ""
    if sends := "send" in request.POST:
        _send_code(request)
    by = "code" if sends or "code" in request.POST else request.GET.get("by")
    form = SureForm(request.user, None if sends else request.POST or None, by=by)
    if form.is_valid():
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            form.add_error(None, SignIn().validation_error("too_many_login_attempts"))
        elif method := _proof(request, **form.cleaned_data):
            now_sure(request, method=method)
            return redirect(then or "members:sessions")
        else:
            words = _("That is not it. Look at it again, or try another way.")
            form.add_error(None, ValidationError(words, code="not_proved"))
    page = {"form": form, "then": then, "is_sent": SENT_CODE in request.session}
    status = 422 if form.errors else 200
    return render(request, "account/sure.html", page, status=status)


def _proof(request: MemberRequest, password: str = "", code: str = "") -> str | None:
    """Say by what they proved it; None if by nothing."""
    if not code:
        return PASSWORD if request.user.check_password(password) else None
    sent = request.session.get(SENT_CODE, {"code": "", "at": 0})
    in_time = time.time() - sent["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    expected = read_code(sent["code"]) if in_time else ""
    typed = read_code(code).encode()
    if expected and secrets.compare_digest(typed, expected.encode()):
        del request.session[SENT_CODE]
        return BY_EMAIL
    printed = request.user.sign_in_codes.working().first()
    return ON_PAPER if actions.fits(printed, code) else None


def _send_code(request: MemberRequest) -> None:
    """Send a code to somebody's own address, and say so."""
    if not request.user.email:
        raise PermissionDenied
    if not ratelimit.consume(request, action="send_code", user=request.user):
        messages.error(request, SignIn.error_messages["rate_limited"])
        return
    code = SignIn().generate_login_code()
    request.session[SENT_CODE] = {"code": code, "at": time.time()}
    actions.write_about_sign_in(
        address=request.user.email,
        template="account/email/login_code",
        context={"code": code},
    )
    messages.success(
        request, _("A code is on its way to %(email)s.") % {"email": request.user.email}
    )


@require_safe
@only_oneself
@sure_it_is_you
def sessions(request: MemberRequest) -> HttpResponse:
    """How I sign in, and the devices on which I am signed in."""
    me = request.user
    mine = list(UserSession.objects.filter(user=me).order_by("-created_at", "-pk"))
    alive = set(
        Session.objects.filter(
            session_key__in=[one.session_key for one in mine],
            expire_date__gt=clock.now(),
        ).values_list("session_key", flat=True)
    )
    here = request.session.session_key
    page = {
        "devices": [
            (one, device_of(one.user_agent), one.session_key == here)
            for one in mine
            if one.session_key in alive
        ],
        "printed": me.sign_in_codes.working().select_related("recorded_by").first(),
        "may_be_printed": not me.email,
    }
    return render(request, "members/sessions.html", page)


@require_POST
@only_oneself
@sure_it_is_you
def end_sessions(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere else, or on one other device."""
    with told(request, _("Signed out there.")):
        actions.end_sessions(
            request.user,
            but_for=request.session.session_key,
            only=read_id(request.POST.get("only")),
        )
    return redirect("members:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def print_sign_in_code(request: MemberRequest, pk: int) -> HttpResponse:
    """Print a code on paper for a member without e-mail. It is shown once."""
    if not permissions.may_print_sign_in_code(request.acting):
        raise PermissionDenied
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = PrintSignInCodeForm(
        request.POST or None, initial={"channel": request.acting.channel.value}
    )
    page = {"member": member, "form": form, "public_url": settings.PUBLIC_URL}
    if form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        by = Acting(request.user, for_member=member, channel=channel)
        try:
            page["printed"] = actions.print_sign_in_code(by=by, member=member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return render(request, "members/sign_in_slip.html", page)
    page["before"] = member.sign_in_codes.working().first()
    status = 422 if form.errors else 200
    return render(request, "members/print_sign_in_code.html", page, status=status)


@require_POST
@only_oneself
@sure_it_is_you
def end_sign_in_code(request: MemberRequest) -> HttpResponse:
    """End my code on paper: it was lost, or I don't need it any more."""
    with told(request, _("The code on paper opens nothing any more.")):
        actions.end_sign_in_code(by=request.acting)
    return redirect("members:sessions")
