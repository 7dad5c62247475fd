"""What is asked about neighbourhoods and households."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Household, Member, Neighbourhood
from members.plain_text import check_one_line


class NeighbourhoodForm(forms.Form):
    """A neighbourhood: its name, what it lies in, and its centre."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        validators=[check_one_line],
        error_messages={"required": _("Give the neighbourhood its name.")},
    )
    parent = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Lies in"),
        required=False,
        empty_label=_("nothing larger"),
    )
    latitude = forms.FloatField(
        label=_("Latitude of its centre"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=_("In degrees, like 43.0731. For distances between parts of town."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    longitude = forms.FloatField(
        label=_("Longitude of its centre"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("In degrees, west is below zero: -89.4012."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents: Any = self.fields["parent"]
        parents.queryset = Neighbourhood.objects.by_name()


class MemberField(forms.CharField):
    """One member, by their number or by a name that nobody else has."""

    default_error_messages = {
        "unknown": _("Nobody here is called so. Try the member number."),
        "several": _("Several are called so: %(who)s. Write the member number."),
    }

    def clean(self, value: Any) -> Any:
        """Find the member, or say how to tell them apart."""
        words = super().clean(value)
        found = list(Member.objects.present().named_like(words).by_name()[:6])
        exact = [one for one in found if one.name.casefold() == words.casefold()]
        found = exact if len(exact) == 1 else found
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(
                self.error_messages["several"],
                code="several",
                params={
                    "who": ", ".join(f"{one.name} ({one.number})" for one in found)
                },
            )
        return found[0]


class SetHouseholdForm(forms.Form):
    """Who lives under which roof."""

    member = MemberField(
        label=_("Who?"),
        max_length=80,
        help_text=_("A name or a member number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say who it is.")},
    )
    household = forms.ModelChoiceField(
        Household.objects.none(),
        label=_("Lives with"),
        required=False,
        empty_label=_("a new household"),
    )
    name = forms.CharField(
        label=_("Name of the new household"),
        max_length=80,
        required=False,
        validators=[check_one_line],
        help_text=_("For example: the Moreaus, Willow Street 12."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        households: Any = self.fields["household"]
        households.queryset = Household.objects.order_by("name", "id")
