"""The pages of exchanges: logging hours, and the statement of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from members.http import MemberRequest, choose_member, read_id, words_sought
from members.models import Member
from timebank import actions, permissions
from timebank.forms import RecordExchangeForm, RecordExchangeForOthersForm
from timebank.models import Exchange
from timebank.statements import statement_page


def record_exchange(request: MemberRequest) -> HttpResponse:
    """Log hours with a neighbour: first who it was, then how long and what."""
    neighbour = _chosen(request, "neighbour")
    if neighbour is None and not request.POST:
        return _choose(request, "neighbour", _("Who was it with?"))
    form = RecordExchangeForm(
        request.POST or None, initial=_begun(request), reader=request.user
    )
    page = {"form": form, "neighbour": neighbour}
    return _record(request, form, "timebank/record_exchange.html", page)


def record_exchange_for_others(request: MemberRequest) -> HttpResponse:
    """Write down what two members did, as one of them told it."""
    if not permissions.may_record_for_others(request.acting):
        raise PermissionDenied
    giver, receiver = _chosen(request, "giver"), _chosen(request, "receiver")
    if giver is None and not request.POST:
        return _choose(request, "giver", _("Who helped?"))
    if receiver is None and not request.POST:
        question = _("Whom did %(giver)s help?") % {"giver": giver}
        return _choose(request, "receiver", question, giver=giver)
    form = RecordExchangeForOthersForm(
        request.POST or None, initial=_begun(request), reader=request.user
    )
    page = {"form": form, "giver": giver, "receiver": receiver}
    return _record(request, form, "timebank/record_exchange_for_others.html", page)


def _record(
    request: MemberRequest,
    form: RecordExchangeForm | RecordExchangeForOthersForm,
    template: str,
    page: dict[str, Any],
) -> HttpResponse:
    if form.is_valid():
        try:
            exchange = actions.record_exchange(**form.deed(request.acting))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Recorded. The hours have moved."))
            return redirect(exchange)
    return render(request, template, page, status=422 if form.errors else 200)


def _begun(request: MemberRequest) -> dict[str, str]:
    """What the address says already, as "the same again" does. A key is never among it."""
    names = ("neighbour", "giver", "receiver", "direction", "minutes", "what")
    return {name: request.GET[name] for name in names if name in request.GET}


def _chosen(request: MemberRequest, name: str) -> Member | None:
    """Who was chosen so far. A forged address is 404; a forged form says so in place."""
    asked = request.POST.get(name) if request.POST else request.GET.get(name)
    if not asked:
        return None
    number = read_id(asked)
    known = Member.objects.not_blocking(request.user)
    member = known.filter(pk=number).first() if number is not None else None
    if member is None and not request.POST:
        raise Http404
    return member


def _choose(
    request: MemberRequest, name: str, question: str, **chosen: Member | None
) -> HttpResponse:
    """Ask for one person: those of late first, then a search by name or number."""
    me = request.acting.for_member
    taken = {me, *chosen.values()}
    here = Member.objects.visible_to(request.user)
    of_late = [] if words_sought(request) else Exchange.objects.neighbours_of_late(me)
    return choose_member(
        request,
        question,
        here.exclude(pk__in=[one.pk for one in taken if one]),
        name=name,
        kept=chosen,
        of_late=[one for one in of_late if one not in taken],
    )


def exchange(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One exchange: who, what, how long, and how it came into the books."""
    me = request.acting.for_member
    visible = Exchange.objects.visible_to(me, also=request.user).with_people()
    page = {"exchange": get_object_or_404(visible, pk=pk), "me": me}
    return render(request, "timebank/exchange.html", page)


def statement(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Where somebody stands, and every line that led there."""
    me = request.acting.for_member
    member = me if pk is None else get_object_or_404(Member, pk=pk)
    if not permissions.may_see_statement(request.acting, member=member):
        raise Http404
    page = statement_page(member, latest=read_id(request.GET.get("latest")))
    return render(
        request, "timebank/statement.html", {"member": member, "me": me, "page": page}
    )
