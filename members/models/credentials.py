"""Credentials: what somebody is trusted to do because it was looked into, until when."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.recording import Recorded


class CredentialKind(models.TextChoices):
    """What can be looked into."""

    DRIVER = "driver", _("approved driver")
    KEY_HOLDER = "key_holder", _("key-holder")
    BACKGROUND_CHECK = "background_check", _("background check")
    FIRST_AID = "first_aid", _("first aid")
    FOOD_HANDLING = "food_handling", _("food handling")


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Reads of credentials."""

    def valid_on(self, day: date) -> Self:
        """Keep those that hold on a day: the day of the deed, never "today" for later."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            granted_on__lte=day,
        )

    def running_out(self, day: date, until: date) -> Self:
        """Keep those that hold on a day and not for long, and that nothing follows.

        Whoever was looked into again is not asked to.
        """
        later = Credential.objects.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gt=OuterRef("expires_on")),
            member=OuterRef("member"),
            kind=OuterRef("kind"),
            ended_on__isnull=True,
        )
        return (
            self.valid_on(day)
            .filter(~Exists(later), expires_on__lte=until, member__left_at__isnull=True)
            .order_by("expires_on", "id")
        )


class Credential(Recorded):
    """Something that was looked into, from a day until the last day on which it counts."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials"
    )
    kind = models.CharField(max_length=20, choices=CredentialKind)
    granted_on = models.DateField()
    expires_on = models.DateField(
        null=True, blank=True, help_text="the last day on which it counts"
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="the first day on which it no longer counts"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    warned_at = models.DateTimeField(null=True, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credential_is_of_a_known_kind",
                condition=Q(kind__in=CredentialKind.values),
            ),
            models.CheckConstraint(
                name="credential_ends_after_it_begins",
                condition=(
                    Q(expires_on__isnull=True) | Q(expires_on__gte=F("granted_on"))
                )
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("granted_on"))),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "kind"], name="credential_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} until {self.expires_on}"

    def get_absolute_url(self) -> str:
        return reverse("members:credentials-of", args=[self.member_id])

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day, as `valid_on` asks the database."""
        return (
            self.granted_on <= day
            and (self.expires_on is None or day <= self.expires_on)
            and (self.ended_on is None or day < self.ended_on)
        )
