"""Forgiveness: hours below zero that the commons takes over, as two people decided."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ledger.models import Transfer
from members.models import Member, Recorded, Role


class ForgivenessQuerySet(models.QuerySet["Forgiveness"]):
    """Reads of forgiveness."""

    def visible_to(self, member: Member) -> Self:
        """Coordinators decide it together; the one whom it is about reads it, too."""
        if member.has_role(Role.COORDINATOR):
            return self
        return self.filter(member=member)

    def open(self) -> Self:
        """Keep what waits for a second coordinator, the oldest first."""
        return self.filter(
            seconded_at__isnull=True, withdrawn_at__isnull=True
        ).order_by("recorded_at")

    def with_people(self) -> Self:
        """Fetch the names along with the rows."""
        return self.select_related(
            "member", "recorded_by", "seconded_by", "withdrawn_by", "transfer"
        )


class Forgiveness(Recorded):
    """One coordinator proposes that hours below zero be forgiven, another one seconds it.

    Its id came with the form, and is the transfer's key too: it moves once. `minutes` is
    the most that is forgiven; `transfer` says how much it was.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="forgiveness"
    )
    minutes = models.PositiveIntegerField()
    words = models.CharField(_("why"), max_length=500)
    decision = models.CharField(
        max_length=200, blank=True, help_text="who decided it, where and when, in words"
    )
    decision_url = models.CharField(
        max_length=200, blank=True, help_text="where the decision can be read"
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    seconded_at = models.DateTimeField(null=True, blank=True)
    transfer = models.OneToOneField(
        Transfer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forgiveness",
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ForgivenessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="forgiveness_is_open_once",
                fields=["member"],
                condition=Q(seconded_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="forgiveness_is_decided_by_two",
                condition=Q(seconded_by__isnull=True)
                | ~Q(seconded_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="forgiveness_is_decided_by_others",
                condition=~Q(member=F("recorded_by"))
                & (Q(seconded_by__isnull=True) | ~Q(seconded_by=F("member"))),
            ),
            models.CheckConstraint(
                name="forgiveness_moves_once_seconded",
                condition=Q(
                    seconded_by__isnull=True,
                    seconded_at__isnull=True,
                    transfer__isnull=True,
                )
                | Q(
                    seconded_by__isnull=False,
                    seconded_at__isnull=False,
                    transfer__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="forgiveness_has_one_end",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    seconded_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="forgiveness_forgives_something", condition=Q(minutes__gt=0)
            ),
            models.CheckConstraint(name="forgiveness_says_why", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes of {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("timebank:forgiveness", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second coordinator."""
        return self.seconded_at is None and self.withdrawn_at is None
