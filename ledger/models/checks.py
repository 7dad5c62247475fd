"""The proof that the books balance, as it was found each time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

RULES = {
    "sum_to_zero": _("the balances of each unit sum to zero"),
    "balances_are_sums": _("an account's balance is the sum of its transfers"),
    "lines_follow": _("each line follows from the one before it"),
    "accounts_stand_at_latest_line": _(
        "an account stands where its latest line left it"
    ),
    "units_never_mix": _("a transfer has one unit, and so have its accounts"),
    "floors_hold": _("nobody is below a floor, unless it was raised under them"),
    "ceilings_hold": _("nobody is above a ceiling, unless it was lowered onto them"),
    "limits_are_latest_change": _(
        "an account's limits are those of their latest change"
    ),
    "members_recorded_it": _("whoever recorded a transfer is a member"),
    "reversals_are_whole": _("a reversal turns back the whole of one transfer"),
}


class BooksCheck(models.Model):
    """One reading of the whole books: what was counted, and every fault found."""

    # The proof is added to, and never touched up.
    application_may = "SELECT, INSERT"

    checked_at = models.DateTimeField()
    accounts = models.BigIntegerField()
    transfers = models.BigIntegerField()
    faults = models.JSONField(
        default=list, help_text="[[rule, how many rows break it]]"
    )

    class Meta:
        get_latest_by = "checked_at"

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}: {'ok' if self.is_sound else self.faults}"

    @property
    def is_sound(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    @property
    def faults_in_words(self) -> list[tuple[str, int]]:
        """The rules that were broken, as people say them, and by how many rows."""
        return [(str(RULES.get(rule, rule)), count) for rule, count in self.faults]
