"""Who may do what with hours."""

from members.acting import Acting
from members.models import Member, Role
from members.permissions import may_act_for


def may_record_exchange(by: Acting, *, giver: Member, receiver: Member) -> bool:
    """Either side may, in their own name; whoever may act for a side, for two others."""
    sides = (giver, receiver)
    if by.member in sides:
        return by.for_member == by.member
    return by.for_member in sides and may_act_for(by.member, by.for_member)


def may_record_for_others(by: Acting) -> bool:
    """Coordinators write down what members tell them by phone or on paper."""
    return by.member.has_role(Role.COORDINATOR)


def may_see_statement(by: Acting, *, member: Member) -> bool:
    """Everybody sees their own; coordinators see those of the members they help."""
    return member in (by.member, by.for_member) or by.member.has_role(Role.COORDINATOR)


def may_see_forgiveness(by: Acting) -> bool:
    """Coordinators see where hours are to be forgiven."""
    return by.member.has_role(Role.COORDINATOR)


def may_decide_forgiveness(by: Acting, *, member: Member) -> bool:
    """Coordinators decide in their own name, and never about themselves or their household."""
    is_own_household = (
        member.household_id is not None
        and member.household_id == by.member.household_id
    )
    return (
        by.member.has_role(Role.COORDINATOR)
        and not by.is_for_another
        and by.member != member
        and not is_own_household
    )
