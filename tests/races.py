"""Many at once, really: threads that start together, each with a connection of its own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import OperationalError, connections


def connect() -> None:
    """Connect, if need be once the connections of the test before are really gone."""
    until = time.monotonic() + 20
    while True:
        try:
            return connections["default"].ensure_connection()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def at_once(deeds: list[Callable]) -> list:
    """Do all of them at the same moment, and say what each answered or was refused with."""
    together = Barrier(len(deeds))

    def do(deed):
        try:
            connect()
            together.wait(timeout=30)
            return deed()
        except ValidationError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))
