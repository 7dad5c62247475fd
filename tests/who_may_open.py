"""Who may open which page: one table that people can read. `tests/test_house.py` walks it.

Four readers, in this order: a stranger; Cleo, a member whom it does not concern; Ana, whom
it concerns; Rosa, a coordinator. What they are answered:
200 it opens · 302 sign in first, or it leads on · 403 not you · 404 not yours to know ·
405 only by a button · 401 prove that it is you.

A page about somebody's row says in the third column which row of the `World` it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.models import Member
from tests import make
from timebank.models import Exchange


@dataclass(frozen=True)
class World:
    """The rows that the pages are about. Each is Ana's, and none of Cleo's business."""

    rosa: Member
    ana: Member
    ben: Member
    cleo: Member
    exchange: Exchange


def a_world(rosa, ana, ben, cleo) -> World:
    return World(rosa, ana, ben, cleo, exchange=make.exchange(ana, ben))


Row = tuple[str, str] | tuple[str, str, Callable[[World], list[Any]]]

#                                       stranger Cleo Ana Rosa
PAGES: list[Row] = [
    # The roof
    ("home", "200 200 200 200"),
    ("books", "200 200 200 200"),
    ("healthz", "200 200 200 200"),
    ("readyz", "200 200 200 200"),
    # A page for those who build: only where the demo runs, or under DEBUG.
    ("style", "404 404 404 404"),
    # Hours
    ("timebank:statement", "302 200 200 200"),
    ("timebank:statement-of", "302 404 200 200", lambda w: [w.ana.pk]),
    ("timebank:record-exchange", "302 200 200 200"),
    ("timebank:record-exchange-for-others", "302 403 403 200"),
    ("timebank:exchange", "302 404 200 200", lambda w: [w.exchange.pk]),
    # Notices and letters
    ("members:notices", "302 200 200 200"),
    ("members:mark-notices-read", "302 405 405 405"),
    # Opened signed out, a link asks; of another who is signed in, it wonders.
    ("members:follow-link", "200 409 200 409", lambda w: [make.link(w.ana)[3:-1]]),
    # Joining
    # People
    # My own
    # Acting for others
    # Rules
    ("members:rules", "302 200 200 200"),
    ("members:rule", "302 200 200 200", lambda w: ["opening_floor"]),
    ("members:change-policy", "302 403 403 200", lambda w: ["opening_floor"]),
]
