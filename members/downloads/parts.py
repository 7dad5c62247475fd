"""How a room says what it knows of one member: parts, and the shelves they come from."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from members.models import Member
from members.signals import download_asked

# Who wrote a row down, for whom, how and when.
RECORDED = (
    "recorded_at",
    ("recorded_by", "recorded_by__name"),
    ("recorded_for", "recorded_for__name"),
    "channel",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One room's part: a title and rows, each with the same named columns.

    Values are plain: text, whole numbers, days and moments, or None.
    """

    name: str
    title: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where rows about a member are found: a table, the columns that lead to them, and
    what of each row is theirs to take along (a column, or a name and a way to it).
    """

    name: str
    title: Promise | str
    model: type[models.Model]
    of: tuple[str, ...]
    columns: tuple[str | tuple[str, str], ...]

    def part_of(self, member: Member) -> Part:
        """Take the rows of one member down from it, the oldest first."""
        mine = Q()
        for column in self.of:
            mine |= Q(**{column: member.pk})
        names = {
            one if isinstance(one, str) else one[0]: one
            if isinstance(one, str)
            else one[1]
            for one in self.columns
        }
        rows: Any = self.model._default_manager.filter(mine)  # noqa: SLF001 (documented)
        values = rows.order_by("pk").values_list(*names.values())
        return Part(
            name=self.name,
            title=str(self.title),
            rows=[dict(zip(names, row, strict=True)) for row in values],
        )


def parts_of(member: Member) -> list[Part]:
    """Ask every room for what it knows of a member."""
    found: list[Part] = []
    for _room, parts in download_asked.send(sender=Member, member=member):
        found += parts  # type: ignore[arg-type]
    return found
