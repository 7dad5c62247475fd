"""The embedded servers as their users see them: join, work, leave."""

import os
import subprocess
import sys
import time

from man_site.embedded import keys, roles
from man_site.embedded.data_folder import CHECKOUT, DataFolder, Refused
from man_site.embedded.processes import last_lines

SECONDS_TO_JOIN = 90
SECONDS_TO_LEAVE = 10


class Servers:
    """PostgreSQL and Valkey of one data folder, shared with whoever else uses them."""

    def __init__(self, folder: DataFolder, *keeper_options: str) -> None:
        self._folder = folder
        self._options = keeper_options
        self._keeper: subprocess.Popen[bytes] | None = None
        self._log = folder.log / "keeper.log"
        self._users_lock = folder.lock("users")
        self._ready_lock = folder.lock("ready")
        self._keeper_lock = folder.lock("keeper")

    def join(self) -> None:
        """Be a user of the servers; start them if nobody has."""
        self._folder.make()
        # From here on the keeper stays; if it is just leaving, this waits for its end.
        self._users_lock.share()
        until = time.monotonic() + SECONDS_TO_JOIN
        while not self.are_ready():
            if time.monotonic() > until:
                raise Refused(f"The servers are not ready; see {self._log}.")
            self.see_to_keeper()
            time.sleep(0.01)

    def are_ready(self) -> bool:
        """Whether both servers take connections."""
        return self._ready_lock.is_taken()

    def see_to_keeper(self) -> bool:
        """Start a keeper where there is none; tell why if ours could not work."""
        if self._keeper is not None:
            code = self._keeper.poll()
            if code is None:
                return False
            self._keeper = None
            if code > 0:
                raise Refused(last_lines(self._log))
        if self._keeper_lock.is_taken():
            return False
        self._start_keeper()
        return True

    def leave(self) -> None:
        """Stop using them, and see them stopped if nobody else uses them."""
        self._users_lock.release()
        until = time.monotonic() + SECONDS_TO_LEAVE
        while self._keeper_lock.is_taken() and time.monotonic() < until:
            if self._users_lock.is_shared():
                # Somebody else still works here, and the keeper serves them.
                break
            time.sleep(0.02)
        if self._keeper is not None:
            self._keeper.poll()

    def urls(self) -> dict[str, str]:
        """How the application reaches them, and how the owner of the database does."""
        passwords = keys.kept_in(self._folder.keys)
        host = str(self._folder.sockets)
        return {
            "DATABASE_URL": roles.url(roles.APPLICATION, passwords.application, host),
            "DATABASE_OWNER_URL": roles.url(roles.OWNER, passwords.owner, host),
            "REDIS_URL": f"unix://{self._folder.valkey_socket}",
        }

    def _start_keeper(self) -> None:
        program = [sys.executable, "-m", "man_site.embedded.keeper"]
        with self._log.open("wb") as log:
            # Without our death signal: it may have other users when we are gone.
            self._keeper = subprocess.Popen(  # noqa: S603  our own words
                [*program, str(self._folder.path), *self._options],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={"PATH": os.defpath},
            )
