"""Who carries which task."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members import clock, permissions
from members.acting import Acting
from members.models import Member, Role, RoleGrant


@transaction.atomic
def grant_role(*, by: Acting, member: Member, role: Role) -> RoleGrant:
    """Give a member a role from now on. Whoever holds it already keeps it."""
    if not permissions.may_grant_role(by):
        raise PermissionDenied
    grant, _is_new = RoleGrant.objects.get_or_create(
        member=member,
        role=role,
        ended_at=None,
        defaults={"granted_by": by.member, "started_at": clock.now()},
    )
    return grant
