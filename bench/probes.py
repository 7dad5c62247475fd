"""What the machine itself can do at this moment; it explains a strange round."""

import os
import statistics
import time
from pathlib import Path

SYNCS = 25


def readings(folder: Path) -> dict[str, float]:
    """Time a fixed sum in Python, and how long the disk takes to promise a page."""
    return {"probe.cpu.ms": _sum_ms(), "probe.fsync.ms": _fsync_ms(folder)}


def _sum_ms() -> float:
    before = time.perf_counter()
    total = 0
    for number in range(500_000):
        total += number
    return (time.perf_counter() - before) * 1000


def _fsync_ms(folder: Path) -> float:
    took = []
    file = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY, 0o600)
    for number in range(SYNCS):
        os.pwrite(file, bytes(8192), number * 8192)
        before = time.perf_counter()
        os.fdatasync(file)
        took.append((time.perf_counter() - before) * 1000)
    os.close(file)
    return statistics.median(took)
