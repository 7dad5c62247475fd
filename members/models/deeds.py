"""Deeds that one member did for another, and what the other says to it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise

from members.models.recording import Recorded
from members.models.roles import Role

if TYPE_CHECKING:
    from members.models.members import Member

# Every deed by its name, and what was done in words; `members.deeds.deed` fills it.
DEEDS: dict[str, Promise | None] = {}


class DeedForAnotherQuerySet(models.QuerySet["DeedForAnother"]):
    """Reads of deeds done for others."""

    def visible_to(self, member: "Member") -> Self:
        """Whom it was done for, and who did it; coordinators, once it is contested."""
        mine = Q(recorded_for=member) | Q(recorded_by=member)
        if member.has_role(Role.COORDINATOR):
            mine |= Q(contested_at__isnull=False)
        return self.filter(mine)

    def with_people(self) -> Self:
        """Fetch along who did it, for whom, and who answered."""
        return self.select_related("recorded_by", "recorded_for", "answered_by")

    def contested(self) -> Self:
        """Keep those that were contested and wait for an answer, oldest first."""
        return self.filter(
            contested_at__isnull=False, answered_at__isnull=True
        ).order_by("contested_at")


class DeedForAnother(Recorded):
    """A deed that was done for a member: by whom, through which channel, about what.

    Written by `members.deeds.deed` itself, so no deed can forget it. The member reads it
    and may contest it; a coordinator who did not do it answers.
    """

    deed = models.CharField(max_length=60, help_text="the action's name")
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=200, blank=True)
    contested_at = models.DateTimeField(null=True, blank=True)
    contest = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answer = models.CharField(max_length=500, blank=True)

    objects = DeedForAnotherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deed_for_another_is_noted_once",
                fields=[
                    "recorded_for",
                    "deed",
                    "about_kind",
                    "about_id",
                    "recorded_at",
                ],
            ),
            models.CheckConstraint(
                name="deed_for_another_is_for_another",
                condition=~Q(recorded_by=F("recorded_for")),
            ),
            models.CheckConstraint(
                name="deed_is_answered_once_contested",
                condition=Q(answered_at__isnull=True) | Q(contested_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_for", "-recorded_at"], name="deed_for_member"
            ),
            models.Index(
                fields=["contested_at"],
                name="deed_contested",
                condition=Q(contested_at__isnull=False, answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} for {self.recorded_for_id} by {self.recorded_by_id}"

    def get_absolute_url(self) -> str:
        return reverse("members:deed-for-another", args=[self.pk])

    @property
    def in_words(self) -> str:
        """Say what was done, as people do: record_exchange is "recorded hours"."""
        words = DEEDS.get(self.deed)
        return str(words) if words else self.deed.replace("_", " ")

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether it was contested, and no coordinator answered yet."""
        return self.contested_at is not None and self.answered_at is None
