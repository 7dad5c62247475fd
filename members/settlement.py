"""What somebody holds when they leave, room by room, and how it is settled."""

from dataclasses import dataclass

from members.models import Member
from members.signals import settlement_asked


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that a member holds: hours, a share, a task, a promise.

    `settled_by` says what happens to it when they leave. `obstacle` is set where it must
    be seen to first, in words that say how; `url` is where. `choices` are the ways among
    which the member chooses, (value, words), under the name `kind`.
    """

    kind: str
    what: str
    amount: str = ""
    settled_by: str = ""
    obstacle: str = ""
    url: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def holdings_of(member: Member) -> list[Holding]:
    """Ask every room what a member holds there."""
    found: list[Holding] = []
    for _room, holdings in settlement_asked.send(sender=Member, member=member):
        found += holdings  # type: ignore[arg-type]
    return found
