"""Who carries which task, and how tasks are given and end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.forms.roles import GrantRoleForm
from members.http import (
    MemberRequest,
    acting_about,
    choose_member,
    chosen_member,
    sure_it_is_you,
    told,
)
from members.models import Member, Role, RoleGrant


@require_safe
def roles(request: MemberRequest) -> HttpResponse:
    """Who carries which task, since when and by whose decision."""
    grants = (
        RoleGrant.objects.in_force()
        .filter(member__left_at__isnull=True)
        .select_related("member")
        .order_by("member__name", "pk")
    )
    carried: dict[str, list[RoleGrant]] = {role: [] for role in Role.values}
    for grant in grants:
        carried[grant.role].append(grant)
    page = {
        "carried": [(Role(role).label, held) for role, held in carried.items()],
        "may_grant": permissions.may_grant_role(request.acting),
    }
    return render(request, "members/roles.html", page)


@sure_it_is_you
def grant_role(request: MemberRequest) -> HttpResponse:
    """Give somebody a task: first who, then which and by whose decision."""
    if not permissions.may_grant_role(request.acting):
        raise PermissionDenied
    people = Member.objects.visible_to(request.user)
    member = chosen_member(request, people)
    if member is None:
        return choose_member(request, _("Who will carry a task?"), people)
    form = GrantRoleForm(request.POST or None)
    if form.is_valid():
        try:
            actions.grant_role(
                by=acting_about(request, member), member=member, **form.deed()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            done = _("%(name)s carries the task from now on.") % {"name": member}
            messages.success(request, done)
            return redirect("members:roles")
    page = {"form": form, "member": member}
    return render(
        request, "members/grant_role.html", page, status=422 if form.errors else 200
    )


@sure_it_is_you
def end_role(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask, then end a task; one's own may be laid down, too."""
    in_force = RoleGrant.objects.select_related("member")
    grant = get_object_or_404(in_force, pk=pk)
    if not permissions.may_end_role(request.acting, grant=grant):
        raise PermissionDenied
    is_over = grant.ended_at is not None and grant.ended_at <= clock.now()
    if request.method == "POST" and not is_over:
        with told(request, _("The task has ended.")):
            by = acting_about(request, grant.member)
            actions.end_role(by=by, grant=grant)
    elif not is_over:
        page = {"grant": grant, "is_mine": grant.member == request.user}
        return render(request, "members/end_role.html", page)
    return redirect("members:roles")
