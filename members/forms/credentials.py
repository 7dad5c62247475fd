"""What is asked for when something was looked into."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members import clock
from members.forms.fields import DayField
from members.models import CredentialKind


class GrantCredentialForm(forms.Form):
    """What was looked into, and the days from which and to which it counts."""

    kind = forms.ChoiceField(
        label=_("What was looked into?"),
        choices=CredentialKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was looked into.")},
    )
    granted_on = DayField(
        label=_("Since which day?"),
        initial=clock.today,
        error_messages={
            "required": _("Say since which day it counts."),
        },
    )
    expires_on = DayField(
        label=_("The last day on which it counts"),
        required=False,
        help_text=_("As it says on the licence or the paper. Empty, if it has no end."),
    )

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        return {**self.cleaned_data, "kind": CredentialKind(self.cleaned_data["kind"])}
