"""What is asked for when a share or dues are written down."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members import clock
from members.forms.fields import DayField, KeyedForm
from members.models import Due
from members.plain_text import check_one_line

AMOUNT = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,2}))?")


def read_cents(words: str) -> int:
    """Read money as people write it: 12, 12.50 or 12,50; a ValueError where it is none."""
    plain = words.replace(settings.CURRENCY_SIGN, "", 1).strip()
    found = AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(words)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class AmountField(forms.CharField):
    """An amount of money, cleaned to whole cents; left empty it is nothing."""

    default_error_messages = {
        "unreadable": _("Write an amount like 12 or 12.50."),
    }

    def clean(self, value: Any) -> int:
        """Read the words, or say how they should look."""
        words = super().clean(value)
        if not words:
            return 0
        try:
            return read_cents(words)
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable"
            ) from None


class RecordDuePaymentForm(KeyedForm):
    """What was paid, how much and when; or why nothing was asked."""

    what = forms.ChoiceField(
        label=_("What for?"),
        choices=Due.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it was for.")},
    )
    cents = AmountField(
        label=_("How much?"),
        max_length=20,
        required=False,
        help_text=_("For example 12 or 12.50. Empty, if they are let off."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    paid_on = DayField(
        label=_("Which day?"),
        initial=clock.today,
        error_messages={
            "required": _("Say which day it was."),
        },
    )
    let_off = forms.CharField(
        label=_("If nothing is asked: why, and who decided it?"),
        max_length=200,
        required=False,
        validators=[check_one_line],
        help_text=_("A few words that do not shame anybody: “Board, 3 May 2026”."),
    )

    field_order = ["what", "cents", "paid_on", "let_off"]

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        return {**self.cleaned_data, "what": Due(self.cleaned_data["what"])}
