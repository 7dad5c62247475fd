"""What was done for me; saying that it is not right; and the answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import actions, permissions
from members.forms.acting import AnswerContestForm, ContestDeedForm
from members.http import MemberRequest, oneself, read_id
from members.models import DeedForAnother

A_PAGE = 30


@require_safe
def done_for_me(request: MemberRequest) -> HttpResponse:
    """What others did for me: coordinators by phone or on paper, stewards of mine."""
    me = request.acting.for_member
    mine = DeedForAnother.objects.filter(recorded_for=me)
    return render(request, "members/done_for_me.html", _listed(request, mine, "-id"))


@require_safe
def contested(request: MemberRequest) -> HttpResponse:
    """What members contested and waits for a coordinator's answer, oldest first."""
    if not permissions.may_see_contests(request.acting):
        raise PermissionDenied
    waiting = DeedForAnother.objects.contested().with_people()
    page = {"deeds": waiting[:100], "me": request.user}
    return render(request, "members/contested.html", page)


def _listed(
    request: MemberRequest, deeds: QuerySet[DeedForAnother], order: str
) -> dict[str, object]:
    """One page of deeds, the newest first."""
    deeds = deeds.select_related("recorded_by").order_by(order)
    if (before := read_id(request.GET.get("before"))) is not None:
        deeds = deeds.filter(id__lt=before)
    shown = list(deeds[: A_PAGE + 1])
    older = shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None
    return {"deeds": shown[:A_PAGE], "older": older}


def _deed(request: MemberRequest, pk: int) -> DeedForAnother:
    """The deed, for whoever may know of it: in their own name, or for whom they act."""
    visible = DeedForAnother.objects.visible_to(request.acting.for_member)
    if request.acting.is_for_another:
        visible = visible | DeedForAnother.objects.visible_to(request.user)
    return get_object_or_404(visible.with_people(), pk=pk)


@require_safe
def deed_for_another(request: MemberRequest, pk: int) -> HttpResponse:
    """One deed that was done for somebody: by whom, how, and what was said about it."""
    noted = _deed(request, pk)
    page = {
        "noted": noted,
        "may_contest": noted.contested_at is None
        and permissions.may_contest_deed(request.acting, deed=noted),
        "may_answer": noted.waits_for_an_answer
        and permissions.may_answer_contest(request.acting, deed=noted),
    }
    return render(request, "members/deed_for_another.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def contest_deed(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that something which was done for me is not right."""
    noted = _deed(request, pk)
    if not permissions.may_contest_deed(request.acting, deed=noted):
        raise PermissionDenied
    form = ContestDeedForm(request.POST or None)
    if form.is_valid():
        try:
            actions.contest_deed(
                by=request.acting, contested=noted, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("A coordinator who did not do it will look at it and answer."),
            )
            return redirect(noted)
    page = {"form": form, "noted": noted}
    status = 422 if form.errors else 200
    return render(request, "members/contest_deed.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_contest(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer what a member contested; never as the one who did it."""
    noted = _deed(request, pk)
    if not permissions.may_answer_contest(request.acting, deed=noted):
        raise PermissionDenied
    form = AnswerContestForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer_contest(
                by=oneself(request),
                contested=noted,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Answered, and both of them were told."))
            return redirect("members:contested")
    page = {"form": form, "noted": noted}
    status = 422 if form.errors else 200
    return render(request, "members/answer_contest.html", page, status=status)
