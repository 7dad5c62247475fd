"""My own profile, and who sees what of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from members import actions, permissions
from members.forms.profiles import LABELS, ChangePrivacyForm, ChangeProfileForm
from members.http import MemberRequest
from members.models import Eyes, Profile


def change_profile(request: MemberRequest) -> HttpResponse:
    """Tell neighbours of oneself."""
    if not permissions.may_change_profile(request.acting):
        raise PermissionDenied
    form = ChangeProfileForm(
        request.POST or None,
        profile=_profile(request),
        eyes=permissions.eyes_of(request.acting),
        is_theirs=permissions.is_theirs(request.acting),
    )
    if form.is_valid():
        try:
            actions.change_profile(by=request.acting, **form.deed())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("members:change-profile")
    page = {"form": form, "me": request.acting.for_member}
    status = 422 if form.errors else 200
    return render(request, "members/change_profile.html", page, status=status)


def change_privacy(request: MemberRequest) -> HttpResponse:
    """Decide who sees what, and look at it with others' eyes."""
    if not permissions.may_change_privacy(request.acting):
        raise PermissionDenied
    profile = _profile(request)
    form = ChangePrivacyForm(request.POST or None, profile=profile)
    if form.is_valid():
        try:
            actions.change_privacy(by=request.acting, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("members:change-privacy")
    page = {
        "form": form,
        "me": request.acting.for_member,
        "previews": [
            (_("What a neighbour sees"), *_seen(Eyes(), profile)),
            (_("What a coordinator sees"), *_seen(Eyes(is_coordinator=True), profile)),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "members/change_privacy.html", page, status=status)


def _profile(request: MemberRequest) -> Profile:
    profiles = Profile.objects.select_related("member", "neighbourhood")
    return profiles.get(pk=request.acting.for_member.pk)


def _seen(
    eyes: Eyes, profile: Profile
) -> tuple[list[tuple[object, object]], list[object]]:
    """Say what some eyes see at once, and what they may open one by one."""
    seen = eyes.seen(profile)
    if "languages" in seen:
        seen["languages"] = ", ".join(profile.languages_in_words)
    return (
        [(LABELS[field], value) for field, value in seen.items()],
        [LABELS[field] for field in eyes.may_open(profile)],
    )
