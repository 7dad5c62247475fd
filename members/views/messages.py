"""What neighbours write to each other."""

from django.contrib import messages as flashes
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, permissions
from members.forms.people import SendMessageForm
from members.http import MemberRequest, read_id
from members.models import Block, Member, Message

CONVERSATIONS_A_PAGE = 30
MESSAGES_A_PAGE = 30


@require_safe
def messages(request: MemberRequest) -> HttpResponse:
    """With whom I write, the latest first."""
    me = request.acting.for_member
    is_mine = permissions.may_read_messages(request.acting)
    page = {"me": me, "is_mine": is_mine, "conversations": [], "older": None}
    if is_mine:
        before = read_id(request.GET.get("before"))
        latest = Message.objects.latest_with_each(me)
        if before is not None:
            latest = latest.filter(pk__lt=before)
        rows = list(latest[: CONVERSATIONS_A_PAGE + 1])
        shown = rows[:CONVERSATIONS_A_PAGE]
        page["conversations"] = [(row, row.other_than(me)) for row in shown]
        if len(rows) > CONVERSATIONS_A_PAGE:
            page["older"] = shown[-1].pk
    return render(request, "members/messages.html", page)


@require_safe
def message(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead to the conversation in which a message stands."""
    me = request.acting.for_member
    if not permissions.may_read_messages(request.acting):
        raise Http404
    found = get_object_or_404(
        Message.objects.visible_to(me).select_related("sender", "receiver"), pk=pk
    )
    return redirect("members:send-message", found.other_than(me).pk)


def send_message(request: MemberRequest, pk: int) -> HttpResponse:
    """What two members wrote to each other, and room for the next words."""
    me, by = request.acting.for_member, request.acting
    is_mine = permissions.may_read_messages(by)
    written = Message.objects.visible_to(me) if is_mine else Message.objects.none()
    other = _other(request, pk)
    form = SendMessageForm(request.POST or None)
    if form.is_valid():
        try:
            actions.send_message(by=by, receiver=other, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            flashes.success(request, _sent(other))
            if not is_mine:
                return redirect(other)
            return redirect("members:send-message", other.pk)
    with_other = written.between(me, other).order_by("-id")
    if (before := read_id(request.GET.get("before"))) is not None:
        with_other = with_other.filter(pk__lt=before)
    rows = list(
        with_other.select_related("sender", "recorded_by")[: MESSAGES_A_PAGE + 1]
    )
    page = {
        "form": form,
        "me": me,
        "other": other,
        "is_mine": is_mine,
        "is_here": Member.objects.visible_to(request.user).filter(pk=pk).exists(),
        "is_blocked": Block.objects.filter(member=me, blocked=other).exists(),
        "written": rows[:MESSAGES_A_PAGE],
        "older": rows[MESSAGES_A_PAGE - 1].pk if len(rows) > MESSAGES_A_PAGE else None,
    }
    status = 422 if form.errors else 200
    return render(request, "members/send_message.html", page, status=status)


def _other(request: MemberRequest, pk: int) -> Member:
    """Find whom to write to: somebody who is seen, or who wrote before."""
    me = request.acting.for_member
    if pk == me.pk:
        raise Http404
    members = Member.objects.select_related("profile")
    other: Member = get_object_or_404(members, pk=pk)
    if members.visible_to(request.user).filter(pk=pk).exists():
        return other
    wrote = Message.objects.visible_to(me).between(me, other).exists()
    if not wrote or not permissions.may_read_messages(request.acting):
        raise Http404
    return other


def _sent(other: Member) -> str:
    if other.on_leave_at:
        return _(
            "Sent. %(name)s is away for a while, so an answer may take longer."
        ) % {"name": other.first_name}
    return _("Sent.")
