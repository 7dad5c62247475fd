"""Whom I blocked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, permissions
from members.http import MemberRequest, told
from members.models import Block, Member


@require_safe
def blocks(request: MemberRequest) -> HttpResponse:
    """Those whom I blocked, and the way to lift it again."""
    if not permissions.is_theirs(request.acting):
        # Whom somebody blocks, no coordinator reads.
        return render(request, "members/only_oneself.html", status=403)
    mine = Block.objects.filter(member=request.acting.for_member)
    page = {
        "me": request.acting.for_member,
        "blocks": mine.select_related("blocked").order_by("-blocked_at"),
    }
    return render(request, "members/blocks.html", page)


def block_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether somebody is to be blocked, and do it."""
    if not permissions.may_block_member(request.acting):
        raise PermissionDenied
    others = Member.objects.exclude(pk=request.acting.for_member.pk)
    member = get_object_or_404(others.visible_to(request.user), pk=pk)
    if request.method == "POST":
        try:
            actions.block_member(by=request.acting, member=member)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(member)
        messages.success(request, _("Blocked. Nobody was told."))
        return redirect("members:blocks")
    return render(request, "members/block_member.html", {"member": member})


@require_POST
def unblock_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Lift a block."""
    mine = Member.objects.filter(blocked_by__member=request.acting.for_member)
    member = get_object_or_404(mine, pk=pk)
    with told(request, _("The block is lifted.")):
        actions.unblock_member(by=request.acting, member=member)
    return redirect("members:blocks")
