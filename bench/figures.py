"""The figures and their goals: each is one reading over another of the same round."""

from typing import NamedTuple

# What a build may fail on, as a part of the goal: machines and neighbours vary.
ENOUGH = 0.8


class Figure(NamedTuple):
    """A ratio of two readings (or one reading, where it is counted and not timed)."""

    name: str
    above: str
    below: str | None
    goal: float
    at_most: bool = False

    @property
    def readings(self) -> set[str]:
        """What must be read for it."""
        return {self.above} | ({self.below} if self.below else set())

    def of(self, readings: dict[str, float]) -> float:
        """Reckon it for one round."""
        return readings[self.above] / (readings[self.below] if self.below else 1)

    def is_met(self, value: float, part: float = 1) -> bool:
        """Whether a value reaches the goal, or the given part of it."""
        if self.below is None:
            part = 1
        return value <= self.goal / part if self.at_most else value >= self.goal * part

    @property
    def goal_in_words(self) -> str:
        """Say the goal as the table shows it."""
        return f"{'≤' if self.at_most else '≥'} {self.goal:g}"


FIGURES = [
    Figure("ledger.transfer.1.over_tpcb", "transfer.1", "tpcb.1", 1.2),
    Figure("ledger.transfer.4.over_tpcb", "transfer.4", "tpcb.4", 0.7),
    Figure("ledger.transfer.hot4.over_tpcb_hot", "transfer.hot4", "tpcb.hot4", 0.55),
    Figure("ledger.transfer.1.over_hordak", "transfer.1", "hordak.1", 4.5),
    Figure("ledger.transfer.1m_over_10k", "transfer.1m", "transfer.1", 0.85),
    Figure("ledger.transfer.atomic1.over_tpcb", "transfer.atomic1", "tpcb.1b", 0.9),
    Figure("ledger.batch1000.over_tpcb", "batch1000", "tpcb.1b", 10),
    Figure("ledger.balance.over_select1", "balance.ms", "select1.ms", 2, at_most=True),
    Figure(
        "ledger.statement50.over_select1",
        "statement50.ms",
        "select1.ms",
        10,
        at_most=True,
    ),
    Figure("timebank.record_exchange.over_tpcb", "record_exchange", "tpcb.1b", 0.22),
    # Where tpcb does a thousand a second, this is the promise: 200 letters a second by one
    # worker, to a mail service on the same machine. (`letters` says how many it was.)
    Figure("letters.over_tpcb", "letters", "tpcb.1b", 0.2),
    Figure(
        "pages.statement.cost_over_empty_page",
        "pages.statement.ms",
        "pages.empty.ms",
        3,
        at_most=True,
    ),
    Figure("pages.statement.queries", "pages.statement.queries", None, 6, at_most=True),
    Figure(
        "people.search_p95.100k_over_2800",
        "people.city.p95.ms",
        "people.town.p95.ms",
        3,
        at_most=True,
    ),
    Figure("people.search.queries", "people.search.queries", None, 12, at_most=True),
]


def figures_under(names: list[str]) -> list[Figure]:
    """Keep the figures whose names begin with one of these; all where none is given."""
    return [
        figure
        for figure in FIGURES
        if not names or figure.name.startswith(tuple(names))
    ]
