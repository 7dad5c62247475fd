"""Who may do what among members."""

from members import clock
from members.acting import Acting
from members.models import ActionLink, Invitation, Member, Role, Stewardship


def may_welcome_member(by: Acting) -> bool:
    """Coordinators and those who look after membership welcome new members."""
    return by.member.has_role(Role.COORDINATOR) or by.member.has_role(Role.MEMBERSHIP)


def may_answer_application(by: Acting) -> bool:
    """Coordinators and those who look after membership lead newcomers to their welcome."""
    return may_welcome_member(by)


def may_set_orientation(by: Acting) -> bool:
    """Coordinators set the steps that newcomers go through, as the network wants them."""
    return by.member.has_role(Role.COORDINATOR)


def may_set_places(by: Acting) -> bool:
    """Coordinators draw the neighbourhoods, and note who shares a household."""
    return by.member.has_role(Role.COORDINATOR)


def may_invite(by: Acting) -> bool:
    """Every member may invite others."""
    return not by.for_member.left_at


def may_invite_many(by: Acting) -> bool:
    """Coordinators and those who look after membership invite a whole list at once."""
    return may_welcome_member(by)


def may_withdraw_invitation(by: Acting, *, invitation: Invitation) -> bool:
    """Whoever invited may take an invitation back; so may those who welcome."""
    return invitation.recorded_for == by.for_member or may_welcome_member(by)


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


def may_follow_link(by: Acting, *, link: ActionLink) -> bool:
    """A link in a letter serves whom it was sent to, and stewards of an organisation."""
    if by.for_member != link.member:
        return False
    return by.member == link.member or is_steward(by.member, link.member)
