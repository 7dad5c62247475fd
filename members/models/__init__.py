"""Members, the roles they hold, what they are told, and how a deed reached us."""

from members.models.members import Member
from members.models.notices import Notice
from members.models.recording import Channel, Recorded
from members.models.roles import Role, RoleGrant

__all__ = ["Channel", "Member", "Notice", "Recorded", "Role", "RoleGrant"]
