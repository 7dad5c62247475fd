"""Who may do what among members."""

from members import clock
from members.acting import Acting
from members.models import Member, Role, Stewardship


def may_welcome_member(by: Acting) -> bool:
    """Coordinators and those who look after membership welcome new members."""
    return by.member.has_role(Role.COORDINATOR) or by.member.has_role(Role.MEMBERSHIP)


def may_grant_role(by: Acting) -> bool:
    """Coordinators grant roles (a vote will, once there is a room for votes)."""
    return by.member.has_role(Role.COORDINATOR)


def may_act_for(member: Member, other: Member) -> bool:
    """Stewards act for their organisation; coordinators for whoever phones or writes."""
    if member == other:
        return True
    if other.left_at or member.left_at:
        return False
    return member.has_role(Role.COORDINATOR) or is_steward(member, other)


def is_steward(member: Member, organisation: Member) -> bool:
    """Whether somebody acts for an organisation at this moment."""
    return (
        Stewardship.objects.in_force(clock.now())
        .filter(steward=member, organisation=organisation)
        .exists()
    )


def may_change_policy(by: Acting) -> bool:
    """Coordinators enter what the network decided (a vote will do so itself)."""
    return by.member.has_role(Role.COORDINATOR)
