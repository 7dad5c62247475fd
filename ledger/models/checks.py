"""The proof that the books balance, as it was found each time."""

from django.db import models


class BooksCheck(models.Model):
    """One reading of the whole books: what was counted, and every fault found."""

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
