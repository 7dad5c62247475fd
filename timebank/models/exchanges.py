"""Exchanges: help that was given."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ledger.models import Transfer
from members.models import Block, Member, Recorded, Role
from members.plain_text import check_one_line


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Reads of exchanges."""

    def visible_to(self, member: Member, *, also: Member | None = None) -> Self:
        """Both sides see it, and coordinators, who answer for it.

        `also` is who holds the pen, where they act for `member`.
        """
        readers = {member, also or member}
        if any(reader.has_role(Role.COORDINATOR) for reader in readers):
            return self
        return self.filter(Q(giver__in=readers) | Q(receiver__in=readers))

    def with_people(self) -> Self:
        """Fetch the names along with the rows."""
        return self.select_related("giver", "receiver", "recorded_by", "recorded_for")

    def latest_of_each(self) -> dict[int, datetime]:
        """Say when each member last gave or received help; one query for all of them."""
        sides = [
            self.order_by().values_list(side).annotate(Max("recorded_at"))
            for side in ("giver", "receiver")
        ]
        latest: dict[int, datetime] = {}
        for pk, at in sides[0].union(sides[1], all=True):
            latest[pk] = max(at, latest.get(pk, at))
        return latest

    def neighbours_of_late(self, member: Member) -> list[Member]:
        """Say whom a member exchanged help with lately, the latest first.

        Whoever has blocked them since is not among them.
        """
        mine = self.filter(Q(giver=member) | Q(receiver=member)).with_people()
        if not member.is_coordinator:
            hidden = Block.objects.filter(blocked=member).values("member")
            mine = mine.exclude(Q(giver__in=hidden) | Q(receiver__in=hidden))
        others = (
            exchange.receiver if exchange.giver == member else exchange.giver
            for exchange in mine.order_by("-recorded_at")[:40]
        )
        present = (other for other in others if not other.left_at)
        return list(dict.fromkeys(present))[:6]


class Exchange(Recorded):
    """Help that one neighbour gave another; the hours moved when it was recorded.

    Its id is the key that came with the form, and the transfer's key too: a form that
    is sent twice meets itself.
    """

    id = models.UUIDField(primary_key=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="help_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="help_received"
    )
    minutes = models.PositiveIntegerField()
    what = models.CharField(_("what"), max_length=200, validators=[check_one_line])
    helped_on = models.DateField()
    transfer = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, related_name="exchange"
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_is_between_two", condition=~Q(giver=F("receiver"))
            ),
            models.CheckConstraint(
                name="exchange_takes_some_time", condition=Q(minutes__gt=0)
            ),
            models.CheckConstraint(
                name="exchange_says_what_was_done", condition=~Q(what="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("timebank:exchange", args=[self.pk])
