"""Members: the people of the network, whether they sign in or not."""

from datetime import date
from functools import reduce
from operator import or_
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.models.dues import DuePayment
from members.models.finding import (
    Found,
    begins_a_word,
    near_words,
    number_in,
    planned_afresh,
    words_of,
)
from members.models.places import Household
from members.models.privacy import Block
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

    def behind(self, day: date, *, share: bool, dues: bool) -> "MemberQuerySet":
        """Keep those for whom some of what was asked for is open on a day."""
        mine = DuePayment.objects.filter(member=models.OuterRef("pk"))
        is_open = models.Q(pk__in=[])
        if share:
            is_open |= models.Q(~models.Exists(mine.share_on(day)))
        if dues:
            is_open |= models.Q(~models.Exists(mine.dues_on(day)))
        return self.filter(is_open)

    def visible_to(self, reader: "Member") -> "MemberQuerySet":
        """Keep those who are here and have not blocked the reader.

        Coordinators find everybody who is here: they must be able to help.
        """
        return self.present().not_blocking(reader) if reader.pk else self.none()

    def not_blocking(self, reader: "Member") -> "MemberQuerySet":
        """Keep those who have not blocked the reader, here or not."""
        if reader.is_coordinator:
            return self
        hidden = Block.objects.filter(blocked=reader).values("member")
        return self.exclude(pk__in=hidden)

    def held(self, pk: int) -> "Member":
        """Take a member's row for this deed: nobody else changes it until that is done.

        Rows that only name a member don't wait for it.
        """
        return self.select_for_update(no_key=True).get(pk=pk)

    def all_held(self) -> dict[int, "Member"]:
        """Take the rows of all of these: by id, as everybody does, so nobody waits in a circle."""
        rows = self.order_by("pk").select_for_update(no_key=True)
        return {row.pk: row for row in rows}

    def named_like(
        self, typed: str, near: dict[str, list[str]] | None = None
    ) -> "MemberQuerySet":
        """Keep those whose number it is, or in whose name every word begins a word.

        `near` says for a word which others will do as well.
        """
        if (number := number_in(typed)) is not None:
            return self.filter(number=number)
        words = words_of(typed)
        if typed.strip() and not words:
            return self.none()
        for word in words:
            alike = [word, *(near or {}).get(word, [])]
            self = self.filter(reduce(or_, map(begins_a_word, alike)))
        return self

    def by_name(
        self, *, after: "Member | None" = None, before: "Member | None" = None
    ) -> "MemberQuerySet":
        """Sort as people look names up, from one of them on; or backwards from one."""
        if before:
            return self.filter(
                Q(folded_name__lt=before.folded_name) | Q(pk__lt=before.pk),
                folded_name__lte=before.folded_name,
            ).order_by("-folded_name", "-pk")
        if after:
            self = self.filter(
                Q(folded_name__gt=after.folded_name) | Q(pk__gt=after.pk),
                folded_name__gte=after.folded_name,
            )
        return self.order_by("folded_name", "pk")

    def found(
        self,
        typed: str,
        *,
        at_most: int,
        after: "Member | None" = None,
        before: "Member | None" = None,
    ) -> Found:
        """Find by name or number, sorted by name; near misses where nobody is called so."""
        here = self.by_name(after=after, before=before)
        way = ("-by", "-pk") if before else ("by", "pk")
        near: dict[str, list[str]] = {}
        with planned_afresh():
            ids = _first_of(here.named_like(typed, near), typed, way, at_most + 1)
            if not ids and number_in(typed) is None:
                near = {word: near_words(word) for word in words_of(typed)}
                if any(near.values()):
                    ids = _first_of(
                        here.named_like(typed, near), typed, way, at_most + 1
                    )
        rows = {row.pk: row for row in self.filter(pk__in=ids)}
        shown = [rows[pk] for pk in ids[:at_most] if pk in rows]
        shown = shown[:: -1 if before else 1]
        named = {word for row in shown for word in row.name_words.split()}
        alike = dict.fromkeys(word for words in near.values() for word in words)
        meant = tuple(word for word in alike if word in named)
        return Found(shown, has_more=len(ids) > at_most, meant=meant)


def _first_of(
    named: MemberQuerySet, typed: str, way: tuple[str, str], at_most: int
) -> list[int]:
    """Say the ids of the first who are called so.

    All of them are looked up by the index of words and sorted: to read on by name until
    enough have come is slow, for namesakes stand together, and often far down.
    """
    if words_of(typed):
        unindexed = Concat("folded_name", Value(""))
        named = named.annotate(by=unindexed).order_by(*way)
    return list(named.values_list("pk", flat=True)[:at_most])


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
    # The same for the search: its words, each after a blank.
    name_words = models.GeneratedField(
        expression=models.Func(models.F("name"), function="members_words"),
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
                OpClass("name_words", name="gin_trgm_ops"), name="member_name_trigrams"
            ),
            models.Index(fields=["welcomed_at"], name="member_by_welcome"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Say where neighbours read about this member."""
        return reverse("members:member", args=[self.pk])

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
    def has_desk(self) -> bool:
        """Whether to show the desk of those who welcome, help along, or keep dues."""
        at_the_desk = {Role.COORDINATOR, Role.MEMBERSHIP, Role.TREASURER}
        return bool(at_the_desk & self.roles)

    @property
    def is_coordinator(self) -> bool:
        """Whether to show what coordinators use."""
        return self.has_role(Role.COORDINATOR)
