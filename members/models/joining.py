"""How somebody comes to belong: orientation, applications, references, invitations."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.members import MemberKind
from members.models.places import Neighbourhood
from members.models.profiles import ContactWay
from members.models.recording import Channel, Recorded
from members.models.roles import Role
from members.plain_text import check_one_line

if TYPE_CHECKING:
    from members.models.members import Member


class OrientationStepQuerySet(models.QuerySet["OrientationStep"]):
    """Reads of the orientation."""

    def in_use(self) -> Self:
        """Keep the steps that newcomers go through, in their order."""
        return self.filter(retired_at__isnull=True)


class OrientationStep(models.Model):
    """One thing that everybody goes through before the welcome, as the network sets it."""

    title = models.CharField(_("step"), max_length=80, validators=[check_one_line])
    about = models.TextField(_("what happens there"), max_length=500, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OrientationStepQuerySet.as_manager()

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.title


class Answer(models.TextChoices):
    """How an application ended."""

    WELCOMED = "welcomed", _("welcomed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads of applications. They are for those who welcome, and for nobody else."""

    def visible_to(self, member: "Member") -> Self:
        """Coordinators and those who look after membership read applications."""
        welcomes = member.has_role(Role.COORDINATOR) or member.has_role(Role.MEMBERSHIP)
        return self if welcomes else self.none()

    def with_all(self) -> Self:
        """Fetch along what their page and their row in the queue tell."""
        return self.select_related(
            "neighbourhood", "invitation__recorded_for", "recorded_by", "answered_by"
        ).prefetch_related("steps_taken__recorded_by", "references__recorded_by")

    def grown_old(self, before: datetime) -> Self:
        """Keep what people wrote who never joined, answered before a moment."""
        return self.filter(answered_at__lt=before, member__isnull=True).exclude(name="")

    def answered(self) -> Self:
        """Keep those that came to an end, the latest first."""
        return self.filter(answered_at__isnull=False).order_by("-answered_at", "-id")

    def open(self) -> Self:
        """Keep those that wait for an answer, the oldest first."""
        return self.filter(answered_at__isnull=True).order_by("applied_at", "id")

    def of(self, *, email: str | None, phone_digits: str) -> Self:
        """Keep the open ones of the same person: one address, or one phone without any."""
        if email:
            return self.open().filter(email__iexact=email)
        return self.open().filter(email__isnull=True, phone_digits=phone_digits)

    def blank(self) -> int:
        """Take away who they were and what was said of them; say how many they are.

        That somebody asked, and what became of it, stays.
        """
        ids = list(self.values_list("pk", flat=True))
        Reference.objects.filter(application__in=ids).update(
            name="", contact="", words=""
        )
        return self.model.objects.filter(pk__in=ids).update(
            name="",
            email=None,
            phone="",
            phone_digits="",
            neighbourhood=None,
            words="",
            answer_words="",
        )


