"""The letters that did not arrive, for coordinators; and samples, for those who build."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import actions, clock, permissions, samples
from members.http import MemberRequest, page_of, told
from members.models import Letter
from members.notices import KINDS, SAMPLES


@require_safe
def letters(request: MemberRequest) -> HttpResponse:
    """Letters that nobody could deliver, and whether the post goes out at all."""
    if not permissions.may_see_to_letters(request.acting):
        raise PermissionDenied
    mine_to_see = Letter.objects.visible_to(request.user)
    given_up = mine_to_see.given_up().select_related("member").defer("text")
    shown = page_of(request, given_up)
    late = mine_to_see.late(clock.now())
    page = {
        "page_obj": shown,
        "letters": [
            (letter, KINDS[letter.kind].label if letter.kind in KINDS else None)
            for letter in shown
        ],
        "late": late.first(),
        "late_count": late.count(),
    }
    return render(request, "members/letters.html", page)


@require_POST
def retry_letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a letter once more."""
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    with told(request, _("It is on its way again.")):
        actions.retry_letter(by=request.acting, letter=letter)
    return redirect("members:letters")


@require_POST
def put_away_letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a letter off the list."""
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    with told(request, _("It is put away.")):
        actions.put_away_letter(by=request.acting, letter=letter)
    return redirect("members:letters")


@login_not_required
@require_safe
def sample_letters(request: HttpRequest) -> HttpResponse:
    """Show builders every kind of letter, only where they build, and in the demo."""
    _only_for_builders()
    shown = [(name, samples.letter_of(name)) for name in sorted(SAMPLES)]
    return render(request, "members/sample_letters.html", {"samples": shown})


@login_not_required
@require_safe
def sample_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One kind of letter: its outside, and its text."""
    email = _email(name)
    page = {
        "name": name,
        "email": email,
        "headers": sorted(email.message().items()),
    }
    return render(request, "members/sample_letter.html", page)


# What is written for mail programs carries its style within; here, and nowhere else.
@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]
@login_not_required
@require_safe
def sample_letter_page(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """The same letter as mail programs show it."""
    return HttpResponse(_email(name).alternatives[0][0])


def _email(name: str) -> EmailMultiAlternatives:
    _only_for_builders()
    if name not in SAMPLES:
        raise Http404
    return samples.email_of_sample(name)


def _only_for_builders() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
