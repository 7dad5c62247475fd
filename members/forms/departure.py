"""What is asked of somebody who leaves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Channel
from members.settlement import Holding


class DepartForm(forms.Form):
    """What becomes of each thing that leaves a choice, and whether words are erased."""

    def __init__(self, *args: Any, holdings: Iterable[Holding], **words: Any) -> None:
        super().__init__(*args, **words)
        self.ways = [holding for holding in holdings if holding.choices]
        for holding in self.ways:
            self.fields[holding.kind] = forms.ChoiceField(
                label=f"{holding.what}: {holding.amount}",
                choices=holding.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what becomes of this.")},
            )
        self.fields["forget"] = forms.BooleanField(
            label=_("Also erase my words"),
            required=False,
            help_text=_(
                "Messages that you wrote, what was said about your help, and how you "
                "joined. Hours and money stay in the books, without your name. This "
                "can't be undone, and no farewell letter comes."
            ),
        )
        self.order_fields([*(one.kind for one in self.ways), "channel", "forget"])

    @property
    def choices(self) -> dict[str, str]:
        """Say what was chosen, as the deed takes it."""
        return {one.kind: self.cleaned_data[one.kind] for one in self.ways}


class DepartForForm(DepartForm):
    """The same, on the word of somebody who called or wrote."""

    channel = forms.ChoiceField(
        label=_("How did they say that they leave?"),
        choices=[(c.value, c.label) for c in (Channel.PHONE, Channel.PAPER)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you heard of it.")},
    )
