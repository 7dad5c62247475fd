"""What is asked for when a role is given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DayField, decision_field, decision_url_field
from members.models import Role


class GrantRoleForm(forms.Form):
    """Which task, by whose decision, and until when."""

    role = forms.ChoiceField(
        label=_("Which task?"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the task.")},
    )
    decision = decision_field()
    decision_url = decision_url_field()
    until = DayField(
        label=_("Until which day?"),
        required=False,
        help_text=_("The last day of it. Empty, if it has no end."),
    )

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}
