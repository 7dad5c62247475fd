"""The shape of what is asked for where people look for each other and write."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from members.forms.fields import KeyedForm
from members.models import COMMON, LANGUAGES, MemberKind, Neighbourhood


def languages_to_choose() -> list[tuple[Any, Any]]:
    """Offer the languages that are often spoken first, then all others by their names."""
    often = [(code, LANGUAGES[code]) for code in COMMON]
    others = [one for one in LANGUAGES.items() if one[0] not in COMMON]
    return [(_("Often spoken"), often), (_("All others"), others)]


class PeopleForm(forms.Form):
    """Whom to look for. Anything may stay open."""

    q = forms.CharField(
        label=_("Name or member number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "hx-get": reverse_lazy("members:people"),
                "hx-include": "closest form",
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#people",
                "hx-select": "#people > *",
                "hx-push-url": "false",
                "hx-sync": "this:replace",
            }
        ),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.by_name(),
        label=_("Neighbourhood"),
        required=False,
        empty_label=_("everywhere"),
    )
    language = forms.ChoiceField(
        label=_("Speaks"),
        required=False,
        choices=lambda: [("", _("any language")), *languages_to_choose()],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("people and organisations")), *MemberKind.choices],
    )
    new = forms.BooleanField(label=_("Only those who are new here"), required=False)


class SendMessageForm(KeyedForm):
    """Words to a neighbour."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write some words first."),
            "max_length": _("That is too long. Send it in two parts."),
        },
    )
