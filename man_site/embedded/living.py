"""Which processes are alive, as Linux tells it in /proc."""

from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def in_group(group: int) -> list[int]:
    """The living processes of a process group. A dead one that nobody reaped is not alive."""
    return [pid for pid, state, their in _states() if their == group and state != "Z"]


def named(name: str, mark: str) -> list[int]:
    """The living processes of this name which carry the mark in their command line."""
    return [pid for pid, _state, _group in _states() if _carries(pid, name, mark)]


def _states() -> Iterator[tuple[int, str, int]]:
    if not PROC.is_dir():
        # Not Linux: PostgreSQL and Valkey then guard their folders alone.
        return
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            # "pid (name) state parent group …", and the name may hold anything.
            fields = _read(folder / "stat").rpartition(")")[2].split()
            if fields:
                yield int(folder.name), fields[0], int(fields[2])


def _carries(pid: int, name: str, mark: str) -> bool:
    folder = PROC / str(pid)
    return _read(folder / "comm").strip() == name and mark in _read(folder / "cmdline")


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        # It ended between two looks.
        return ""
