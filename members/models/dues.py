"""What members pay for belonging: the share once, the dues for a time."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.recording import Recorded

if TYPE_CHECKING:
    from members.models.members import Member


class Due(models.TextChoices):
    """What is paid."""

    SHARE = "share", _("membership share")
    DUES = "dues", _("dues")


class DuePaymentQuerySet(models.QuerySet["DuePayment"]):
    """Reads of payments."""

    def visible_to(self, member: "Member") -> Self:
        """One's own. Those who keep the money see all, through their own page."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Keep those that were not taken back."""
        return self.filter(reversed_at__isnull=True)

    def dues_on(self, day: date) -> Self:
        """Keep the dues that cover a day."""
        return self.standing().filter(
            what=Due.DUES, covers_from__lte=day, covers_until__gte=day
        )

    def share_on(self, day: date) -> Self:
        """Keep the share that counts on a day: paid by then, and not given back yet."""
        return self.standing().filter(
            Q(given_back_on__isnull=True) | Q(given_back_on__gt=day),
            what=Due.SHARE,
            paid_on__lte=day,
        )


class DuePayment(Recorded):
    """A share or dues that a member paid (or was let off: nothing, by a decision).

    Its id is the form's key and the ledger's. The cents are moved by the wiring.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dues"
    )
    what = models.CharField(max_length=5, choices=Due)
    cents = models.PositiveIntegerField()
    paid_on = models.DateField()
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)
    let_off = models.CharField(
        max_length=200, blank=True, help_text="why nothing was asked, by whose decision"
    )
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    given_back_on = models.DateField(
        null=True, blank=True, help_text="the first day on which the share is theirs"
    )
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DuePaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="due_payment_pays_or_says_why_not",
                condition=Q(cents__gt=0, let_off="") | (Q(cents=0) & ~Q(let_off="")),
            ),
            models.CheckConstraint(
                name="dues_cover_a_time",
                condition=Q(what="share", covers_from__isnull=True)
                | Q(what="dues", covers_until__gte=models.F("covers_from")),
            ),
            models.CheckConstraint(
                name="due_payment_is_for_something_known",
                condition=Q(what__in=Due.values),
            ),
            models.UniqueConstraint(
                name="share_stands_once",
                fields=["member"],
                condition=Q(
                    what="share", reversed_at__isnull=True, given_back_on__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="share_is_given_back_once_it_was_paid",
                condition=Q(given_back_on__isnull=True)
                | Q(
                    what="share",
                    cents__gt=0,
                    reversed_at__isnull=True,
                    given_back_by__isnull=False,
                ),
            ),
            ExclusionConstraint(
                name="dues_cover_a_day_once",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (
                        Func(
                            F("covers_from"),
                            F("covers_until"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(what="dues", reversed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.what} {self.cents}"

    def get_absolute_url(self) -> str:
        return reverse("members:due-payment", args=[self.pk])

    @property
    def can_be_given_back(self) -> bool:
        """Whether it is a share that stands, and was more than nothing."""
        is_gone = self.reversed_at or self.given_back_on
        return self.what == Due.SHARE and self.cents > 0 and not is_gone
