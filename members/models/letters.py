"""Letters: the outbox. Each row is one e-mail, on its way, gone, or given up."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

# Six tries over a good two days, then people see to it.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=8),
    timedelta(days=2),
]


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads of letters."""

    def due(self, now: datetime) -> Self:
        """Keep the letters that wait to be sent by now, oldest first."""
        return self.filter(due_at__lte=now).order_by("due_at", "id")

    def given_up(self) -> Self:
        """Keep those that nobody could deliver, the newest first. Coordinators see to them."""
        return self.filter(gave_up_at__isnull=False).order_by("-gave_up_at", "-id")


class Letter(models.Model):
    """One e-mail to one reader: a member, or an address that is no member's (yet).

    It is written in the transaction of the deed that it tells of. `due_at` is NULL once
    nothing is to be sent (any more).
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="letters",
    )
    address = models.EmailField(blank=True, help_text="of somebody who is no member")
    name = models.CharField(max_length=80, blank=True, help_text="of the same")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=7, default="en")
    subject = models.CharField(
        max_length=120,
        help_text="stands on the outside; names nobody, for it is read over shoulders",
    )
    text = models.TextField()
    path = models.CharField(
        max_length=500, blank=True, help_text="the page or the link"
    )
    digest_on = models.DateField(
        null=True, help_text="of a digest: the day that it is for"
    )
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(
        null=True, help_text="when a worker last took it up"
    )
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(
        max_length=60,
        blank=True,
        help_text="the kind of the latest failure, no words of it",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_has_one_reader",
                condition=Q(member__isnull=True) ^ Q(address=""),
            ),
            models.CheckConstraint(
                name="letter_is_sent_once",
                condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_is_given_up_unsent",
                condition=Q(gave_up_at__isnull=True)
                | Q(due_at__isnull=True, sent_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="digest_comes_once_a_day",
                fields=["member", "digest_on"],
                condition=Q(digest_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="letter_due",
            ),
            models.Index(
                fields=["gave_up_at"],
                condition=Q(gave_up_at__isnull=False),
                name="letter_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    def was_sent(self, now: datetime) -> None:
        """Stamp the letter as gone."""
        self.sent_at, self.due_at, self.fault = now, None, ""
        self.save(update_fields=["sent_at", "due_at", "fault"])

    def rests(self) -> None:
        """Send nothing (any more)."""
        self.due_at = None
        self.save(update_fields=["due_at"])

    def failed(self, fault: Exception, now: datetime) -> None:
        """Stamp the failure and wait longer each time; at last leave it to people."""
        wait = WAITS[self.tries] if self.tries < len(WAITS) else None
        self.tries += 1
        self.fault = type(fault).__name__[:60]
        self.due_at = now + wait if wait else None
        self.gave_up_at = None if wait else now
        self.save(update_fields=["tries", "fault", "due_at", "gave_up_at"])