class Application(models.Model):
    """Somebody asks to belong. One is open per person, and its end is a row's own columns.

    `key` came with the form: sent twice, it is one application.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(
        _("who joins"),
        max_length=12,
        choices=MemberKind,
        default=MemberKind.PERSON,
    )
    name = models.CharField(_("name"), max_length=80, validators=[check_one_line])
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 (NULL is "has none")
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, validators=[check_one_line]
    )
    phone_digits = models.CharField(max_length=20, blank=True)
    contact_way = models.CharField(
        _("reach me best"), max_length=5, choices=ContactWay, default=ContactWay.EMAIL
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("neighbourhood"),
    )
    language = models.CharField(max_length=7, default="en")
    words = models.TextField(_("a few words"), max_length=1000, blank=True)
    invitation = models.ForeignKey(
        "Invitation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
    )
    applied_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the coordinator who wrote it down; nobody where they applied themselves",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answer_words = models.CharField(max_length=500, blank=True)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="application_is_open_once_per_email",
                condition=Q(answered_at__isnull=True, email__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["phone_digits"],
                name="application_is_open_once_per_phone",
                condition=Q(answered_at__isnull=True, email__isnull=True)
                & ~Q(phone_digits=""),
            ),
            models.CheckConstraint(
                name="application_can_be_answered",
                condition=Q(email__isnull=False)
                | ~Q(phone_digits="")
                | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_is_answered_with_a_word",
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False, answer__in=Answer.values),
            ),
            models.CheckConstraint(
                name="application_is_welcomed_as_a_member",
                condition=Q(member__isnull=True) | Q(answer=Answer.WELCOMED),
            ),
        ]
        indexes = [
            models.Index(
                fields=["applied_at"],
                name="application_open",
                condition=Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("members:application", args=[self.pk])

    @property
    def first_name(self) -> str:
        """What one would call out; nothing once they were forgotten."""
        return self.name.partition(" ")[0]

    def steps_to_come(self, steps: list[OrientationStep]) -> list[OrientationStep]:
        """Say which steps of the orientation they have not taken yet."""
        taken = {one.step_id for one in self.steps_taken.all()}
        return [step for step in steps if step.pk not in taken]

    def vouchers_to_come(self, asked: int) -> int:
        """Say how many more people must vouch. An invitation vouches by itself."""
        if self.invitation_id:
            return 0
        vouch = [one for one in self.references.all() if one.verdict == Verdict.VOUCHES]
        return max(0, asked - len(vouch))

    @property
    def is_forwarded(self) -> bool:
        """Whether their invitation was sent to another address than they gave."""
        invited = self.invitation.email if self.invitation else None
        return bool(invited and self.email and invited != self.email)


class StepTaken(Recorded):
    """That somebody who applied went through a step of the orientation."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="steps_taken"
    )
    step = models.ForeignKey(
        OrientationStep, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="step_is_taken_once", fields=["application", "step"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} took {self.step_id}"


class Verdict(models.TextChoices):
    """What somebody who was asked says of an applicant."""

    VOUCHES = "vouches", _("gladly vouches")
    UNSURE = "unsure", _("doesn't know them well")
    DOUBTS = "doubts", _("has doubts")


class Reference(models.Model):
    """Somebody whom an applicant names, and what they said when a coordinator asked."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="references"
    )
    name = models.CharField(_("name"), max_length=80, validators=[check_one_line])
    contact = models.CharField(
        _("phone or e-mail"), max_length=120, validators=[check_one_line]
    )
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    words = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_is_answered_with_a_verdict",
                condition=Q(answered_at__isnull=True, verdict="")
                | Q(answered_at__isnull=False, verdict__in=Verdict.values),
            ),
        ]

    def __str__(self) -> str:
        return f"reference {self.pk}"


class InvitationState(models.TextChoices):
    """What became of an invitation."""

    OPEN = "open", _("Waits")
    TAKEN_UP = "taken_up", _("Taken up")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Run out")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def visible_to(self, member: "Member") -> Self:
        """Whoever invited sees it; so do coordinators, through their own page."""
        return self.filter(recorded_for=member)

    def open(self, now: datetime) -> Self:
        """Keep those that can still be taken up."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
        )

    def run_out(self, now: datetime) -> Self:
        """Keep those that nobody took up in time."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=now
        )


class Invitation(Recorded):
    """A member asks somebody to join: by e-mail, or on a slip with a code to type in.

    Its id stands, signed, in the letter. The code of a slip is kept as its hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(
        _("name"), max_length=80, blank=True, validators=[check_one_line]
    )
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 (NULL is "on a slip")
    code_hash = models.CharField(max_length=64, blank=True)
    words = models.CharField(_("a few words"), max_length=500, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="invitation_is_open_once_per_email",
                condition=Q(
                    accepted_at__isnull=True,
                    withdrawn_at__isnull=True,
                    email__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["code_hash"],
                name="invitation_code_is_alone",
                condition=~Q(code_hash=""),
            ),
            models.CheckConstraint(
                name="invitation_comes_by_letter_or_slip",
                condition=Q(email__isnull=False) | ~Q(code_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("members:invitation", args=[self.pk])

    def stands(self, now: datetime) -> InvitationState:
        """Say what became of it."""
        if self.accepted_at:
            return InvitationState.TAKEN_UP
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return (
            InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED
        )
