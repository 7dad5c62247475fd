"""What is asked of those who invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import KeyedForm
from members.plain_text import check_lines, check_name


class InviteBySlipForm(KeyedForm):
    """A slip for somebody without e-mail."""

    name = forms.CharField(
        label=_("Whom do you invite?"),
        max_length=80,
        required=False,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        validators=[check_lines],
        label=_("A few words of yours"),
        max_length=500,
        required=False,
        help_text=_("They stand on the invitation, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(InviteBySlipForm):
    """A letter to somebody with e-mail."""

    email = forms.EmailField(
        label=_("Their e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write down their address. Without one, print a slip."),
            "invalid": _("This is no e-mail address. It looks like name@example.org."),
        },
    )

    field_order = ["email", "name", "words"]


class InviteManyForm(forms.Form):
    """A list, as it is pasted from a letter or a table."""

    lines = forms.CharField(
        label=_("One person a line"),
        max_length=100_000,
        help_text=_(
            "Name &lt;address&gt;, or the address alone, or columns as they are copied "
            "from a table."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        error_messages={"required": _("Paste the list here.")},
    )
    words = forms.CharField(
        validators=[check_lines],
        label=_("A few words of yours"),
        max_length=500,
        required=False,
        help_text=_("They stand in every letter, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
