"""Where members live: neighbourhoods, and households that share a roof."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.plain_text import check_one_line


class NeighbourhoodQuerySet(models.QuerySet["Neighbourhood"]):
    """Reads of neighbourhoods."""

    def within(self, neighbourhood: "Neighbourhood") -> list[int]:
        """Say the ids of a neighbourhood and of all that lie in it, however deep."""
        return [
            row.pk
            for row in self.raw(
                """
                WITH RECURSIVE inside AS (
                    SELECT id FROM members_neighbourhood WHERE id = %s::bigint
                     UNION
                    SELECT n.id FROM members_neighbourhood n JOIN inside i ON n.parent_id = i.id)
                SELECT id FROM inside
                """,
                [neighbourhood.pk],
            )
        ]

    def by_name(self) -> Self:
        """Sort as people look them up."""
        return self.order_by("name", "id")


class Neighbourhood(models.Model):
    """A part of town that people call by one name; it may lie within another.

    Its centre is for distances only (degrees, WGS 84): no member's own place is kept.
    """

    name = models.CharField(_("name"), max_length=60, validators=[check_one_line])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("lies in"),
    )
    latitude = models.FloatField(_("latitude of its centre"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of its centre"), null=True, blank=True)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="neighbourhood_name_is_alone", fields=["name"]
            ),
            models.CheckConstraint(
                name="neighbourhood_lies_not_in_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="neighbourhood_centre_is_on_earth",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """Members who share a roof, so that nobody decides about their own household's money."""

    name = models.CharField(_("name"), max_length=80, validators=[check_one_line])

    def __str__(self) -> str:
        return self.name
