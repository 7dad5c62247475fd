"""Everything of mine on one page: what I tell, what I promised, how I sign in, how I leave."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members import clock, permissions
from members.http import MemberRequest
from members.models import MEMBERSHIP, Role


@require_safe
def me(request: MemberRequest) -> HttpResponse:
    """Where I find what is mine, in a few groups of plain words."""
    mine = request.acting.for_member
    signed = permissions.has_signed_current(mine, MEMBERSHIP, clock.now())
    page = {
        "me": mine,
        "is_myself": not request.acting.is_for_another,
        "roles": [role.label for role in Role if mine.has_role(role)],
        "is_to_sign": not signed,
    }
    return render(request, "members/me.html", page)
