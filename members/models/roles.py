"""Roles: who carries which task, from when to when."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members import clock


class Role(models.TextChoices):
    """The tasks that the network hands out."""

    COORDINATOR = "coordinator", _("coordinator")
    CARE_COORDINATOR = "care_coordinator", _("care coordinator")
    APPROVER = "approver", _("pool approver")
    TREASURER = "treasurer", _("treasurer")
    FACILITATOR = "facilitator", _("facilitator")
    SECRETARY = "secretary", _("secretary")
    AUDITOR = "auditor", _("auditor")
    MEMBERSHIP = "membership", _("membership")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads of role grants."""

    def in_force(self) -> "RoleGrantQuerySet":
        """Keep those that hold at this moment."""
        now = clock.now()
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=now), started_at__lte=now
        )

    def lasting(self) -> "RoleGrantQuerySet":
        """Keep those without an end, of members who are here."""
        return self.filter(ended_at__isnull=True, member__left_at__isnull=True)


class RoleGrant(models.Model):
    """A role given to a member, by whom and for how long."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(
        max_length=200, blank=True, help_text="who decided it, where and when, in words"
    )
    decision_url = models.CharField(
        max_length=200, blank=True, help_text="where the decision can be read"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="role_grant_is_held_once",
                fields=["member", "role"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="role_grant_ends_after_it_starts",
                condition=Q(ended_at__isnull=True)
                | Q(ended_at__gt=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="role_grant_is_of_a_known_role", condition=Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} is {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("members:roles")

    @property
    def decision_link(self) -> str:
        """Where the decision can be read, if that is a page."""
        is_page = self.decision_url.startswith(("https://", "http://", "/"))
        return self.decision_url if is_page else ""

    @property
    def last_day(self) -> date | None:
        """The last day of a role that ends."""
        if self.ended_at is None:
            return None
        return clock.day_of(self.ended_at - timedelta(microseconds=1))
