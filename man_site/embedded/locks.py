"""Locks which the kernel opens when their holder ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path


class Lock:
    """One lock file, held by one alone or shared by many."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def try_alone(self, patience: float = 0) -> bool:
        """Take it for oneself, unless somebody has it."""
        # Whoever only asks whether it is taken holds it for an instant: hence the patience.
        until = time.monotonic() + patience
        while not self._take(fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    def share(self) -> None:
        """Take it together with others; wait while somebody has it alone."""
        self._take(fcntl.LOCK_SH)

    def release(self) -> None:
        """Give it back."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    @property
    def is_mine(self) -> bool:
        """Whether this very object holds it."""
        return self._held is not None

    def is_taken(self) -> bool:
        """Whether somebody holds it alone."""
        # Asked by trying to share it: askers then never take each other for a holder.
        return not _probe(self._path, fcntl.LOCK_SH)

    def is_shared(self) -> bool:
        """Whether somebody else holds it together with others."""
        return not _probe(self._path, fcntl.LOCK_EX) and not self.is_taken()

    def _take(self, how: int) -> bool:
        if self._held is not None:
            return True
        opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, how)
        except BlockingIOError:
            os.close(opened)
            return False
        self._held = opened
        return True


def _probe(path: Path, how: int) -> bool:
    try:
        opened = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        # Not yet made, or thrown away together with its folder.
        return True
    try:
        fcntl.flock(opened, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(opened)
    return True
