"""Neighbours and organisations, and the tasks they carry."""

from members import clock
from members.actions import (
    add_neighbourhood,
    block_member,
    change_privacy,
    change_profile,
    grant_credential,
    grant_role,
    make_steward,
    send_message,
    welcome_member,
)
from members.models import (
    Credential,
    CredentialKind,
    Member,
    MemberKind,
    Neighbourhood,
    Role,
    Stewardship,
)
from tests.make.values import acting, key


def coordinator() -> Member:
    """Rosa, who founded the network."""
    return Member.objects.get(role_grants__decision="By founding the network")


def second_coordinator() -> Member:
    """Cora, who coordinates beside Rosa."""
    found = Member.objects.filter(name="Cora Second").first()
    if found:
        return found
    rosa = acting(coordinator())
    cora = welcome_member(by=rosa, name="Cora Second", email="cora@example.org")
    grant_role(by=rosa, member=cora, role=Role.COORDINATOR)
    return Member.objects.get(pk=cora.pk)


def person(name: str) -> Member:
    return welcome_member(by=acting(coordinator()), name=name)


def stranger(by: Member) -> Member:
    return welcome_member(by=acting(by), name=f"Neighbour {key().hex[-6:]}")


def organisation(name: str = "Corner Bakery") -> Member:
    return welcome_member(
        by=acting(coordinator()), name=name, kind=MemberKind.ORGANISATION
    )


def stewardship(steward: Member, organisation_: Member | None = None) -> Stewardship:
    """That somebody acts for an organisation: a new one, unless it is given."""
    return make_steward(
        by=acting(coordinator()),
        organisation=organisation_ or organisation(),
        steward=steward,
    )


def role(by: Member, member: Member, role: Role) -> Member:
    """Give a member a role; what they hold is asked afresh."""
    grant_role(by=acting(by), member=member, role=role)
    return Member.objects.get(pk=member.pk)


def credential(by: Member, member: Member, **words) -> Credential:
    """A driver's licence was looked into."""
    given = {"kind": CredentialKind.DRIVER, "granted_on": clock.today()} | words
    return grant_credential(by=acting(by), member=member, **given)


def neighbourhood(by: Member, name: str = "Old Town", **words) -> Neighbourhood:
    return add_neighbourhood(by=acting(by), name=name, **words)


def tells(member: Member, **told):
    """Somebody tells of themselves what is given; the name stays."""
    change_profile(by=acting(member), name=member.name, **told)
    member.refresh_from_db()


def shows(member: Member, **audiences):
    """Somebody decides who sees what."""
    change_privacy(by=acting(member), **audiences)
    member.refresh_from_db()


def block(member: Member, blocked: Member):
    """One member blocks another."""
    return block_member(by=acting(member), member=blocked)


def message(sender: Member, receiver: Member, words: str = "Are you in?", **more):
    """Words that one member sends another."""
    given = {"by": acting(sender), "key": key()}
    return send_message(receiver=receiver, words=words, **given | more)
