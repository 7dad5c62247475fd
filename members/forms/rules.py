"""What is asked for when a decided number is entered."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import clock
from members.forms.dues import AmountField
from members.forms.fields import (
    DayField,
    HoursField,
    decision_field,
    decision_url_field,
)
from members.policies import Measure, Policy

MISSING = {"required": _("Say what was decided.")}
IN_UNITS = {
    Measure.DAYS: _("In days."),
    Measure.HOUR_OF_DAY: _("The hour of the day, 0 to 23."),
}


def value_field(policy: Policy[Any]) -> forms.Field:
    """The field in which a policy's value is written, as people write it."""
    label = str(policy.label)
    if policy.measure is Measure.YES_OR_NO:
        return forms.TypedChoiceField(
            label=label,
            choices=[("yes", _("yes")), ("no", _("no"))],
            coerce=lambda word: word == "yes",
            widget=forms.RadioSelect,
            error_messages=MISSING,
        )
    if policy.measure is Measure.WORD:
        return forms.ChoiceField(
            label=label, choices=policy.choices, error_messages=MISSING
        )
    if policy.measure is Measure.CENTS:
        return AmountField(
            label=label,
            max_length=20,
            help_text=_("For example 12 or 12.50; 0 for nothing."),
            error_messages=MISSING,
        )
    if policy.measure is Measure.MINUTES:
        return HoursField(
            label=label,
            max_length=20,
            help_text=_("For example 2, 1:30 or 45 min."),
            error_messages=MISSING,
        )
    return forms.IntegerField(
        label=label,
        min_value=policy.least,
        max_value=policy.most,
        help_text=IN_UNITS.get(policy.measure, ""),
        error_messages=MISSING,
    )


class ChangePolicyForm(forms.Form):
    """A decided value, who decided it, and from which day it holds."""

    decision = decision_field()
    decision_url = decision_url_field()
    in_force_on = DayField(
        label=_("From which day?"),
        required=False,
        help_text=_("Leave it empty to let it begin now."),
    )

    field_order = ["value", "decision", "decision_url", "in_force_on"]

    def __init__(self, policy: Policy[Any], *args: Any, **kwargs: Any) -> None:
        self.policy = policy
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(policy)
        self.order_fields(self.field_order)

    def clean_in_force_on(self) -> datetime | None:
        """A day begins at midnight where the network lives; today is now."""
        day = self.cleaned_data["in_force_on"]
        if day is None or day == clock.today():
            return None
        if not timedelta(0) < day - clock.today() < timedelta(days=3660):
            raise forms.ValidationError(
                _("Rules don't change what was. Choose today or a later day."),
                code="in_past",
            )
        return timezone.make_aware(
            datetime.combine(day, time.min), timezone.get_default_timezone()
        )

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        words = self.cleaned_data.copy()
        return {
            "policy": self.policy,
            "in_force_from": words.pop("in_force_on"),
            **words,
        }
