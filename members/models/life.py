"""The steps of a membership's life, each a row with who and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.recording import Recorded


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
