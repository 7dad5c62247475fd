"""Accounts: what somebody, or one of the network's funds, holds of one unit."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What is counted. Units never mix, and nothing changes one into another."""

    MINUTE = "minute", _("hours")
    CREDIT = "credit", _("credits")
    CENT = "cent", _("money")


@dataclass(frozen=True, slots=True)
class Fund:
    """A holder that is no person: the commons, a pool, a project, the world outside."""

    name: str


COMMONS = Fund("commons")
OUTSIDE = Fund("outside")

Holder: TypeAlias = AbstractBaseUser | Fund


def holder_columns(holder: Holder) -> tuple[int | None, str | None]:
    """Say a holder as the two columns that know it: (member's id, fund's name)."""
    if isinstance(holder, Fund):
        return None, holder.name
    return holder.pk, None


class Standing(NamedTuple):
    """Where an account stands: its balance, its latest line's number, its limits."""

    account_id: int
    balance: int
    sequence: int
    floor: int | None
    ceiling: int | None


STANDING_SQL = """
SELECT id, balance, sequence, floor, ceiling
  FROM ledger_account WHERE {holder} AND unit = %s::text
"""
OF_MEMBER = STANDING_SQL.format(holder="holder_id = %s::bigint")
OF_FUND = STANDING_SQL.format(holder="fund = %s::text")


class AccountQuerySet(models.QuerySet["Account"]):
    """Reads of accounts."""

    def held_by(self, holder: Holder) -> "AccountQuerySet":
        """Keep the accounts of one member or fund."""
        holder_id, fund = holder_columns(holder)
        return self.filter(fund=fund) if fund else self.filter(holder=holder_id)

    def standing(self, holder: Holder, unit: Unit) -> Standing | None:
        """Say where somebody stands; None where nothing was ever opened.

        Asked on every page, hence in plain SQL: a third of what an object costs.
        """
        holder_id, fund = holder_columns(holder)
        with connections[self.db].cursor() as cursor:
            cursor.execute(OF_FUND if fund else OF_MEMBER, [fund or holder_id, unit])
            row = cursor.fetchone()
        return Standing(*row) if row else None

    def balance(self, holder: Holder, unit: Unit) -> int:
        """Say what somebody holds of a unit: 0 where nothing was ever moved."""
        standing = self.standing(holder, unit)
        return standing.balance if standing else 0


class Account(models.Model):
    """What one holder has of one unit. Only the ledger's two doors change it."""

    # The application's role may read this table and not write it; see `migrate`.
    application_may = "SELECT"

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="accounts",
        null=True,
        db_index=False,
    )
    fund = models.CharField(max_length=60, null=True)  # noqa: DJ001 (one of the two is NULL)
    unit = models.CharField(max_length=6, choices=Unit)
    balance = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0, help_text="number of its latest line")
    moved_at = models.DateTimeField(null=True, help_text="moment of its latest line")
    floor = models.BigIntegerField(
        null=True, help_text="how far down; NULL is no limit"
    )
    ceiling = models.BigIntegerField(
        null=True, help_text="how far up; NULL is no limit"
    )
    closed = models.BooleanField(default=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        # What an account may say is guarded by triggers, see migrations/sql/guards.sql.
        constraints = [
            models.UniqueConstraint(
                name="account_per_member_and_unit",
                fields=["holder", "unit"],
                condition=Q(holder__isnull=False),
            ),
            models.UniqueConstraint(
                name="account_per_fund_and_unit",
                fields=["fund", "unit"],
                condition=Q(fund__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund or self.holder_id} {self.unit}"

    @property
    def whose(self) -> Holder:
        """The member or the fund that holds it."""
        if self.fund:
            return Fund(self.fund)
        assert self.holder, "account_has_one_holder"
        return self.holder
