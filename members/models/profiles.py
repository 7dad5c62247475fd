"""What members tell of themselves, and to whom, field by field."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.places import Neighbourhood
from members.plain_text import check_one_line


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


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Reads of profiles."""

    def with_places(self) -> Self:
        """Fetch the neighbourhood's name along."""
        return self.select_related("neighbourhood")


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
    about = models.TextField(_("about me"), max_length=1000, blank=True)
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

    objects = ProfileQuerySet.as_manager()

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
