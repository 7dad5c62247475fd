"""Messages: how neighbours reach each other without knowing each other's address."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads of messages."""

    def visible_to(self, member: "Member") -> Self:
        """Both sides, nobody else: no coordinator either."""
        return self.filter(Q(sender=member) | Q(receiver=member))

    def between(self, one: "Member", other: "Member") -> Self:
        """Keep what two members wrote to each other."""
        return self.filter(
            Q(sender=one, receiver=other) | Q(sender=other, receiver=one)
        )

    def latest_with_each(self, member: "Member") -> Self:
        """Keep the latest message with each other member, the latest first."""
        other = models.Case(
            models.When(sender=member, then=F("receiver")), default=F("sender")
        )
        latest = (
            self.visible_to(member)
            .annotate(other=other)
            .values("other")
            .annotate(latest=Max("pk"))
        )
        return (
            self.filter(pk__in=latest.values("latest"))
            .select_related("sender", "receiver")
            .order_by("-pk")
        )


class Message(Recorded):
    """Words from one member to another, passed on by the network."""

    key = models.UUIDField(unique=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages_sent"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages"
    )
    words = models.TextField(max_length=2000)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_goes_to_another", condition=~Q(sender=F("receiver"))
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-recorded_at"], name="message_by_sender"),
            models.Index(
                fields=["receiver", "-recorded_at"], name="message_by_receiver"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def get_absolute_url(self) -> str:
        """Say where both sides read it, each in their own conversation."""
        return reverse("members:message", args=[self.pk])

    def other_than(self, member: "Member") -> "Member":
        """Say who is on the other side."""
        return self.receiver if self.sender == member else self.sender
