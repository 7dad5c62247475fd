"""For whom somebody acts: choosing, and stopping."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, clock
from members.acting import Acting
from members.forms.acting import BeginActingForm
from members.http import ACTING_FOR, MemberRequest, look_for, read_id
from members.http.requests import STEWARD
from members.models import Channel, DeedForAnother, Member, Stewardship


@require_safe
def acting(request: MemberRequest) -> HttpResponse:
    """Choose for whom to act: my organisations, or whoever phones or hands in a slip."""
    me = request.user
    mine = (
        Stewardship.objects.in_force(clock.now())
        .filter(steward=me, organisation__left_at__isnull=True)
        .select_related("organisation")
        .order_by("organisation__folded_name")
    )
    page: dict[str, Any] = {"mine": list(mine)}
    if request.session.get(STEWARD) != bool(page["mine"]):
        request.session[STEWARD] = bool(page["mine"])
    if me.is_coordinator:
        others = Member.objects.visible_to(me).exclude(pk=me.pk)
        page |= look_for(request, others) | {
            "chosen": others.filter(pk=read_id(request.GET.get("member"))).first(),
            "contested": DeedForAnother.objects.contested().count(),
        }
    return render(request, "members/acting.html", page)


@require_POST
def begin_acting(request: MemberRequest) -> HttpResponse:
    """Act for somebody from now on, until one stops."""
    form = BeginActingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose for whom, and say how they told you."))
        return redirect("members:acting")
    visible = Member.objects.visible_to(request.user)
    member = get_object_or_404(visible, pk=form.cleaned_data["member"])
    channel = Channel(form.cleaned_data["channel"])
    actions.begin_acting(by=Acting(request.user, member, channel))
    request.session[ACTING_FOR] = {"member": member.pk, "channel": channel.value}
    return redirect("home")


@require_POST
def stop_acting(request: MemberRequest) -> HttpResponse:
    """Be here as oneself again."""
    request.session.pop(ACTING_FOR, None)
    messages.success(request, _("You are here as yourself again."))
    return redirect("members:acting" if request.user.is_coordinator else "home")
