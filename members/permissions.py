"""Who may do what among members."""

from members.acting import Acting
from members.models import Role


def may_welcome_member(by: Acting) -> bool:
    """Coordinators welcome new members."""
    return by.member.has_role(Role.COORDINATOR)


def may_grant_role(by: Acting) -> bool:
    """Coordinators grant roles (a vote will, once there is a room for votes)."""
    return by.member.has_role(Role.COORDINATOR)
