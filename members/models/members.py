"""Members: the people of the network, whether they sign in or not."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.models.roles import Role, RoleGrant
from members.plain_text import check_one_line


class MemberQuerySet(models.QuerySet["Member"]):
    """Reads of members."""

    def present(self) -> "MemberQuerySet":
        """Keep those who have not left."""
        return self.filter(left_at__isnull=True)

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
    language = models.CharField(_("language"), max_length=7, default="en")
    welcomed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
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
