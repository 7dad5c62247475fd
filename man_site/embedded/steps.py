"""The steps before the first page, told with their durations."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from man_site.embedded.data_folder import Refused
from man_site.embedded.processes import Program, last_lines, start, stop

WIDTH = 30


def say(line: str = "") -> None:
    """Write a line to whoever runs the demo."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on; the network runs on.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell how long something took, once it is done."""
    began = time.monotonic()
    yield
    say(f"  {title.ljust(WIDTH, '.')} {time.monotonic() - began:4.1f} s")


def run(title: str, program: Program) -> None:
    """Run a program to its end, and refuse to go on if it fails."""
    program.log.unlink(missing_ok=True)
    with step(title):
        process = start(program)
        try:
            code = process.wait()
        finally:
            stop(process, program)
        if code != 0:
            end = last_lines(program.log)
            raise Refused(f"{title}: this failed, and {program.log} ends with:\n{end}")
