"""Programs that we start: each dies with its parent, and some are kept alive."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from man_site.embedded import living
from man_site.embedded.accounts import Account

PR_SET_PDEATHSIG = 1
SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
HEALTHY_AFTER = 10.0

# Loaded here, since between fork and exec hardly anything is safe to do.
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Program:
    """A program with its surroundings, and how it is asked to end."""

    name: str
    words: Sequence[str]
    account: Account
    folder: Path
    log: Path
    environ: Mapping[str, str]
    farewell: signal.Signals = signal.SIGTERM
    """What stops it in good order."""
    orphaned: signal.Signals = signal.SIGTERM
    """What the kernel sends it when its parent is killed."""
    patience: float = 10
    """Seconds after the farewell before it is killed."""
    inherited: tuple[int, ...] = ()
    """Open sockets that it takes over."""


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start the program in a session of its own, so that Ctrl-C reaches us alone.

    Only the main thread may call this: the kernel takes the end of the *thread* that
    started a process for the end of its parent.
    """
    with program.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603  our own words
            program.words,
            cwd=program.folder,
            env=program.environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=program.inherited,
            start_new_session=True,
            # After `user` is set, which would clear the wish.
            preexec_fn=partial(die_with, os.getpid(), program.orphaned),
            **program.account.identity,
        )


def die_with(parent: int, orphaned: signal.Signals) -> None:
    """Ask the kernel for a signal when the parent ends, even by `kill -9`."""
    if sys.platform != "linux":
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(orphaned))
    if os.getppid() != parent:
        # It ended before we could ask.
        os._exit(1)


def stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """Ask the program to end, insist after a while, and leave none of its children."""
    if process.poll() is None:
        process.send_signal(program.farewell)
        try:
            process.wait(program.patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    end_group(process.pid)


def end_group(group: int, patience: float = 3) -> None:
    """End what is left of a program's children, first kindly, then for good."""
    until = time.monotonic() + patience
    farewell = signal.SIGTERM
    while living.in_group(group):
        try:
            os.killpg(group, farewell)
        except ProcessLookupError:
            return
        if time.monotonic() > until:
            farewell = signal.SIGKILL
        time.sleep(0.02)


def outlive(name: str, mark: str, patience: float = 3) -> None:
    """Wait until the marked processes of an earlier life have ended, and insist at last."""
    until = time.monotonic() + patience
    while left := living.named(name, mark):
        if time.monotonic() > until:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for whoever must be told why something failed."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


class Kept:
    """A program that is started again whenever it ends by itself."""

    def __init__(
        self,
        program: Program,
        say: Callable[[str], None],
        clear: Callable[[], None] = lambda: None,
    ) -> None:
        self.program = program
        self._say = say
        self._clear = clear
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = SHORTEST_PAUSE
        self._not_before = 0.0

    @property
    def pid(self) -> int | None:
        """Its process, if it lives."""
        if self._process is None or self._process.poll() is not None:
            return None
        return self._process.pid

    def start(self) -> None:
        """Clear away what an earlier life has left, and start."""
        self._clear()
        self._started = time.monotonic()
        self._process = start(self.program)

    def look_after(self) -> None:
        """Notice that it ended, say so, and start it again after a short pause."""
        if self.pid is not None:
            return
        now = time.monotonic()
        if self._process is not None:
            self._say(
                f"{self.program.name} {_how(self._process.returncode)}; starting it again."
            )
            end_group(self._process.pid)
            healthy = now - self._started > HEALTHY_AFTER
            self._pause = (
                SHORTEST_PAUSE if healthy else min(2 * self._pause, LONGEST_PAUSE)
            )
            self._not_before = now + self._pause
            self._process = None
        elif now >= self._not_before:
            self.start()

    def ask_to_end(self) -> None:
        """Send the farewell without waiting, so that several can end at once."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(self.program.farewell)

    def stop(self) -> None:
        """End it and its children, and wait for that."""
        if self._process is not None:
            stop(self._process, self.program)
            self._process = None


def _how(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
