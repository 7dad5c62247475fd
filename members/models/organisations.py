"""Stewards: the people who act for an organisation."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class StewardshipQuerySet(models.QuerySet["Stewardship"]):
    """Reads of stewardships."""

    def in_force(self, now: datetime) -> Self:
        """Keep those that hold at a moment."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=now), recorded_at__lte=now
        )

    def serving(self, now: datetime) -> Self:
        """Keep those that hold, of people who are still here."""
        return self.in_force(now).filter(steward__left_at__isnull=True)

    def visible_to(self, member: "Member") -> Self:
        """Whoever belongs may know who acts for an organisation that is here."""
        return (
            self.filter(organisation__left_at__isnull=True)
            if member.pk
            else self.none()
        )


class Stewardship(Recorded):
    """That somebody acts for an organisation, from its recording until it ends."""

    organisation = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stewardships"
    )
    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stewards_of"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="stewardship_is_held_once",
                fields=["organisation", "steward"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="stewardship_is_of_another",
                condition=~Q(organisation=F("steward")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.steward_id} acts for {self.organisation_id}"

    def get_absolute_url(self) -> str:
        return reverse("members:stewards", args=[self.organisation_id])
