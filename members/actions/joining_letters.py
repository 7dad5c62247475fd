"""What those are told who ask to belong, who are invited, and who are welcomed."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.limits import is_too_often
from members.models import Application, Invitation, Member, Role, RoleGrant
from members.notices import Kind, declare, in_language_of, notify, write_to

# Not declared: nobody who is no member yet chooses among letters.
TO_APPLICANT = Kind("application", gettext_lazy("To somebody who asks to join"))
TO_INVITED = Kind("invitation", gettext_lazy("To somebody who is invited"))
SOMEBODY_APPLIED = declare(
    Kind(
        "application_received",
        gettext_lazy("Somebody asks to join"),
        for_roles=frozenset({Role.COORDINATOR, Role.MEMBERSHIP}),
    )
)
WELCOMED = declare(Kind("member_greeted", gettext_lazy("My welcome"), is_needed=True))

LETTERS_AN_HOUR = 3


def applied(application: Application, *, path: str) -> None:
    """Thank somebody for asking, and say what comes next."""
    with translation.override(application.language):
        _write(application, _("We have your application"), "applied", path=path)


def applied_before(application: Application, *, path: str) -> None:
    """Tell somebody who asks again that we have it."""
    with translation.override(application.language):
        _write(application, _("We have your application"), "applied_before", path=path)


def you_belong(application: Application) -> None:
    """Tell a member who asks to join that they belong already, and where to sign in."""
    with translation.override(application.language):
        path = reverse("account_login")
        _write(application, _("You belong here already"), "you_belong", path=path)


def declined(application: Application) -> None:
    """Say no, kindly."""
    with translation.override(application.language):
        _write(application, _("About your application"), "declined")


def _write(
    application: Application, subject: str, template: str, *, path: str = ""
) -> None:
    """Write to an applicant who has e-mail, but not as often as somebody may please."""
    email = application.email
    if not email or is_too_often("letters", who=email, most=LETTERS_AN_HOUR):
        return
    write_to(
        email,
        name=application.first_name,
        kind=TO_APPLICANT,
        subject=subject,
        template=f"members/notices/{template}.txt",
        context={"application": application},
        path=path,
    )


def somebody_applied(application: Application) -> None:
    """Tell those who welcome that somebody waits."""
    grants = RoleGrant.objects.in_force().filter(
        role__in=[Role.COORDINATOR, Role.MEMBERSHIP]
    )
    welcomers = Member.objects.present().filter(pk__in=grants.values("member"))
    for member in welcomers.exclude(pk=application.recorded_by_id).order_by("id"):
        with in_language_of(member):
            notify(
                member,
                kind=SOMEBODY_APPLIED,
                subject=_("Somebody asks to join"),
                headline=_("%(who)s asks to join") % {"who": application.name},
                template="members/notices/application_received.txt",
                context={"application": application},
                about=application,
                at=application.applied_at,
            )


def invited(invitation: Invitation, *, path: str) -> None:
    """Bring somebody a member's invitation."""
    _write_invited(invitation, _("You are invited"), "invited", path)


def invited_though_member(invitation: Invitation) -> None:
    """Tell a member whom another invites that they belong already."""
    path = reverse("account_login")
    _write_invited(
        invitation, _("You belong here already"), "invited_though_member", path
    )


def _write_invited(
    invitation: Invitation, subject: str, template: str, path: str
) -> None:
    context: dict[str, Any] = {
        "invitation": invitation,
        "inviter": invitation.recorded_for,
    }
    write_to(
        str(invitation.email),
        name=invitation.name.split(maxsplit=1)[0]
        if invitation.name
        else _("neighbour"),
        kind=TO_INVITED,
        subject=subject,
        template=f"members/notices/{template}.txt",
        context=context,
        path=path,
    )


def greeted(member: Member) -> None:
    """Greet a new member: their number, and what to do first."""
    with in_language_of(member):
        notify(
            member,
            kind=WELCOMED,
            subject=_("Welcome among neighbours"),
            headline=_("Welcome, %(name)s") % {"name": member.first_name},
            template="members/notices/greeted.txt",
            context={},
            about=member,
            at=member.welcomed_at,
            link=reverse("members:change-profile"),
        )
