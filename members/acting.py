"""Who does a deed, for whom, and through which channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from members.models import Channel, Member


@dataclass(frozen=True, slots=True)
class Acting:
    """Every deed takes one, so that acting for somebody is never an afterthought.

    `member` holds the pen; `for_member` is the one whose deed it is: oneself, an
    organisation that one stewards, or somebody who phoned a coordinator.
    """

    member: Member
    for_member: Member
    channel: Channel = Channel.WEB

    @classmethod
    def as_oneself(cls, member: Member) -> "Acting":
        """Act on the web, in one's own name."""
        return cls(member=member, for_member=member)

    @property
    def is_for_another(self) -> bool:
        """Whether somebody else is to be told that it was done for them."""
        return self.member != self.for_member

    @property
    def recorded_by_id(self) -> int:
        """Who writes it down, as the ledger asks."""
        return self.member.pk

    @property
    def recorded_for_id(self) -> int:
        """On whose word, as the ledger asks."""
        return self.for_member.pk

    def recorded(self, at: datetime) -> dict[str, Any]:
        """Say the columns of `members.models.Recorded` for a row that is made now."""
        return {
            "recorded_by": self.member,
            "recorded_for": self.for_member,
            "channel": self.channel,
            "recorded_at": at,
        }
