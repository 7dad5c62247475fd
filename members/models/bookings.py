"""Who is busy when, and why: one table that every room writes which makes a date."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class BookingQuerySet(models.QuerySet["Booking"]):
    """Reads of bookings."""

    def visible_to(self, member: "Member") -> Self:
        """One's own times."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Keep those that were not released."""
        return self.filter(released_at__isnull=True)

    def from_now(self, now: datetime) -> Self:
        """Keep what is on now or to come, the soonest first."""
        return self.standing().filter(during__endswith__gt=now).order_by("during")


class Booking(Recorded):
    """One stretch of one member's time, from (included) until (not included).

    Nobody is in two places at once: PostgreSQL refuses a second booking over the same
    time, unless a coordinator allowed exactly that one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings"
    )
    during = DateTimeRangeField(default_bounds="[)")
    cause_kind = models.CharField(
        max_length=30, help_text="the room's row: visit, away"
    )
    cause_id = models.UUIDField()
    overlap_allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    released_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="booking_is_in_one_place_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True, overlap_allowed_by__isnull=True),
            ),
            models.UniqueConstraint(
                name="booking_has_one_cause",
                fields=["member", "cause_kind", "cause_id"],
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                name="booking_takes_some_time",
                condition=Q(during__isempty=False)
                & Q(during__startswith__isnull=False)
                & Q(during__endswith__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.cause_kind} {self.during}"
