"""Agreements: texts with versions, and signatures over exactly what was read."""

import hashlib
import uuid
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.recording import Recorded
from members.plain_text import check_one_line

if TYPE_CHECKING:
    from members.models.members import Member

# The agreement that everybody signs who belongs.
MEMBERSHIP = "membership"


class Agreement(models.Model):
    """Something that members agree to, by its short name: "membership"."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120, validators=[check_one_line])

    def __str__(self) -> str:
        return self.title


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    """Reads of agreement texts. Whoever may sign may read them, hence everybody."""

    def current(self, slug: str, now: datetime) -> "AgreementVersion | None":
        """Say which text is in force, if there is one."""
        return (
            self.filter(agreement__slug=slug, in_force_from__lte=now)
            .select_related("agreement")
            .order_by("-number")
            .first()
        )

    def in_force(self, now: datetime) -> Self:
        """Keep, of each agreement, the text that is in force."""
        return (
            self.filter(in_force_from__lte=now)
            .select_related("agreement")
            .order_by("agreement", "-number")
            .distinct("agreement")
        )


class AgreementVersion(Recorded):
    """One text of an agreement. What somebody signed never changes (a trigger sees to it)."""

    application_may = "SELECT, INSERT"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    in_force_from = models.DateTimeField()
    decision = models.CharField(max_length=200)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="agreement_version_is_numbered_once",
                fields=["agreement", "number"],
            ),
            models.CheckConstraint(
                name="agreement_version_says_something", condition=~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "members:agreement-version", args=[self.agreement.slug, self.number]
        )

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return self.text.split("\n\n")

    def changes_since(self, earlier: "AgreementVersion") -> list[tuple[str, str]]:
        """Say what became of each paragraph: "kept", "new" or "gone"."""
        before, now = earlier.paragraphs, self.paragraphs
        changes: list[tuple[str, str]] = []
        compared = SequenceMatcher(None, before, now, autojunk=False)
        for kind, i, j, m, n in compared.get_opcodes():
            if kind == "equal":
                changes += [("kept", one) for one in now[m:n]]
            else:
                changes += [("gone", one) for one in before[i:j]]
                changes += [("new", one) for one in now[m:n]]
        return changes

    @staticmethod
    def hash_of(title: str, text: str) -> str:
        """SHA-256 of title, an empty line and text in UTF-8, as hexadecimal digits."""
        return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


class Scan(models.Model):
    """A picture of a signed paper, drawn anew by us: no place and no camera in it."""

    application_may = "SELECT, INSERT, DELETE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    jpeg = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"scan {self.pk}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Reads of signatures."""

    def visible_to(self, member: "Member") -> Self:
        """One's own; whoever signed for an organisation sees that, too."""
        return self.filter(Q(member=member) | Q(recorded_by=member))

    def over_current(self, slug: str, at: datetime) -> Self:
        """Keep those over the text of an agreement that is in force at a moment."""
        newest = (
            AgreementVersion.objects.filter(agreement__slug=slug, in_force_from__lte=at)
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(version__in=newest, recorded_at__lte=at)


class Signature(Recorded):
    """That somebody agreed to one text: `member` is bound, `recorded_by` held the pen."""

    application_may = "SELECT, INSERT, UPDATE"

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    typed_name = models.CharField(max_length=80, validators=[check_one_line])
    content_hash = models.CharField(max_length=64)
    scan = models.OneToOneField(
        Scan, on_delete=models.PROTECT, null=True, blank=True, related_name="signature"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="text_is_signed_once_by_each", fields=["version", "member"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} signed {self.version_id}"

    def get_absolute_url(self) -> str:
        return self.version.get_absolute_url()
