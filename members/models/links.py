"""Links in letters that do one deed: for one member, once, until a moment."""

import uuid

from django.conf import settings
from django.db import models

# What a link may be about, beside the row's own id.
ABOUT = 40


class ActionLink(models.Model):
    """A signed link that does one deed. The row knows what; the letter has only its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_links"
    )
    deed = models.CharField(max_length=60)
    about = models.CharField(max_length=ABOUT, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_link_expires_later",
                condition=models.Q(expires_at__gt=models.F("made_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "deed", "about"], name="link_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} for {self.member_id}"
