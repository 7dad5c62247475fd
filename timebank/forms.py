"""The shape of what is asked for. What may be done with it, the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members import clock
from members.acting import Acting
from members.forms.fields import DayField, HoursField, KeyedForm
from members.models import Channel, Member
from members.plain_text import check_one_line


def member_field(label: Any) -> "forms.ModelChoiceField[Member]":
    """Somebody chosen on the page before this form."""
    return forms.ModelChoiceField(
        Member.objects.all(),
        label=label,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose who it was."),
            "invalid_choice": _("We don't know this person. Choose again who it was."),
        },
    )


class ExchangeForm(KeyedForm):
    """What every record of help says, whoever writes it down."""

    minutes = HoursField(
        label=_("How long did it take?"),
        max_length=20,
        help_text=_("For example 2, 1:30 or 45 min. Travel and preparation count."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say how long it took.")},
    )
    what = forms.CharField(
        label=_("What was done?"),
        max_length=200,
        validators=[check_one_line],
        help_text=_("A few words, so that both of you recognise it later."),
        error_messages={"required": _("Say in a few words what was done.")},
    )
    helped_on = DayField(
        label=_("Which day?"),
        initial=clock.today,
        error_messages={"required": _("Say which day it was.")},
    )

    def __init__(self, *args: Any, reader: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                # Whoever hides from the reader isn't known to them.
                field.queryset = Member.objects.not_blocking(reader)


class RecordExchangeForm(ExchangeForm):
    """Help between oneself and a neighbour."""

    GAVE, RECEIVED = "gave", "received"

    neighbour = member_field(_("Neighbour"))
    direction = forms.ChoiceField(
        label=_("Who helped?"),
        choices=[(RECEIVED, _("I was helped")), (GAVE, _("I helped"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who helped.")},
    )

    field_order = ["direction", "minutes", "what", "helped_on"]

    def deed(self, by: Acting) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        words = self.cleaned_data.copy()
        neighbour, direction = words.pop("neighbour"), words.pop("direction")
        me = by.for_member
        giver, receiver = (me, neighbour) if direction == self.GAVE else (neighbour, me)
        return {"by": by, "giver": giver, "receiver": receiver, **words}


class RecordExchangeForOthersForm(ExchangeForm):
    """Help between two members, on the word of one of them."""

    giver = member_field(_("Who helped"))
    receiver = member_field(_("Who was helped"))
    told_by = forms.ChoiceField(
        label=_("Who told you?"),
        choices=[("giver", _("Who helped")), ("receiver", _("Who was helped"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who of them told you.")},
    )
    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=[(c.value, c.label) for c in (Channel.PHONE, Channel.PAPER)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you heard of it.")},
    )

    field_order = ["minutes", "what", "helped_on", "told_by", "channel"]

    def deed(self, by: Acting) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        words = self.cleaned_data.copy()
        told_by, channel = words.pop("told_by"), words.pop("channel")
        acting = Acting(by.member, for_member=words[told_by], channel=Channel(channel))
        return {"by": acting, **words}


class ProposeForgivenessForm(KeyedForm):
    """Why hours below zero should be forgiven."""

    words = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other coordinators and the member read it."),
        error_messages={"required": _("Say why, so that another can judge it.")},
    )
