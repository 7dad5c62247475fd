"""Fields that many forms have: hours, days, decisions, the key that makes a form count once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.hours import read_minutes
from members.keys import new_key
from members.plain_text import check_one_line


class HoursField(forms.CharField):
    """Hours as people write them, cleaned to whole minutes."""

    default_error_messages = {
        "unreadable": _("Write hours like 2, 1:30 or 1.5, or minutes like 45 min."),
    }

    def clean(self, value: Any) -> int:
        """Read the words, or say how they should look."""
        words = super().clean(value)
        try:
            return read_minutes(words)
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable"
            ) from None


class DayField(forms.DateField):
    """A day, chosen on the phone's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Choose a day."),
        "invalid": _("Write a day like 2026-05-03."),
    }


class KeyField(forms.UUIDField):
    """The key that makes a form count once: minted with it, hidden in it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(
            initial=new_key,
            error_messages={
                "required": _(
                    "This form has grown old. Look it over and send it again."
                ),
                "invalid": _(
                    "This form has grown old. Look it over and send it again."
                ),
            },
        )


class KeyedForm(forms.Form):
    """A form that counts once, however often it is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = KeyField()

    def full_clean(self) -> None:
        """Read the form once all its fields are there, also those that `__init__` adds."""
        super().full_clean()
        if self.is_bound and "key" in self.errors:
            # A spoilt key is nobody's fault: go on with a fresh one, and keep the words.
            self.data = {**dict(self.data.items()), "key": str(new_key())}


def decision_field() -> forms.CharField:
    """By whose word a thing is so: asked wherever the network decides, not one of its members."""
    return forms.CharField(
        label=_("Who decided it, where and when?"),
        max_length=200,
        validators=[check_one_line],
        help_text=_("For example: members' meeting, 3 May 2026, 41 of 47 votes."),
        error_messages={"required": _("Say who decided it, where and when.")},
    )


def decision_url_field() -> forms.URLField:
    """Where a decision can be read, if anywhere."""
    return forms.URLField(
        label=_("Where can it be read?"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole web address, with https://.")},
    )
