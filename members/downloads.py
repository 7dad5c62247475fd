"""What the network knows of one member, room by room, for them to take along."""

from dataclasses import dataclass
from typing import Any

from members.models import Member
from members.signals import download_asked


@dataclass(frozen=True, slots=True)
class Part:
    """One room's part: a title and rows, each with the same named columns.

    Values are plain: text, whole numbers, days and moments, or None.
    """

    name: str
    title: str
    rows: list[dict[str, Any]]


def parts_of(member: Member) -> list[Part]:
    """Ask every room for what it knows of a member."""
    found: list[Part] = []
    for _room, parts in download_asked.send(sender=Member, member=member):
        found += parts  # type: ignore[arg-type]
    return found
