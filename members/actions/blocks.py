"""Blocks: to be left alone by somebody, without a quarrel about it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Block, Member


@deed(words=gettext_lazy("blocked a member"))
def block_member(*, by: Acting, member: Member) -> Block:
    """Hide from a member and hear of them no more. They are not told; twice is once."""
    if not permissions.may_block_member(by):
        raise PermissionDenied
    if member == by.for_member:
        raise ValidationError(_("Nobody can block themselves."), code="oneself")
    Member.objects.filter(pk__in=[by.for_member.pk, member.pk]).all_held()
    block, _is_new = Block.objects.get_or_create(
        member=by.for_member, blocked=member, defaults={"blocked_at": clock.now()}
    )
    return block


@deed(words=gettext_lazy("ended a block"))
def unblock_member(*, by: Acting, member: Member) -> Member:
    """Be seen and reached by a member again. Who was not blocked stays so."""
    if not permissions.may_block_member(by):
        raise PermissionDenied
    Block.objects.filter(member=by.for_member, blocked=member).delete()
    return member
