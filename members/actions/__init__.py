"""The deeds of this room."""

from members.actions.letters import send_letters
from members.actions.links import follow_link
from members.actions.notices import mark_notices_read
from members.actions.policies import begin_policies, change_policy
from members.actions.roles import grant_role
from members.actions.welcome import found_network, welcome_member

__all__ = [
    "begin_policies",
    "change_policy",
    "follow_link",
    "found_network",
    "grant_role",
    "mark_notices_read",
    "send_letters",
    "welcome_member",
]
