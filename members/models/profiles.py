"""What members tell of themselves, and to whom, field by field."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.languages import in_their_own_words
from members.models.places import Neighbourhood
from members.plain_text import check_lines, check_one_line


class Audience(models.TextChoices):
    """Who may see something that a member tells of themselves. Each includes those before."""

    NOBODY = "nobody", _("nobody")
    COORDINATORS = "coordinators", _("coordinators")
    TEAMS = "teams", _("my teams and coordinators")
    MEMBERS = "members", _("all members")


class ContactWay(models.TextChoices):
    """How somebody likes to be reached."""

    EMAIL = "email", _("by e-mail")
    PHONE = "phone", _("by phone")
    POST = "post", _("by post or a note at the door")


def audience(default: Audience) -> "models.CharField[str, str]":
    """A column that says who may see another one."""
    return models.CharField(max_length=12, choices=Audience, default=default)


# The fields that a member shows or hides. The first are harmless, the others are opened
# one by one, and the member reads who did.
SHOWN = ("pronouns", "about", "languages", "neighbourhood")
SENSITIVE = ("phone", "email", "address", "emergency")
FIELDS = SHOWN + SENSITIVE


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whoever looks at profiles: whose are their own, whom they share a team with."""

    own: frozenset[int] = frozenset()
    is_coordinator: bool = False
    teammates: frozenset[int] = frozenset()

    def may_see(self, profile: "Profile", field: str) -> bool:
        """Whether one field of a profile is meant for these eyes."""
        if profile.pk in self.own:
            return True
        match getattr(profile, f"{field}_audience"):
            case Audience.MEMBERS:
                return True
            case Audience.TEAMS:
                return self.is_coordinator or profile.pk in self.teammates
            case Audience.COORDINATORS:
                return self.is_coordinator
        return False

    def seen(self, profile: "Profile") -> dict[str, Any]:
        """Say the harmless fields that are meant for these eyes and say something."""
        return {
            field: value
            for field in SHOWN
            if self.may_see(profile, field) and (value := getattr(profile, field))
        }

    def may_open(self, profile: "Profile") -> list[str]:
        """Say which sensitive fields stand here that these eyes may open one by one."""
        return [
            field
            for field in SENSITIVE
            if profile.value_of(field) and self.may_see(profile, field)
        ]

    def meant_for(self, field: str) -> Q:
        """Keep the members whose field these eyes may see, in the database.

        What is hidden from somebody can't be found out by filtering, either.
        """
        told = f"profile__{field}_audience"
        meant = Q((told, Audience.MEMBERS)) | Q(pk__in=self.own)
        if self.is_coordinator:
            return meant | Q((f"{told}__in", [Audience.TEAMS, Audience.COORDINATORS]))
        if self.teammates:
            meant |= Q((told, Audience.TEAMS), pk__in=self.teammates)
        return meant


class Profile(models.Model):
    """What one member tells of themselves. Made with the member, emptied when they leave."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="profile",
    )
    pronouns = models.CharField(
        _("pronouns"), max_length=40, blank=True, validators=[check_one_line]
    )
    about = models.TextField(
        _("about me"), max_length=1000, blank=True, validators=[check_lines]
    )
    languages = ArrayField(
        models.CharField(max_length=7),
        verbose_name=_("languages that I speak"),
        default=list,
        blank=True,
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("neighbourhood"),
    )
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, validators=[check_one_line]
    )
    address = models.CharField(
        _("address"), max_length=200, blank=True, validators=[check_one_line]
    )
    emergency = models.CharField(
        _("emergency contact"),
        max_length=200,
        blank=True,
        validators=[check_one_line],
    )
    contact_way = models.CharField(
        _("reach me best"), max_length=5, choices=ContactWay, default=ContactWay.EMAIL
    )

    pronouns_audience = audience(Audience.MEMBERS)
    about_audience = audience(Audience.MEMBERS)
    languages_audience = audience(Audience.MEMBERS)
    neighbourhood_audience = audience(Audience.MEMBERS)
    phone_audience = audience(Audience.COORDINATORS)
    email_audience = audience(Audience.COORDINATORS)
    address_audience = audience(Audience.COORDINATORS)
    emergency_audience = audience(Audience.COORDINATORS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name=f"profile_{field}_has_an_audience",
                condition=models.Q((f"{field}_audience__in", Audience.values)),
            )
            for field in FIELDS
        ]
        indexes = [GinIndex(fields=["languages"], name="profile_languages")]

    def __str__(self) -> str:
        return f"profile of {self.member_id}"

    def get_absolute_url(self) -> str:
        """Say where its owner reads and changes it."""
        return reverse("members:change-profile")

    def value_of(self, field: str) -> Any:
        """Say what stands in a field. (The e-mail address is the member's own.)"""
        return self.member.email if field == "email" else getattr(self, field)

    @property
    def languages_in_words(self) -> list[str]:
        """Say the languages as their speakers call them."""
        return in_their_own_words(self.languages)
