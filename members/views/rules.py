"""The rules: every number that governs the network, since when, and who decided it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.forms.rules import ChangePolicyForm
from members.http import MemberRequest, sure_it_is_you
from members.models import PolicyVersion
from members.policies import REGISTER, Policy, in_force


@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    """All rules by room, each with its number and the decision behind it."""
    latest = {
        version.policy: version
        for version in PolicyVersion.objects.latest_by(clock.now())
    }
    by_room: dict[str, list[dict[str, Any]]] = {}
    for policy in REGISTER.values():
        version = latest.get(policy.name)
        value = version.value if version else policy.default
        row = {"policy": policy, "version": version, "value": value}
        by_room.setdefault(str(policy.room), []).append(row)
    return render(request, "members/rules.html", {"rooms": sorted(by_room.items())})


@require_safe
def rule(request: MemberRequest, name: str) -> HttpResponse:
    """One rule: what holds now, what comes, and everything that was decided before."""
    policy = _policy(name)
    now = clock.now()
    versions = list(
        PolicyVersion.objects.filter(policy=name)
        .select_related("recorded_by", "recorded_for")
        .order_by("-in_force_from", "-recorded_at", "-id")
    )
    page = {
        "policy": policy,
        "value": in_force(now)[policy],
        "to_come": [one for one in versions if one.in_force_from > now],
        "versions": [one for one in versions if one.in_force_from <= now],
        "may_change": permissions.may_change_policy(request.acting),
    }
    return render(request, "members/rule.html", page)


@sure_it_is_you
def change_policy(request: MemberRequest, name: str) -> HttpResponse:
    """Enter what was decided about one rule."""
    policy = _policy(name)
    if not permissions.may_change_policy(request.acting):
        raise PermissionDenied
    form = ChangePolicyForm(policy, request.POST or None)
    if form.is_valid():
        try:
            version = actions.change_policy(by=request.acting, **form.deed())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Entered. Everybody can read it here."))
            return redirect(version)
    page = {"policy": policy, "value": in_force()[policy], "form": form}
    return render(
        request,
        "members/change_policy.html",
        page,
        status=422 if form.errors else 200,
    )


def _policy(name: str) -> Policy[Any]:
    if name not in REGISTER:
        raise Http404
    return REGISTER[name]
