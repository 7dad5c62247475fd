"""Members: the people of the network, whether they sign in or not."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.models.dues import DuePayment
from members.models.places import Household
from members.models.roles import Role, RoleGrant
from members.plain_text import check_one_line


class MemberKind(models.TextChoices):
    """Who can belong: people, and bodies for which stewards act."""

    PERSON = "person", _("a person")
    ORGANISATION = "organisation", _("an organisation")


class MemberQuerySet(models.QuerySet["Member"]):
    """Reads of members."""

    def present(self) -> "MemberQuerySet":
        """Keep those who have not left."""
        return self.filter(left_at__isnull=True)

    def paid_up(self, day: date, *, share: bool, dues: bool) -> "MemberQuerySet":
        """Keep those who paid by a day what the network asked for then.

        Ask `members.policies.money.paid_up`, which knows what it asked for.
        """
        mine = DuePayment.objects.filter(member=models.OuterRef("pk"))
        if share:
            self = self.filter(models.Exists(mine.share_on(day)))
        if dues:
            self = self.filter(models.Exists(mine.dues_on(day)))
        return self

    def named_like(self, words: str) -> "MemberQuerySet":
        """Keep those whose name has every one of the words, or whose number it is."""
        if words.strip().isdecimal():
            return self.filter(number=min(int(words), 2**31 - 1))
        for word in words.split():
            self = self.filter(name__icontains=word)
        return self


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """How Django asks for members when they sign in."""


class Member(AbstractBaseUser):
    """A neighbour, or an organisation of neighbours. Many have no e-mail at all."""

    number = models.PositiveIntegerField(_("member number"), unique=True)
    name = models.CharField(_("name"), max_length=80, validators=[check_one_line])
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 (NULL is "has none")
    kind = models.CharField(
        max_length=12, choices=MemberKind, default=MemberKind.PERSON
    )
    language = models.CharField(_("language"), max_length=7, default="en")
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
    )
    welcomed_at = models.DateTimeField()
    on_leave_at = models.DateTimeField(
        null=True, blank=True, help_text="since when they are away for a while"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="when their name and words were erased"
    )
    # As it is looked up and sorted: small letters, no accents.
    folded_name = models.GeneratedField(
        expression=models.Func(models.F("name"), function="members_folded"),
        output_field=models.TextField(),
        db_persist=True,
    )
    is_active = models.GeneratedField(
        expression=models.Q(left_at__isnull=True),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_has_an_email_alone"),
            models.CheckConstraint(
                name="member_leaves_after_the_welcome",
                condition=models.Q(left_at__isnull=True)
                | models.Q(left_at__gte=models.F("welcomed_at")),
            ),
            models.CheckConstraint(
                name="member_has_a_name", condition=~models.Q(name="")
            ),
            models.CheckConstraint(
                name="member_is_of_a_known_kind",
                condition=models.Q(kind__in=MemberKind.values),
            ),
            models.CheckConstraint(
                name="member_is_forgotten_after_leaving",
                condition=models.Q(forgotten_at__isnull=True)
                | models.Q(left_at__isnull=False),
            ),
            models.CheckConstraint(
                name="member_is_on_leave_or_left",
                condition=models.Q(on_leave_at__isnull=True)
                | models.Q(left_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["folded_name", "id"], name="member_by_name"),
            GinIndex(
                OpClass("folded_name", name="gin_trgm_ops"), name="member_name_trigrams"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a neighbour would call out."""
        return self.name.split(maxsplit=1)[0]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held at this moment (asks the database once per object)."""
        return frozenset(
            RoleGrant.objects.in_force()
            .filter(member=self)
            .values_list("role", flat=True)
        )

    def has_role(self, role: Role) -> bool:
        """Whether this member holds a role now."""
        return role in self.roles

    @property
    def is_coordinator(self) -> bool:
        """Whether to show what coordinators use."""
        return self.has_role(Role.COORDINATOR)
