"""The table that people read, and the file that machines compare."""

import json
import statistics
from pathlib import Path

from bench.figures import ENOUGH, Figure
from bench.rounds import Readings

LATEST = Path(__file__).parent / "latest.json"


def write(figures: list[Figure], rounds: list[Readings], seconds: float) -> None:
    """Keep the medians: the ratios under their names, all else under `measured.`."""
    medians = {
        f"measured.{name}": statistics.median(each[name] for each in rounds)
        for name in rounds[0]
    }
    ratios = {figure.name: median(figure, rounds) for figure in figures}
    run = {"run.rounds": len(rounds), "run.seconds": seconds}
    everything = ratios | medians | run
    rounded = {name: round(value, 4) for name, value in everything.items()}
    LATEST.write_text(json.dumps(rounded, indent=2) + "\n")


def show(figures: list[Figure], rounds: list[Readings]) -> None:
    """Print each figure with its goal, and what the machine was like."""
    print(f"\n{'':40} {'median':>8}  {'(min … max)':^17} {'goal':>8}")
    for figure in figures:
        values = [figure.of(each) for each in rounds]
        span = f"({min(values):.2f} … {max(values):.2f})"
        middle = statistics.median(values)
        verdict = "ok" if figure.is_met(middle) else "FAIL"
        print(
            f"{figure.name:40} {middle:8.2f}  {span:^17}"
            f" {figure.goal_in_words:>8}  {verdict}"
        )
    print("\nThe same in absolute numbers (a second, or ms), which say little here:")
    for name in rounds[0]:
        values = [each[name] for each in rounds]
        span = f"({min(values):,.2f} … {max(values):,.2f})"
        print(f"  {name:28} {statistics.median(values):10,.2f}  {span}")


def missed(figures: list[Figure], rounds: list[Readings]) -> list[str]:
    """Name the figures that don't even come near their goals."""
    return [
        figure.name
        for figure in figures
        if not figure.is_met(median(figure, rounds), ENOUGH)
    ]


def median(figure: Figure, rounds: list[Readings]) -> float:
    """Say the middle of a figure's rounds."""
    return statistics.median(figure.of(each) for each in rounds)
