"""Who wrote a row into the books, on whose word, how, and because of what."""

from typing import NamedTuple, Protocol
from uuid import UUID


class Recorder(Protocol):
    """Who records, and for whom. The rooms pass `members.acting.Acting`."""

    @property
    def recorded_by_id(self) -> int | None:
        """Who wrote it down; nobody where the network itself acts."""

    @property
    def recorded_for_id(self) -> int | None:
        """On whose word."""

    @property
    def channel(self) -> str:
        """How it reached us: "web", "phone" … The rooms know the words."""


class Cause(NamedTuple):
    """The room's row that a transfer comes from: ("exchange", its id)."""

    kind: str
    id: UUID
