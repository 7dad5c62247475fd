"""The keeper: it starts the servers, keeps them up, and stops them when their last user left.

Run as `python -m man_site.embedded.keeper FOLDER` by the first user, in a session of its
own. Its output is `log/keeper.log` in the data folder.
"""

import argparse
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Protocol

from man_site.embedded import binaries, keys
from man_site.embedded.data_folder import DataFolder, Refused
from man_site.embedded.keys import Keys
from man_site.embedded.postgres import Postgres
from man_site.embedded.processes import Kept, Program, last_lines
from man_site.embedded.valkey import Valkey

SECONDS_TO_BE_READY = 60


class Server(Protocol):
    """What the keeper asks of a server."""

    name: str

    def prepare(self, _keys: Keys, /) -> None: ...
    def program(self) -> Program: ...
    def clear(self) -> None: ...
    def is_ready(self, pid: int | None) -> bool: ...
    def finish(self, _keys: Keys, /) -> None: ...


class Keeper:
    """Looks after the servers of one data folder."""

    def __init__(self, folder: DataFolder, servers: list[Server]) -> None:
        self._folder = folder
        self._keys = keys.kept_in(folder.keys)
        self._servers = servers
        self._kept: list[Kept] = []
        self._users_lock = folder.lock("users")
        self._ready_lock = folder.lock("ready")

    def keep(self) -> None:
        """Bring the servers up and look after them until the last user has left."""
        self._bring_up()
        while not self._users_lock.try_alone():
            for kept in self._kept:
                kept.look_after()
            self._tell_ready()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the servers in good order."""
        self._ready_lock.release()
        for kept in self._kept:
            kept.ask_to_end()
        for kept in self._kept:
            kept.stop()
        if self._folder.sockets.parent != self._folder.path:
            shutil.rmtree(self._folder.sockets, ignore_errors=True)

    def _bring_up(self) -> None:
        for server in self._servers:
            server.prepare(self._keys)
            program = server.program()
            program.log.unlink(missing_ok=True)
            kept = Kept(program, say, server.clear)
            self._kept.append(kept)
            kept.start()
        until = time.monotonic() + SECONDS_TO_BE_READY
        while not self._are_ready():
            for kept in self._kept:
                if kept.pid is None or time.monotonic() > until:
                    raise Refused(_why_not(kept.program))
            time.sleep(0.01)
        for server in self._servers:
            server.finish(self._keys)
        self._tell_ready()

    def _are_ready(self) -> bool:
        pairs = zip(self._servers, self._kept, strict=True)
        return all(server.is_ready(kept.pid) for server, kept in pairs)

    def _tell_ready(self) -> None:
        if not self._are_ready():
            self._ready_lock.release()
        elif not self._ready_lock.is_mine:
            self._ready_lock.try_alone(patience=1)


def _why_not(program: Program) -> str:
    return f"{program.name} does not start; its log says:\n{last_lines(program.log)}"


def say(line: str) -> None:
    """Write a line to the keeper's log."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: list[str]) -> int:
    """Keep the servers of a folder, unless another keeper does."""
    reader = argparse.ArgumentParser(prog="python -m man_site.embedded.keeper")
    reader.add_argument("folder", type=Path)
    reader.add_argument("--only-valkey", action="store_true")
    reader.add_argument(
        "--throw-away", action="store_true", help="for tests: hasty, then deleted"
    )
    asked = reader.parse_args(words)
    folder = DataFolder(asked.folder)
    if not folder.lock("keeper").try_alone(patience=0.5):
        return 0
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    try:
        return _keep(folder, only_valkey=asked.only_valkey, throw_away=asked.throw_away)
    finally:
        if asked.throw_away:
            shutil.rmtree(folder.path, ignore_errors=True)


def _keep(folder: DataFolder, *, only_valkey: bool, throw_away: bool) -> int:
    try:
        # Again: a keeper that was just leaving may have removed the sockets' folder.
        folder.make()
        programs = binaries.usable_in(folder)
        servers: list[Server] = [Valkey(folder, programs, throw_away=throw_away)]
        if not only_valkey:
            servers.append(Postgres(folder, programs, throw_away=throw_away))
        keeper = Keeper(folder, servers)
    except Refused as refusal:
        say(str(refusal))
        return 1
    try:
        keeper.keep()
    except Refused as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        say("Asked to end.")
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
