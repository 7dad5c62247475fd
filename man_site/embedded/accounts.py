"""Who a process runs as: PostgreSQL refuses root, and nothing of ours needs it."""

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

# The number by which Linux knows nobody, where no name is kept for it.
NOBODY = 65534


class Identity(TypedDict, total=False):
    """What `subprocess` must be told, to run a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """Somebody whom a process runs as."""

    name: str
    uid: int
    gid: int

    @property
    def identity(self) -> Identity:
        """Nothing for oneself; otherwise user and group, and no other groups."""
        if self.uid == os.getuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, folder: Path) -> bool:
        """Whether this folder and all above it let the account through."""
        return all(self._may_pass(each) for each in (folder, *folder.parents))

    def may_run(self, words: Sequence[str], folder: Path) -> bool:
        """Whether this program starts and ends well for the account: tried, not guessed."""
        try:
            tried = subprocess.run(  # noqa: S603  our own words
                words, cwd=folder, capture_output=True, check=False, **self.identity
            )
        except OSError:
            return False
        return tried.returncode == 0

    def give(self, path: Path) -> None:
        """Let the account own a file or folder that we made for it."""
        if path.lstat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _may_pass(self, folder: Path) -> bool:
        if self.uid == 0:
            return True
        seen = folder.stat()
        if seen.st_uid == self.uid:
            return bool(seen.st_mode & stat.S_IXUSR)
        if seen.st_gid == self.gid:
            return bool(seen.st_mode & stat.S_IXGRP)
        return bool(seen.st_mode & stat.S_IXOTH)


def mine() -> Account:
    """Whoever called us."""
    uid = os.getuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        # In a container the number may have no name.
        name = str(uid)
    return Account(name, uid, os.getgid())


def for_servers() -> Account:
    """`nobody` if root called us, since PostgreSQL refuses root; otherwise the caller."""
    caller = mine()
    if caller.uid != 0:
        return caller
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account("nobody", NOBODY, NOBODY)
    return Account("nobody", nobody.pw_uid, nobody.pw_gid)
