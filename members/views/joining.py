"""The public pages of joining: asking, and what somebody who asked may see and do."""

from ipaddress import IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock
from members.actions.applications import path_of
from members.actions.invitations import path_of as path_of_invitation
from members.forms.joining import ApplyForm, UseCodeForm
from members.limits import is_too_often
from members.models import Answer, Application, Invitation, InvitationState
from members.policies import in_force
from members.policies.joining import (
    APPLY_AN_HOUR,
    APPLY_AN_HOUR_FROM_ONE_PLACE,
    APPLY_SECONDS,
    REFERENCES_ASKED,
)
from members.views.welcome import steps_of

CODES_AN_HOUR = 20


@login_not_required
def apply(request: HttpRequest) -> HttpResponse:
    """Ask to belong: the page that everybody may open."""
    return _apply(request, None)


@login_not_required
def apply_by_invitation(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask to belong with the invitation of a member, who vouches by it."""
    invitation = actions.invitation_of(signed)
    state = invitation.stands(clock.now()) if invitation else None
    if state != InvitationState.OPEN:
        status = 410 if invitation else 404
        page = {"invitation": invitation, "state": state, "states": InvitationState}
        return render(request, "members/invitation_gone.html", page, status=status)
    return _apply(request, invitation)


def _apply(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    rules = in_force()
    begun = {"name": invitation.name, "email": invitation.email} if invitation else {}
    form = ApplyForm(
        request.POST or None,
        seconds=rules[APPLY_SECONDS],
        references=0 if invitation else rules[REFERENCES_ASKED],
        initial=begun,
    )
    status = 200
    if form.is_valid():
        if _is_flood(request, rules):
            form.add_error(None, _flood())
            status = 429
        else:
            words = {"key": form.cleaned_data["key"], "asked": form.asked()}
            try:
                actions.apply(**words, invitation=invitation)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                # The same for everybody: who belongs here is told to nobody else.
                return redirect("members:applied")
    if form.errors and status == 200:
        status = 422
    page = {"form": form, "invitation": invitation}
    return render(request, "members/apply.html", page, status=status)


def _is_flood(request: HttpRequest, rules: Any) -> bool:
    """Whether more comes from one connection, or from everywhere, than neighbours send."""
    from_here = is_too_often(
        "apply", who=place_of(request), most=rules[APPLY_AN_HOUR_FROM_ONE_PLACE]
    )
    return from_here or is_too_often(
        "apply", who="everybody", most=rules[APPLY_AN_HOUR]
    )


def _flood() -> ValidationError:
    return ValidationError(
        _(
            "Many applications came just now, so we pause for an hour. What you wrote is "
            "still here: send it again later, or call a coordinator."
        ),
        code="too_often",
    )


def place_of(request: HttpRequest) -> str:
    """Say where in the network somebody is, as providers deal out addresses."""
    where: str = get_adapter(request).get_client_ip(request)
    try:
        address = ip_address(where)
    except ValueError:
        return where
    if address.version == 6:
        return str(IPv6Network((address, 64), strict=False))
    return where


@login_not_required
@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """Thank whoever asked, and say what comes next."""
    return render(request, "members/applied.html", {"steps": steps_of(None)})


@login_not_required
def use_code(request: HttpRequest) -> HttpResponse:
    """Type in the code of a slip, and go on with the invitation."""
    form = UseCodeForm(request.POST or None)
    if form.is_valid():
        try:
            _check_tries(request)
            invitation = actions.invitation_with_code(form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(path_of_invitation(invitation))
    status = 422 if form.errors else 200
    return render(request, "members/use_code.html", {"form": form}, status=status)


def _check_tries(request: HttpRequest) -> None:
    """Refuse whoever tries one code after the other."""
    if is_too_often("use_code", who=place_of(request), most=CODES_AN_HOUR):
        raise ValidationError(
            _("Too many tries. Wait an hour, or call whoever gave you the slip."),
            code="too_often",
        )


@login_not_required
@require_safe
def your_application(request: HttpRequest, signed: str) -> HttpResponse:
    """Show somebody who asked how far it has come; the link stands in their letter."""
    application = actions.application_of(signed)
    if application is None:
        return render(request, "members/application_unknown.html", status=404)
    page = {
        "application": application,
        "steps": steps_of(application),
        "answers": Answer,
        "signed": signed,
    }
    return render(request, "members/your_application.html", page)


@login_not_required
def withdraw_application(request: HttpRequest, signed: str) -> HttpResponse:
    """Let somebody take their application back: first ask, then do."""
    application = actions.application_of(signed)
    if application is None:
        return render(request, "members/application_unknown.html", status=404)
    back = path_of(application)
    if application.answered_at:
        return redirect(back)
    if request.method == "POST":
        return _withdrawn(application, back)
    page = {"application": application, "back_url": back}
    return render(request, "members/withdraw_application.html", page)


def _withdrawn(application: Application, back: str) -> HttpResponse:
    """Take it back; if it was answered at this very moment, its page says so."""
    try:
        actions.withdraw_application(application=application)
    except ValidationError:
        return redirect(back)
    return redirect(back)
