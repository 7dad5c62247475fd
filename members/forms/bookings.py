"""What is asked for when somebody says that they are away."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import clock
from members.forms.fields import DayField, KeyedForm

YEARS = range(2000, 2200)


def time_field(label: Any, help_text: Any) -> forms.TimeField:
    """A time of the day; left empty it is the whole day."""
    return forms.TimeField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time like 14:30.")},
    )


class BookTimeAwayForm(KeyedForm):
    """From when to when one is away: whole days, or from an hour to an hour."""

    first_day = DayField(
        label=_("From which day?"),
        initial=clock.today,
        help_text=_("The first day away."),
    )
    from_time = time_field(
        _("From what time?"), _("Leave it empty if you are away all day.")
    )
    last_day = DayField(label=_("To which day?"), help_text=_("The last day away."))
    until_time = time_field(
        _("Until what time?"), _("Leave it empty if you are away all day.")
    )
    allow_overlap = forms.BooleanField(
        label=_("Book it all the same. I have looked at both with them."),
        required=False,
    )

    field_order = ["first_day", "from_time", "last_day", "until_time", "allow_overlap"]

    def __init__(self, *args: Any, may_allow: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_allow:
            del self.fields["allow_overlap"]

    def clean(self) -> dict[str, Any]:
        """Say both ends as real moments: some days have 23 hours, some 25."""
        words = self.cleaned_data
        if {"first_day", "from_time", "last_day", "until_time"} <= set(words):
            begin = self._moment("first_day", "from_time", words["from_time"])
            if words["until_time"] is None:
                end = clock.moment_of(words["last_day"] + timedelta(days=1))
            else:
                # The clocks show it twice in autumn: away to the end, so the second.
                end = self._moment(
                    "last_day", "until_time", words["until_time"], later=True
                )
            if begin >= end:
                self.add_error("last_day", _BEFORE)
            else:
                words["during"] = DateTimeTZRange(begin, end)
        return words

    def clean_first_day(self) -> date:
        """A day that calendars know."""
        return _in_years(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date:
        """A day that calendars know."""
        return _in_years(self.cleaned_data["last_day"])

    def _moment(
        self, day: str, at: str, shown: time | None, *, later: bool = False
    ) -> datetime:
        """Say when the clocks show a time, unless they leap over it."""
        moment = clock.moment_of(self.cleaned_data[day], shown or time.min, later=later)
        here = timezone.localtime(moment, timezone.get_default_timezone())
        if shown and here.time() != shown:
            self.add_error(at, _LEAPT)
        return moment

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        names = ("during", "key", "allow_overlap")
        return {
            name: self.cleaned_data[name] for name in names if name in self.cleaned_data
        }

    @property
    def is_busy(self) -> bool:
        """Whether it was refused because of something else at that time."""
        return self.has_error("__all__", "busy")


_BEFORE = forms.ValidationError(
    _("The end lies before the beginning. Look at both again."), code="no_time"
)
_LEAPT = forms.ValidationError(
    _("The clocks go forward that night and leap over this time. Choose another."),
    code="leapt_over",
)


def _in_years(day: date) -> date:
    if day.year not in YEARS:
        raise forms.ValidationError(_("Look at the year again."), code="strange_year")
    return day
