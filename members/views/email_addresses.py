"""A new e-mail address: asked for, confirmed, or told to a coordinator."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from members import actions, permissions
from members.acting import Acting
from members.forms.sign_in import ChangeEmailForm, EmailForm
from members.http import MemberRequest, only_oneself, sure_it_is_you
from members.http.sign_in import SignIn
from members.models import Channel, Member

WRITTEN = gettext_lazy(
    "We wrote to %(email)s. Open the link in that letter within two days."
)


@require_http_methods(["GET", "HEAD", "POST"])
@only_oneself
@sure_it_is_you
def ask_for_new_email(request: MemberRequest) -> HttpResponse:
    """Name a new address of mine; a letter to it asks whether it is right."""
    form = EmailForm(request.POST or None)
    if form.is_valid():
        try:
            if not ratelimit.consume(request, action="change_email", user=request.user):
                raise SignIn().validation_error("rate_limited")
            actions.ask_for_new_email(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, WRITTEN % form.cleaned_data)
            return redirect("members:sessions")
    status = 422 if form.errors else 200
    return render(
        request, "members/ask_for_new_email.html", {"form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: use this address from now on."""
    try:
        if request.method == "POST":
            actions.confirm_email(token=token)
            messages.success(request, _("Your new e-mail address is in use."))
            return redirect("home")
        _link, email = actions.read_email_link(token)
    except ValidationError as refusal:
        page = {"refusal": refusal.messages[0]}
        return render(request, "members/email_link_spent.html", page, status=410)
    return render(request, "members/confirm_email.html", {"email": email})


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def change_email(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down the new address of a member who told it, or of my organisation."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    if member == request.user:
        return redirect("members:ask-for-new-email")
    channels = permissions.channels_for(request.user, member)
    if not channels:
        raise PermissionDenied
    form = ChangeEmailForm(channels, request.POST or None)
    if form.is_valid():
        words = form.cleaned_data
        by = Acting(request.user, member, Channel(words["channel"]))
        try:
            if not ratelimit.consume(request, action="change_email", user=request.user):
                raise SignIn().validation_error("rate_limited")
            messages.success(request, _taken_down(by, words["email"]))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("members:acting")
    page = {"form": form, "member": member}
    status = 422 if form.errors else 200
    return render(request, "members/change_email.html", page, status=status)


def _taken_down(by: Acting, email: str) -> str:
    """Take an address down: told by phone it counts, a steward's is asked by a letter."""
    if by.channel == Channel.WEB:
        actions.ask_for_new_email(by=by, email=email)
        return WRITTEN % {"email": email}
    actions.change_email(by=by, member=by.for_member, email=email)
    return _("The new address is in use.")
