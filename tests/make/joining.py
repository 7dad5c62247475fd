"""How somebody comes to belong."""

from members.actions import (
    Asked,
    apply,
    invite,
    invite_by_slip,
    note_reference,
    take_step,
    withdraw_application,
)
from members.actions.applications import path_of as path_of_application
from members.actions.invitations import path_of as path_of_invitation
from members.models import Application, Invitation, Member, OrientationStep, Verdict
from tests.make.values import acting, key


def asked(**words) -> Asked:
    """What Noor tells of herself."""
    given = {"name": "Noor Haddad", "email": "noor@example.org"}
    return Asked(**given | {"references": (("Sam Bell", "555 0100"),)} | words)


def application(**words) -> Application:
    """Somebody asks to join."""
    application = apply(key=key(), asked=asked(**words))
    assert application
    return application


def made_ready(application: Application, by: Member) -> Application:
    """Every step is taken, and whoever was named vouches."""
    for step in OrientationStep.objects.in_use():
        take_step(by=acting(by), application=application, step=step)
    for reference in application.references.all():
        note_reference(by=acting(by), reference=reference, verdict=Verdict.VOUCHES)
    return application


def withdrawn(application: Application) -> Application:
    return withdraw_application(application=application)


def invitation(member: Member, email: str = "noor@example.org", **words) -> Invitation:
    return invite(by=acting(member), **{"key": key(), "email": email} | words)


def slip(member: Member, **words) -> Invitation:
    return invite_by_slip(by=acting(member), **{"key": key()} | words)


def signed(row: Application | Invitation) -> str:
    """What stands in the link of a letter about it."""
    path = path_of_application if isinstance(row, Application) else path_of_invitation
    return path(row).rstrip("/").rsplit("/", 1)[1]
