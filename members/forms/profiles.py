"""The shape of what somebody tells of themselves, and to whom."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.forms.people import languages_to_choose
from members.models import (
    COMMON,
    FIELDS,
    LANGUAGES,
    SENSITIVE,
    Audience,
    ContactWay,
    Eyes,
    Neighbourhood,
    Profile,
)
from members.plain_text import check_lines, check_name, check_one_line

LABELS = {
    "pronouns": _("Pronouns"),
    "about": _("About me"),
    "languages": _("Languages that I speak"),
    "neighbourhood": _("Neighbourhood"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "address": _("Address"),
    "emergency": _("Emergency contact"),
}


def one_line(label: Any, longest: int, **more: Any) -> forms.CharField:
    """A line of text that may stay open."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        validators=[check_one_line],
        **more,
    )


class ChangeProfileForm(forms.Form):
    """What somebody tells of themselves.

    Whoever writes it down for somebody else does not read here what they may only open,
    or not see at all: such a field stays as it was where it is left empty.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say how neighbours call you.")},
    )
    pronouns = one_line(LABELS["pronouns"], 40)
    about = forms.CharField(
        label=LABELS["about"],
        required=False,
        max_length=1000,
        validators=[check_lines],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    languages = forms.MultipleChoiceField(
        label=LABELS["languages"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose languages from the list.")},
    )
    one_more = forms.ChoiceField(
        label=_("One more language"),
        required=False,
        choices=lambda: [("", _("none")), *languages_to_choose()],
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.by_name(),
        label=LABELS["neighbourhood"],
        required=False,
        empty_label=_("not said"),
    )
    phone = one_line(
        LABELS["phone"],
        40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    address = one_line(LABELS["address"], 200)
    emergency = one_line(LABELS["emergency"], 200)
    contact_way = forms.ChoiceField(
        label=_("Reach me best"), choices=ContactWay, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Pages and letters come in"), required=False)
    take_away = forms.MultipleChoiceField(
        label=_("Take away what stands there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any, *, profile: Profile, eyes: Eyes, is_theirs: bool
    ) -> None:
        self.hidden = [
            field
            for field in FIELDS
            if field != "email"
            and not is_theirs
            and (field in SENSITIVE or not eyes.may_see(profile, field))
        ]
        super().__init__(data, initial=self._told(profile))
        spoken = dict.fromkeys([*COMMON, *self.initial.get("languages", [])])
        self._fields["languages"].choices = [
            (code, LANGUAGES.get(code, code)) for code in spoken
        ]
        self._fields["language"].choices = settings.LANGUAGES
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        self._fields["take_away"].choices = [(key, LABELS[key]) for key in self.hidden]
        if not self.hidden:
            del self.fields["take_away"]
        self._say_who_sees(profile)

    @property
    def _fields(self) -> dict[str, Any]:
        return self.fields

    def _told(self, profile: Profile) -> dict[str, Any]:
        shown = {*self.base_fields, "email"} - {"one_more", "take_away", *self.hidden}
        told: dict[str, Any] = {
            field: getattr(profile, field) for field in shown if hasattr(profile, field)
        }
        return told | {"name": profile.member.name, "language": profile.member.language}

    def _say_who_sees(self, profile: Profile) -> None:
        for field in LABELS.keys() & self.fields.keys():
            audience = getattr(profile, f"get_{field}_audience_display")()
            seen_by = _("Seen by %(audience)s.") % {"audience": audience}
            if field in self.hidden:
                seen_by = _(
                    "%(seen_by)s It is not shown here: left empty, it stays as it is."
                ) % {"seen_by": seen_by}
            self.fields[field].help_text = seen_by

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        told = self.cleaned_data.copy()
        more, away = told.pop("one_more"), told.pop("take_away", [])
        if more and more not in told["languages"]:
            told["languages"] = [*told["languages"], more]
        for field in self.hidden:
            if field in away:
                told[field] = {"languages": [], "neighbourhood": None}.get(field, "")
            elif not told[field]:
                del told[field]
        return told


class ChangePrivacyForm(forms.Form):
    """Who sees what of somebody: one choice a field."""

    def __init__(self, data: Any, *, profile: Profile) -> None:
        now = {field: getattr(profile, f"{field}_audience") for field in FIELDS}
        super().__init__(data, initial=now)
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=LABELS[field],
                choices=Audience,
                error_messages={"required": _("Say who may see it.")},
            )
