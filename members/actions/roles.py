"""Who carries which task."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Member, Role, RoleGrant


@deed
def grant_role(
    *,
    by: Acting,
    member: Member,
    role: Role,
    decision: str = "",
    decision_url: str = "",
) -> RoleGrant:
    """Give a member a role from now on. Whoever holds it already keeps it."""
    if not permissions.may_grant_role(by):
        raise PermissionDenied
    if member.left_at:
        raise ValidationError(
            _("%(name)s has left the network, so they carry no task here."),
            code="member_left",
            params={"name": member},
        )
    grant, _is_new = RoleGrant.objects.get_or_create(
        member=member,
        role=role,
        ended_at=None,
        defaults={
            "granted_by": by.member,
            "started_at": clock.now(),
            "decision": decision,
            "decision_url": decision_url,
        },
    )
    return grant
