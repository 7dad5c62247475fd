"""The form in which somebody says how they like to be told."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.actions.notices import Chosen, Hours
from members.models import Pace
from members.notices import Kind

CHOOSE = {
    "required": _("Choose one of these."),
    "invalid_choice": _("Choose one of these."),
}
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def hour_field(label: Any, **words: Any) -> forms.TypedChoiceField:
    """Choose an hour of the day, or none where that is offered."""
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, error_messages=CHOOSE, **words
    )


class ChooseNoticesForm(forms.Form):
    """One row for each kind of thing, and the hours of letters."""

    quiet_from = hour_field(
        _("Letters rest from"),
        choices=[("", _("they never rest")), *HOURS],
        required=False,
        help_text=_("What comes up while they rest is sent at its end."),
    )
    quiet_until = hour_field(
        _("Letters rest until"),
        choices=[("", _("they never rest")), *HOURS],
        required=False,
    )
    digest_hour = hour_field(_("Collected letters come at"), choices=HOURS)
    digest_weekday = hour_field(
        _("The weekly one comes on"), choices=list(WEEKDAYS.items())
    )

    def __init__(self, data: Any, *, chosen: dict[Kind, Chosen], hours: Hours) -> None:
        super().__init__(
            data,
            initial={
                "quiet_from": hours.quiet_from,
                "quiet_until": hours.quiet_until,
                "digest_hour": hours.digest_hour,
                "digest_weekday": hours.digest_weekday,
            },
        )
        self.kinds = sorted(chosen, key=lambda kind: str(kind.label).casefold())
        for kind in self.kinds:
            if not kind.is_needed:
                self._add(kind, chosen[kind])

    def _add(self, kind: Kind, chosen: Chosen) -> None:
        self.fields[f"{kind.name}-in_app"] = forms.BooleanField(
            label=format_lazy("{}: {}", kind.label, _("in the app")),
            required=False,
            initial=chosen.in_app,
        )
        self.fields[f"{kind.name}-pace"] = forms.ChoiceField(
            label=format_lazy("{}: {}", kind.label, _("letter")),
            choices=Pace.choices,
            initial=chosen.pace,
            error_messages=CHOOSE,
        )
        for part in ("in_app", "pace"):
            field = self.fields[f"{kind.name}-{part}"]
            field.widget.attrs["aria-label"] = field.label

    @property
    def rows(self) -> list[tuple[Kind, BoundField, BoundField]]:
        """Each kind that can be chosen, with its two fields."""
        return [
            (kind, self[f"{kind.name}-in_app"], self[f"{kind.name}-pace"])
            for kind in self.kinds
            if not kind.is_needed
        ]

    @property
    def needed(self) -> list[Kind]:
        """The kinds that nobody can go without."""
        return [kind for kind in self.kinds if kind.is_needed]

    @property
    def hours_fields(self) -> list[BoundField]:
        """The fields about hours, in their order."""
        return [
            self[name]
            for name in ("quiet_from", "quiet_until", "digest_hour", "digest_weekday")
        ]

    def clean(self) -> dict[str, Any]:
        """Put together what belongs together."""
        given = super().clean() or {}
        if self.errors:
            return given
        choices = {
            kind: Chosen(given[f"{kind.name}-in_app"], given[f"{kind.name}-pace"])
            for kind in self.kinds
            if not kind.is_needed
        }
        rests = given["quiet_from"] != given["quiet_until"]
        hours = Hours(
            quiet_from=given["quiet_from"] if rests else None,
            quiet_until=given["quiet_until"] if rests else None,
            digest_hour=given["digest_hour"],
            digest_weekday=given["digest_weekday"],
        )
        return {"choices": choices, "hours": hours}
