"""What somebody tells of themselves, and to whom."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import FIELDS, LANGUAGES, Audience, Member, NameChange, Profile
from members.plain_text import check_name
from members.refusals import beside, left

LONGEST_NAME = 80
LONGEST_ABOUT = 1000

# Beside the member's own name and language; each is a column of the profile.
TOLD = {
    "pronouns",
    "about",
    "languages",
    "neighbourhood",
    "phone",
    "address",
    "emergency",
    "contact_way",
}


@deed(words=gettext_lazy("changed the profile"))
def change_profile(
    *, by: Acting, name: str, language: str | None = None, **tells: Any
) -> Profile:
    """Change what somebody tells of themselves; what is not named stays as it was.

    A name is not changed without a trace: coordinators can read the one before.
    """
    assert tells.keys() <= TOLD, tells.keys() - TOLD
    if not permissions.may_change_profile(by):
        raise PermissionDenied
    profile = _locked(by.for_member)
    _change_name(by, profile.member, name)
    if language:
        Member.objects.filter(pk=profile.pk).update(language=language)
    unknown = set(tells.get("languages", [])) - set(LANGUAGES)
    if unknown:
        raise beside("languages", _("Choose languages from the list."), "unknown")
    if len(tells.get("about", "")) > LONGEST_ABOUT:
        raise beside("about", _("That is too long. Keep the best of it."), "max_length")
    for field, value in tells.items():
        setattr(profile, field, value)
    profile.full_clean(exclude=["member"], validate_constraints=False)
    profile.save(update_fields=tells.keys() or None)
    return profile


@deed(words=gettext_lazy("changed who sees what"))
def change_privacy(*, by: Acting, **audiences: Audience) -> Profile:
    """Decide who sees what, field by field; what is not named stays as it was."""
    assert audiences.keys() <= set(FIELDS), audiences.keys()
    if not permissions.may_change_privacy(by):
        raise PermissionDenied
    profile = _locked(by.for_member)
    for field, audience in audiences.items():
        setattr(profile, f"{field}_audience", Audience(audience))
    profile.save(update_fields=[f"{field}_audience" for field in audiences])
    return profile


def _locked(member: Member) -> Profile:
    """Fetch a profile while nobody else changes it."""
    profile = (
        Profile.objects.select_related("member")
        .select_for_update(no_key=True)
        .get(pk=member.pk)
    )
    if profile.member.left_at:
        raise left(
            profile.member,
            _("%(name)s has left the network, so nothing is changed here."),
        )
    return profile


def _change_name(by: Acting, member: Member, name: str) -> None:
    name = " ".join(name.split())
    if name == member.name:
        return
    try:
        check_name(name)
    except ValidationError as refusal:
        raise ValidationError({"name": refusal}) from None
    if len(name) > LONGEST_NAME:
        raise beside("name", _("That is too long for a name here."), "max_length")
    NameChange.objects.create(
        member=member, name=member.name, **by.recorded(clock.now())
    )
    member.name = name
    member.save(update_fields=["name"])
