"""Limits: how far below zero and above it an account may go, and who set that."""

from django.conf import settings
from django.db import models

from ledger.models.accounts import Account


class LimitChange(models.Model):
    """One setting of an account's limits. The latest is in force; none is edited."""

    application_may = "SELECT"

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="limit_changes"
    )
    floor = models.BigIntegerField(null=True)
    ceiling = models.BigIntegerField(null=True)
    closed = models.BooleanField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    channel = models.CharField(max_length=8)
    cause_kind = models.CharField(max_length=30, null=True)  # noqa: DJ001 (no cause)
    cause_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.floor} … {self.ceiling}"
