"""What keeps members safe from each other: blocks, and who opened what of whom."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.models.profiles import SENSITIVE
from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class Block(models.Model):
    """One member wants to hear and be seen by another no more. Nobody else is told."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="blocks"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="blocked_by"
    )
    blocked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="block_stands_once", fields=["member", "blocked"]
            ),
            models.CheckConstraint(
                name="block_is_of_another", condition=~Q(member=F("blocked"))
            ),
        ]
        indexes = [models.Index(fields=["blocked", "member"], name="block_by_blocked")]

    def __str__(self) -> str:
        return f"{self.member_id} blocks {self.blocked_id}"

    def get_absolute_url(self) -> str:
        """Say where whoever blocks reads it, and lifts it."""
        return reverse("members:blocks")


# All that is theirs, by acting for them: their notices, times and dues among it.
PAGES = "pages"


class OpenedQuerySet(models.QuerySet["Opened"]):
    """Reads of the access log."""

    def visible_to(self, member: "Member") -> Self:
        """Everybody reads who opened their own."""
        return self.filter(member=member)


class Opened(Recorded):
    """That somebody opened a sensitive field of a member: who, which, when."""

    application_may = "SELECT, INSERT, DELETE"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opened"
    )
    field = models.CharField(max_length=12)

    objects = OpenedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opened_field_is_sensitive",
                condition=Q(field__in=[*SENSITIVE, PAGES]),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-recorded_at"], name="opened_by_member")
        ]

    def __str__(self) -> str:
        return f"{self.recorded_by_id} opened {self.field} of {self.member_id}"
