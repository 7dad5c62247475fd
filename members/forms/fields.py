"""Fields that many forms have: the key that makes a form count once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.hours import read_minutes
from members.keys import new_key


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
        if self.is_bound and self["key"].errors:
            # A spoilt key is nobody's fault: go on with a fresh one, and keep the words.
            self.data = {**self.data.dict(), "key": str(new_key())}  # type: ignore[attr-defined]
