"""The folder in which a network from the box keeps everything."""

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from man_site.embedded import accounts
from man_site.embedded.locks import Lock

CHECKOUT = Path(__file__).resolve().parents[2]

# A Unix socket's path has at most 107 bytes, and PostgreSQL adds a name to it.
LONGEST_SOCKET_FOLDER = 80


class Refused(Exception):  # noqa: N818  a refusal, not an error
    """Why the servers cannot run here, in one line for whoever called."""


class DataFolder:
    """Where the servers' data, their sockets, the passwords and the logs are.

    Started by root, the folder is root's, and the parts in it which the servers write
    belong to the account that they run as.
    """

    def __init__(self, path: Path) -> None:
        self._named = path
        self.path = path.resolve()
        self.servers = accounts.for_servers()
        self.log = self.path / "log"
        self.keys = self.path / "keys.json"
        self.static = self.path / "static"
        self.beat = self.path / "beat"
        self.letters = self.path / "letters"
        self.valkey = self.path / "valkey"
        self.sign_ins = self.path / "sign-ins.txt"
        self.progress = self.path / "progress.txt"
        self.address = self.path / "address"

    @classmethod
    def named_in(cls, environ: Mapping[str, str]) -> "DataFolder":
        """The folder of the demo network: DEMO_DATA, or `var/demo` beside the code.

        Where root's `nobody` cannot enter the checkout, it is a folder in /var/tmp.
        """
        if given := environ.get("DEMO_DATA"):
            return cls(Path(given))
        if accounts.for_servers().may_enter(CHECKOUT):
            return cls(CHECKOUT / "var" / "demo")
        return cls(Path("/var/tmp") / f"man-{_mark(CHECKOUT)}")  # noqa: S108  checked in make()

    @cached_property
    def mark(self) -> str:
        """A word by which the processes that belong to this folder are known."""
        return f"man-{_mark(self.path)}"

    @cached_property
    def sockets(self) -> Path:
        """The folder of the sockets: in the data folder if the path is short enough."""
        inside = self.path / "sockets"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / self.mark  # noqa: S108  checked in make()

    def lock(self, name: str) -> Lock:
        """One more hand on a lock: `keeper`, `ready`, `users` or `demo`."""
        return Lock(self.path / f"{name}.lock")

    @property
    def valkey_socket(self) -> Path:
        """Where Valkey listens."""
        return self.sockets / "valkey.sock"

    def make(self) -> None:
        """Make what is missing, each part with its owner; refuse a folder that isn't ours."""
        _make_with_parents(self.path)
        self._check()
        if not self.static.exists():
            self.forget_steps()
        for part in (self.log, self.beat, self.letters, self.static):
            part.mkdir(mode=0o700, exist_ok=True)
        for part in (self.valkey, self.sockets):
            part.mkdir(mode=0o700, exist_ok=True)
            seen = part.lstat()
            ours = seen.st_uid in (os.getuid(), self.servers.uid)
            if not (ours and stat.S_ISDIR(seen.st_mode)):
                raise Refused(f"{part} is not ours: remove it first.")
            self.servers.give(part)

    def forget_steps(self) -> None:
        """Let every step be taken again at the next start, see `notes.py`."""
        for note in self.path.glob("*.done"):
            note.unlink()

    def give_to_site(self, account: accounts.Account) -> None:
        """Let the account of the pages write its parts of the folder."""
        for part in (self.beat, self.letters, self.static):
            if any(each.lstat().st_uid != account.uid for each in part.rglob("*")):
                # Written by another account, and quickly written again.
                shutil.rmtree(part)
                part.mkdir(mode=0o700)
                self.forget_steps()
            account.give(part)
        for file in (self.sign_ins, self.progress):
            file.touch(mode=0o600)
            account.give(file)

    def _check(self) -> None:
        seen = self.path.stat()
        # In a folder that everybody may write, even the name may be somebody's trick.
        if {seen.st_uid, self._named.lstat().st_uid} != {os.getuid()}:
            raise Refused(
                f"{self.path} belongs to somebody else: run this as its owner, "
                "or name another folder by DEMO_DATA."
            )
        if seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise Refused(f"{self.path} can be written by others: chmod go-w it first.")
        if not self.servers.may_enter(self.path):
            raise Refused(
                f"The servers run as {self.servers.name}, who cannot enter {self.path}: "
                "name another folder by DEMO_DATA."
            )


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _make_with_parents(path: Path) -> None:
    if path.is_dir():
        return
    _make_with_parents(path.parent)
    path.mkdir(exist_ok=True)
    # Root's servers run as nobody and must get through, whatever root's umask is.
    path.chmod(0o755 if os.getuid() == 0 else 0o700)
