"""Names: the words that they are made of, and those that somebody had before."""

from django.conf import settings
from django.db import models

from members.models.recording import Recorded


class NameWord(models.Model):
    """A word of some member's name, once, so that near misses of it are found quickly.

    PostgreSQL keeps the table itself, as names come, change and go.
    """

    word = models.CharField(max_length=400, primary_key=True)

    def __str__(self) -> str:
        return self.word


class NameChange(Recorded):
    """What somebody was called until they changed it; coordinators alone read it."""

    application_may = "SELECT, INSERT, DELETE"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="name_changes"
    )
    name = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(
                fields=["member", "-recorded_at"], name="name_change_by_member"
            )
        ]

    def __str__(self) -> str:
        return self.name
