"""Signing in without e-mail: a code on paper, beside the member number."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models.recording import Recorded


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    """Reads of codes on paper."""

    def working(self) -> Self:
        """Keep the codes that open the door: the latest of each who is still here."""
        return self.filter(ended_at__isnull=True, member__left_at__isnull=True)


class SignInCode(Recorded):
    """A code that a coordinator printed for a member; the latest is the one that works.

    Kept as a hash, like a password. A new one ends the old one.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_codes"
    )
    code_hash = models.CharField(max_length=128)
    ended_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    # The code itself, in the hand of whoever has just printed it and nowhere else.
    on_paper: str = ""

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sign_in_code_works_alone",
                fields=["member"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"code of {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("members:sessions")
