"""Signing in without e-mail: a code on paper, beside the member number."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from members.models.recording import Recorded


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
