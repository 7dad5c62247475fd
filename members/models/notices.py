"""Notices: what somebody is told, shown in the app; and how they like to be told."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.letters import Letter

if TYPE_CHECKING:
    from members.models.members import Member


class Pace(models.TextChoices):
    """When a letter follows a notice."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, together")
    WEEKLY = "weekly", _("once a week, together")
    NEVER = "never", _("no letter")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def visible_to(self, member: "Member") -> "NoticeQuerySet":
        """A notice is its reader's alone."""
        return self.filter(member=member, in_app=True)

    def unread(self) -> "NoticeQuerySet":
        """Keep what was not looked at yet."""
        return self.filter(read_at__isnull=True)

    def awaiting(self) -> "NoticeQuerySet":
        """Keep what waits for a collected letter."""
        return self.exclude(awaits="")


class Notice(models.Model):
    """One thing that one member is told.

    It is written in the transaction of the deed that it tells of, so neither is ever
    there without the other. `letter` tells it by e-mail; `awaits` says for which digest
    it waits instead.
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
    in_app = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, related_name="notices"
    )
    awaits = models.CharField(max_length=7, blank=True, choices=Pace)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_awaits_one_letter",
                condition=Q(awaits="")
                | Q(awaits__in=[Pace.DAILY, Pace.WEEKLY], letter__isnull=True),
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
                fields=["awaits", "member"],
                condition=~Q(awaits=""),
                name="notice_awaiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"


class NoticeChoice(models.Model):
    """How one member likes to be told of one kind of thing. No row: as the kind says."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="notice_choices",
    )
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    pace = models.CharField(max_length=7, choices=Pace)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_choice_per_kind", fields=["member", "kind"]
            ),
            models.CheckConstraint(
                name="notice_choice_has_a_known_pace",
                condition=Q(pace__in=Pace.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pace} for {self.member_id}"


class NoticeHours(models.Model):
    """When one member wants no letters, and when the digest; hours of the network's clock."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="notice_hours",
    )
    quiet_from = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    digest_hour = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    digest_weekday = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(6)], help_text="0 is Monday"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_hours_are_of_a_day",
                condition=(Q(quiet_from__isnull=True, quiet_until__isnull=True))
                | Q(quiet_from__lte=23, quiet_until__lte=23),
            ),
            models.CheckConstraint(
                name="notice_digest_has_its_hour",
                condition=Q(digest_hour__lte=23, digest_weekday__lte=6),
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("members:choose-notices")
