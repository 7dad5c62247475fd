"""Notices: what somebody is told, shown in the app and sent as a letter."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from members.models import Member

# Six tries over a good two days, then the letter rests and the notice stays in the app.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=8),
    timedelta(days=2),
]


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def visible_to(self, member: "Member") -> "NoticeQuerySet":
        """A notice is its reader's alone."""
        return self.filter(member=member)

    def unread(self) -> "NoticeQuerySet":
        """Keep what was not looked at yet."""
        return self.filter(read_at__isnull=True)

    def due(self, now: datetime) -> "NoticeQuerySet":
        """Keep the letters that wait to be sent by now, oldest first."""
        return self.filter(letter_due_at__lte=now).order_by("letter_due_at", "id")


class Notice(models.Model):
    """One thing that one member is told. The row itself is the outbox.

    It is written in the transaction of the deed that it tells of, so neither is ever
    there without the other. `letter_due_at` is NULL once nothing is to be sent (any more).
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=40, help_text="what it tells, exchange_recorded")
    subject = models.CharField(
        max_length=120,
        help_text="of the letter; names nobody, for it is read over shoulders",
    )
    headline = models.CharField(max_length=300)
    text = models.TextField()
    path = models.CharField(max_length=200, help_text="the page that it is about")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    letter_due_at = models.DateTimeField(null=True, blank=True)
    letter_sent_at = models.DateTimeField(null=True, blank=True)
    letter_failures = models.PositiveSmallIntegerField(default=0)
    letter_fault = models.CharField(
        max_length=60,
        blank=True,
        help_text="the kind of the latest failure, no words of it",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_letter_is_sent_once",
                condition=Q(letter_sent_at__isnull=True)
                | Q(letter_due_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notice_by_member"),
            models.Index(
                fields=["member"],
                condition=Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["letter_due_at"],
                condition=Q(letter_due_at__isnull=False),
                name="notice_letter_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"

    def letter_was_sent(self, now: datetime) -> None:
        """Stamp the letter as gone."""
        self.letter_sent_at, self.letter_due_at, self.letter_fault = now, None, ""
        self.save(update_fields=["letter_sent_at", "letter_due_at", "letter_fault"])

    def letter_rests(self) -> None:
        """Send nothing (any more); the notice stays in the app."""
        self.letter_due_at = None
        self.save(update_fields=["letter_due_at"])

    def letter_failed(self, fault: Exception, now: datetime) -> None:
        """Stamp the failure and wait longer each time; at last let the letter rest."""
        wait = (
            WAITS[self.letter_failures] if self.letter_failures < len(WAITS) else None
        )
        self.letter_failures += 1
        self.letter_fault = type(fault).__name__[:60]
        self.letter_due_at = now + wait if wait else None
        self.save(update_fields=["letter_failures", "letter_fault", "letter_due_at"])
