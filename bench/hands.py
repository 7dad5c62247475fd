"""Hands: processes that do one deed over and over, for as long as they are told to."""

import multiprocessing
import os
import signal
import statistics
import time
import traceback
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

import django

# How many calls of one deed before the next has its turn, where several are compared.
AT_ONE_GO = 10
# Statements are prepared, templates compiled and pages of the database read by then.
WARM = 40


class Went(NamedTuple):
    """What a hand did: how many a second, and how long one call took (milliseconds)."""

    a_second: float
    p50: float
    p99: float


class Hand:
    """A process with a connection of its own. It ends when we do."""

    def __init__(self, room: str, environ: dict[str, str]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_live, args=(theirs, room, environ), daemon=True
        )
        self._process.start()
        theirs.close()

    def ask(self, what: str, *details: Any) -> None:
        """Tell it what to do; `answer` waits for what came of it."""
        self._pipe.send((what, details))

    def answer(self) -> Any:
        """Wait for the answer, and fail as it failed."""
        went_well, answer = self._pipe.recv()
        if not went_well:
            raise RuntimeError(f"a hand failed:\n{answer}")
        return answer

    def do(self, what: str, *details: Any) -> Any:
        """Ask, and wait."""
        self.ask(what, *details)
        return self.answer()

    def leave(self) -> None:
        """Send it away."""
        self._pipe.close()
        self._process.join(1)
        self._process.kill()
        self._process.join()


def together(hands: Iterable[Hand], what: str, *details: Any) -> list[Any]:
    """Have several do the same at once."""
    hands = list(hands)
    for hand in hands:
        hand.ask(what, *details)
    return [hand.answer() for hand in hands]


def _live(pipe: Any, room: str, environ: dict[str, str]) -> None:
    """Be a hand: set the place up, then do what the pipe says until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(environ)
    # Lines of the log are written, as in earnest, and read by nobody.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    place = None
    while True:
        try:
            what, details = pipe.recv()
        except EOFError:
            return
        try:
            if place is None:
                django.setup()
                place = import_module(room).Place()
            pipe.send((True, _do(place, what, details)))
        except Exception:  # noqa: BLE001 (whatever it is, it is told to who asked)
            pipe.send((False, traceback.format_exc()))


def _do(place: Any, what: str, details: tuple[Any, ...]) -> Any:
    if what == "for_seconds":
        name, seconds = details
        return for_seconds(getattr(place, name), seconds)
    if what == "in_turn":
        names, seconds = details
        return in_turn({name: getattr(place, name) for name in names}, seconds)
    if what == "warm_up":
        for name in details:
            for _ in range(WARM):
                getattr(place, name)()
        return None
    return getattr(place, what)(*details)


def for_seconds(deed: Callable[[], int | None], seconds: float) -> Went:
    """Do one deed again and again. A deed of many at once says how many they were."""
    took: list[float] = []
    done = 0
    started = before = time.perf_counter()
    while before - started < seconds:
        done += deed() or 1
        after = time.perf_counter()
        took.append(after - before)
        before = after
    return _went(done, before - started, took)


def in_turn(deeds: dict[str, Callable[[], Any]], seconds: float) -> dict[str, Went]:
    """Do several deeds, a few calls of each before the next has its turn."""
    took: dict[str, list[float]] = {name: [] for name in deeds}
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for name, deed in deeds.items():
            for _ in range(AT_ONE_GO):
                before = time.perf_counter()
                deed()
                took[name].append(time.perf_counter() - before)
    return {name: _went(len(all_), sum(all_), all_) for name, all_ in took.items()}


def _went(done: int, seconds: float, took: list[float]) -> Went:
    took = sorted(took)
    late = took[int(len(took) * 0.99)]
    return Went(done / seconds, statistics.median(took) * 1000, late * 1000)
