"""What is asked for when somebody signs in: allauth's forms in our words, and our own."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Channel

TOLD = {
    Channel.WEB: _("I act for it myself"),
    Channel.PHONE: _("By phone"),
    Channel.PAPER: _("In person or on paper"),
}
NOT_OPEN = {"required": _("Fill this in, please.")}


def say(form: forms.Form, **labels: Any) -> None:
    """Give an allauth form our words: a label each, and nothing inside the fields."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.error_messages.update(NOT_OPEN)
        if name in labels:
            field.label = labels[name]


EMAIL = _("Your e-mail address")
PASSWORD_AGAIN = _("The same password once more")


class LoginForm(allauth.LoginForm):  # type: ignore[misc]
    """Signing in by e-mail and password."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, login=EMAIL, password=_("Your password"))


class RequestLoginCodeForm(allauth.RequestLoginCodeForm):  # type: ignore[misc]
    """Signing in by a code that comes by e-mail."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, email=EMAIL)


class ConfirmLoginCodeForm(allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code out of the letter."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, code=_("The code from the letter"))
        self.fields["code"].max_length = 60
        self.fields["code"].widget.attrs.update(
            {"autocapitalize": "characters", "spellcheck": "false"}
        )


class ResetPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    """Asking for a letter that leads to a new password."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, email=EMAIL)


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, chosen from a letter."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, password1=_("Your new password"), password2=PASSWORD_AGAIN)


class SetPasswordForm(allauth.SetPasswordForm):  # type: ignore[misc]
    """A password, the first or a new one. That it is they was asked just before."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        say(self, password1=_("Your new password"), password2=PASSWORD_AGAIN)


class SignInByNumberForm(forms.Form):
    """Signing in by a member number and a code on paper."""

    number = forms.CharField(
        label=_("Your member number"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "username"}
        ),
        error_messages={"required": _("Write your member number.")},
    )
    code = forms.CharField(
        label=_("The code on your paper"),
        max_length=60,
        help_text=_("Dashes, spaces and capital letters don't matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Write the code that stands on your paper.")},
    )
    stays = forms.BooleanField(
        label=_("This is my own phone or computer: keep me signed in"), required=False
    )

    def clean_number(self) -> int:
        """Read the digits, whatever stands around them."""
        digits = self.cleaned_data["number"].strip().lstrip("#").replace(" ", "")
        if not (digits.isascii() and digits.isdecimal() and int(digits) < 2**31):
            raise forms.ValidationError(
                _("A member number is made of digits, like 127."), code="no_number"
            )
        return int(digits)


class PrintSignInCodeForm(forms.Form):
    """How a member asked for a code on paper."""

    channel = forms.ChoiceField(
        label=_("How did they ask for it?"),
        choices=[(one.value, TOLD[one]) for one in (Channel.PHONE, Channel.PAPER)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how they asked.")},
    )


class EmailForm(forms.Form):
    """A new e-mail address of one's own."""

    email = forms.EmailField(
        label=_("The new e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the new address."),
            "invalid": _("This is no e-mail address. Look for a slip in it."),
        },
    )


class ChangeEmailForm(EmailForm):
    """The new e-mail address of somebody who told it, or of one's organisation."""

    channel = forms.ChoiceField(
        label=_("How did they tell you?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you heard of it.")},
    )

    def __init__(self, channels: tuple[Channel, ...], *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        channel = self.fields["channel"]
        channel.choices = [(one.value, TOLD[one]) for one in channels]  # type: ignore[attr-defined]
        channel.initial = channels[0].value
