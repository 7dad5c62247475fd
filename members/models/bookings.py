"""Who is busy when, and why: one table that every room writes which makes a date."""

import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


DAY = "D j M Y"


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

    def for_cause(self, cause: tuple[str, uuid.UUID]) -> Self:
        """Keep what is booked for one row of a room."""
        kind, cause_id = cause
        return self.standing().filter(cause_kind=kind, cause_id=cause_id)

    def over(self, member: "Member", during: DateTimeTZRange) -> Self:
        """Keep what one member has at a time, even if only for a moment of it."""
        return self.standing().filter(member=member, during__overlap=during)


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

    def get_absolute_url(self) -> str:
        return reverse("members:times")

    @property
    def when(self) -> str:
        """Say the time as the network's clocks show it: whole days, or with its zone."""
        begins, ends = (
            timezone.localtime(moment, timezone.get_default_timezone())
            for moment in (self.during.lower, self.during.upper)
        )
        if begins.time() == ends.time() == time.min:
            first, last = begins.date(), ends.date() - timedelta(days=1)
            if first == last:
                return _("all of %(day)s") % {"day": date_format(first, DAY)}
            words = {"first": date_format(first, DAY), "last": date_format(last, DAY)}
            return _("%(first)s to %(last)s") % words
        # The zone changes where the clocks do: then each end says its own.
        zone = f" {begins:%Z}" if begins.tzname() != ends.tzname() else ""
        day = f"{date_format(ends, DAY)}, " if begins.date() != ends.date() else ""
        words = {
            "begin": f"{date_format(begins, DAY)}, {begins:%H:%M}{zone}",
            "end": f"{day}{ends:%H:%M} {ends:%Z}",
        }
        return _("%(begin)s to %(end)s") % words
