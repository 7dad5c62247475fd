"""Transfers: the rows that the books are made of, and the lines of a statement."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.pq import Format

from ledger.models.accounts import Account, Unit

# A trillion: no deed of neighbours is larger, and no sum of such overflows.
MOST = 10**12


class Reason(models.TextChoices):
    """Why an amount moved. Words about it live on the room's row."""

    EXCHANGE = "exchange", _("Help")
    OPENING = "opening", _("Brought along")
    REVERSAL = "reversal", _("Reversal")
    WELCOME = "welcome", _("Welcome")
    TO_COMMONS = "to_commons", _("Given to the commons")
    FORGIVEN = "forgiven", _("Forgiven")
    SHARE = "share", _("Membership share")
    DUES = "dues", _("Dues")


class Line(NamedTuple):
    """A transfer as one account sees it: by how much, to what balance, with which other."""

    transfer_id: int
    sequence: int
    change: int
    balance: int
    reason: str
    at: datetime
    cause_kind: str | None
    cause_id: UUID | None
    other_account_id: int


# Two index scans, one for each side that the account may stand on.
LINES_SQL = """
SELECT id, source_sequence AS sequence, -amount AS change, source_balance AS balance,
       reason, at, cause_kind, cause_id, target_id AS other_account_id
  FROM ledger_transfer
 WHERE source_id = %(account)s::bigint
   AND source_sequence BETWEEN %(first)s::bigint AND %(latest)s::bigint
 UNION ALL
SELECT id, target_sequence, amount, target_balance,
       reason, at, cause_kind, cause_id, source_id
  FROM ledger_transfer
 WHERE target_id = %(account)s::bigint
   AND target_sequence BETWEEN %(first)s::bigint AND %(latest)s::bigint
 ORDER BY sequence DESC
"""


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Reads of transfers."""

    def lines(self, account_id: int, *, latest: int, limit: int) -> list[Line]:
        """Read a page of a statement: the line numbered `latest` and those before it.

        An account's lines are numbered 1, 2, 3 … without gaps, so a page is a range
        of numbers and the thousandth costs what the first does.
        """
        span = {"account": account_id, "first": latest - limit + 1, "latest": latest}
        with connections[self.db].cursor() as cursor:
            # In binary, as PostgreSQL keeps them: moments and ids are read a third quicker.
            cursor.cursor.format = Format.BINARY
            cursor.execute(LINES_SQL, span)
            return [Line(*row) for row in cursor.fetchall()]


class Transfer(models.Model):
    """One amount, once, from a source to a target. Never edited, only reversed."""

    application_may = "SELECT"

    key = models.UUIDField(unique=True, help_text="makes a repeated deed happen once")
    # Whether these exist and count the same unit, a trigger sees to as it moves them.
    source = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    target = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    unit = models.CharField(max_length=6, choices=Unit)
    amount = models.BigIntegerField()
    source_balance = models.BigIntegerField(help_text="after this transfer")
    target_balance = models.BigIntegerField(help_text="after this transfer")
    source_sequence = models.BigIntegerField(help_text="its number among the source's")
    target_sequence = models.BigIntegerField(help_text="its number among the target's")
    reason = models.CharField(max_length=30, choices=Reason)
    cause_kind = models.CharField(max_length=30, null=True)  # noqa: DJ001 (no cause)
    cause_id = models.UUIDField(null=True)
    # The doors ask whether they belong here. (Foreign keys would cost each transfer a
    # tenth, and a member row that has an account is never deleted.)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    channel = models.CharField(max_length=8)
    at = models.DateTimeField()
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    # Kept from neighbours, so that the day's seal (a Merkle root over salted rows) can
    # be published without letting anybody guess a row that is not theirs.
    salt = models.UUIDField(db_default=models.Func(function="gen_random_uuid"))

    # Whether the deed at hand wrote it; a replayed one is answered with what stood there.
    is_new = False

    objects = TransferQuerySet.as_manager()

    class Meta:
        # What a row may say is asked by the trigger that moves its accounts, guards.sql.
        constraints = [
            models.UniqueConstraint(
                name="transfer_line_of_source", fields=["source", "source_sequence"]
            ),
            models.UniqueConstraint(
                name="transfer_line_of_target", fields=["target", "target_sequence"]
            ),
            models.UniqueConstraint(
                name="transfer_is_reversed_once",
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit} {self.source_id} → {self.target_id}"
