"""The steps of a membership's life, each a row with who and when."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class Step(models.TextChoices):
    """What happened in the life of a membership."""

    WELCOMED = "welcomed", _("was welcomed")
    LEAVE_BEGAN = "leave_began", _("went on leave")
    CAME_BACK = "came_back", _("came back from leave")
    CONTACTED = "contacted", _("was asked how they are")
    STILL_HERE = "still_here", _("said: still here")
    DEPARTED = "departed", _("left the network")
    RETURNED = "returned", _("came back to the network")
    FORGOTTEN = "forgotten", _("was forgotten")


class LifeStepQuerySet(models.QuerySet["LifeStep"]):
    """Reads of the steps of life."""

    def visible_to(self, member: "Member") -> Self:
        """Everybody reads their own."""
        return self.filter(member=member)

    def latest_leave(self, member: "Member") -> "LifeStep | None":
        """Say how the leave that somebody is on began."""
        return (
            self.filter(member=member, step=Step.LEAVE_BEGAN)
            .order_by("-recorded_at", "-id")
            .first()
        )


class LifeStep(Recorded):
    """One step of one membership. Added to, never edited."""

    application_may = "SELECT, INSERT"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="life"
    )
    step = models.CharField(max_length=12, choices=Step)
    until = models.DateField(
        null=True, blank=True, help_text="of a leave: the day they expect to be back"
    )

    objects = LifeStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="life_step_is_known", condition=Q(step__in=Step.values)
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-recorded_at"], name="life_by_member")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.step}"

    def get_absolute_url(self) -> str:
        return f"{reverse('members:leave')}#step-{self.pk}"


class FormerContact(models.Model):
    """Who somebody was who left, and where: kept apart until they are forgotten.

    Coordinators alone find it: to answer those who come back, and to know what is to be
    erased wherever it still stands when they ask to be forgotten.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="former_contact",
    )
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    emergency = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"former contact of {self.member_id}"
