"""Rounds: everything is measured for a moment, in turn, over and over.

A round's readings are near in time, so what the machine's neighbours do hits both sides
of a ratio; every other round runs backwards, so that what drifts, drifts both ways.
"""

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench import probes
from bench.figures import Figure
from bench.pgbench import HOT, WIDE, transactions_a_second
from bench.stage import CLIENTS, HORDAK, LETTERS, PAGES, Stage
from bench.townsfolk import CITY, TOWN
from bench.worlds import BUSY, LARGE, SMALL

SLICE = 0.8
LETTERS_A_ROUND = 400
Readings = dict[str, float]


class Slice(NamedTuple):
    """One moment's measurement: where, what it reads, and how."""

    place: str
    reads: tuple[str, ...]
    take: Callable[[Stage], tuple[float, ...]]


def _tpcb(name: str, place: str, clients: int) -> Slice:
    return Slice(
        place,
        (name,),
        lambda stage: (transactions_a_second(stage.server, place, clients),),
    )


def _rate(name: str, place: str, deed: str, hands: int = 1) -> Slice:
    return Slice(place, (name,), lambda stage: (stage.rate(place, deed, SLICE, hands),))


def _reads(stage: Stage) -> tuple[float, ...]:
    deeds = ("select_one", "balance", "statement")
    went = stage.hands[LARGE][0].do("in_turn", deeds, SLICE)
    return tuple(went[deed].p50 for deed in deeds)


def _pages(stage: Stage) -> tuple[float, ...]:
    deeds = ("empty_page", "statement")
    went = stage.hands[PAGES][0].do("in_turn", deeds, SLICE)
    return tuple(went[deed].p50 for deed in deeds)


def _letters(stage: Stage) -> float:
    rate: float = stage.hands[LETTERS][0].do("letters_a_second", LETTERS_A_ROUND)
    return rate


def _looks(stage: Stage) -> tuple[float, ...]:
    """A walk through the town, one through the city, and both once more."""
    took: dict[str, list[float]] = {TOWN: [], CITY: []}
    for place in (TOWN, CITY, CITY, TOWN):
        took[place] += stage.hands[place][0].do("walk")
    return tuple(sorted(took[place])[len(took[place]) * 95 // 100] for place in took)


SLICES = [
    _rate("transfer.1m", LARGE, "transfer"),
    _rate("transfer.1", SMALL, "transfer"),
    _tpcb("tpcb.1", WIDE, 1),
    _rate("hordak.1", HORDAK, "transfer"),
    _rate("transfer.atomic1", BUSY, "transfer_in_atomic"),
    _rate("batch1000", BUSY, "transfer_from_all"),
    _tpcb("tpcb.1b", WIDE, 1),
    _rate("record_exchange", BUSY, "record_exchange"),
    Slice(LETTERS, ("letters",), lambda stage: (_letters(stage),)),
    _rate("transfer.4", BUSY, "transfer", CLIENTS),
    _tpcb("tpcb.4", WIDE, CLIENTS),
    _rate("transfer.hot4", BUSY, "transfer_to_commons", CLIENTS),
    _tpcb("tpcb.hot4", HOT, CLIENTS),
    Slice(LARGE, ("select1.ms", "balance.ms", "statement50.ms"), _reads),
    Slice(PAGES, ("pages.empty.ms", "pages.statement.ms"), _pages),
    Slice(
        PAGES,
        ("pages.statement.queries",),
        lambda stage: (stage.hands[PAGES][0].do("queries_of_statement"),),
    ),
    Slice(CITY, ("people.town.p95.ms", "people.city.p95.ms"), _looks),
    Slice(
        CITY,
        ("people.search.queries",),
        lambda stage: (stage.hands[CITY][0].do("queries"),),
    ),
]


def slices_for(figures: list[Figure]) -> list[Slice]:
    """Choose what must be measured for these figures."""
    wanted = set().union(*(figure.readings for figure in figures))
    return [each for each in SLICES if wanted & set(each.reads)]


def rounds(
    stage: Stage, slices: list[Slice], most: int, until: float
) -> Iterator[Readings]:
    """Measure round by round, until there are enough or the time is up."""
    for number in range(most):
        began = time.monotonic()
        readings = probes.readings(stage.server.folder)
        for each in slices if number % 2 == 0 else reversed(slices):
            readings |= zip(each.reads, each.take(stage), strict=True)
        yield readings
        now = time.monotonic()
        if now + (now - began) > until:
            return
