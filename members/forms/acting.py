"""What is asked for when somebody acts for another, contests a deed or answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Channel


class BeginActingForm(forms.Form):
    """For whom, and how they told it."""

    member = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    channel = forms.ChoiceField(
        choices=[
            (c.value, c.label) for c in (Channel.WEB, Channel.PHONE, Channel.PAPER)
        ],
    )


class ContestDeedForm(forms.Form):
    """What is not right about a deed that was done for somebody."""

    words = forms.CharField(
        label=_("What is not right?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a few words what is not right.")},
    )


class AnswerContestForm(forms.Form):
    """What a coordinator found, and what was done about it."""

    answer = forms.CharField(
        label=_("What did you find, and what was done?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what you found and what was done.")},
    )
