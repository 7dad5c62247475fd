"""The servers of one run: a PostgreSQL that trusts us with everything, and a queue."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from psycopg import sql

from man_site.embedded import keys, roles
from man_site.embedded.data_folder import DataFolder
from man_site.embedded.servers import Servers

OLDEST = 150_000
# On a server of our own. It keeps what it is given, as a real one would: fsync stays on.
ROOMY = {
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
}


@dataclass(frozen=True)
class Server:
    """PostgreSQL as its superuser, the queue, and two roles made for this run."""

    superuser: str
    queue: str
    folder: Path
    mark: str
    password: str

    @property
    def owner(self) -> str:
        """The role that migrates."""
        return f"{self.mark}_owner"

    @property
    def application(self) -> str:
        """The role that is measured: it can't bend the books."""
        return f"{self.mark}_app"

    def database(self, name: str) -> str:
        """Say the name on the server of what this run calls `name`."""
        return f"{self.mark}_{name}"

    def url(self, role: str, name: str) -> str:
        """Say how a role reaches a database of this run."""
        parts = urlsplit(self.superuser)
        host = parts.netloc.rpartition("@")[2]
        return parts._replace(
            netloc=f"{role}:{self.password}@{host}", path=f"/{self.database(name)}"
        ).geturl()

    def superuser_url(self, name: str) -> str:
        """Say how the superuser reaches a database of this run."""
        path = f"/{self.database(name)}"
        return urlsplit(self.superuser)._replace(path=path).geturl()

    def environ(self, name: str) -> dict[str, str]:
        """Say the settings under which the application meets a database of this run."""
        return {
            "DATABASE_URL": self.url(self.application, name),
            "REDIS_URL": self.queue,
            "CACHE_PREFIX": self.database(name),
            "SECRET_KEY": self.password * 2,
            "HTTPS": "false",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "DJANGO_SETTINGS_MODULE": "man_site.settings",
        }

    def create(self, name: str, template: str = "template1") -> None:
        """Make a database of this run, empty or as a copy."""
        from_whom = self.database(template) if template != "template1" else template
        with psycopg.connect(self.superuser, autocommit=True) as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    *map(sql.Identifier, (self.database(name), self.owner, from_whom))
                )
            )


@contextmanager
def servers_for_a_run() -> Iterator[Server]:
    """Have servers, and two roles on them; leave nothing behind."""
    with _postgres_and_queue() as (superuser, queue, folder):
        mark = f"man_bench_{secrets.token_hex(3)}"
        server = Server(superuser, queue, folder, mark, secrets.token_hex(24))
        try:
            _make_roles(server)
            yield server
        finally:
            _remove(server)
            _forget(server)


@contextmanager
def _postgres_and_queue() -> Iterator[tuple[str, str, Path]]:
    """Use the server that the environment names, if we may do all there; else our own."""
    # In /var/tmp, since /tmp is memory on many machines and would make fsync free.
    path = Path(tempfile.mkdtemp(prefix="man-bench-", dir="/var/tmp"))
    if os.getuid() == 0:
        path.chmod(0o755)  # the servers then run as nobody
    given = _given_superuser()
    queue = os.environ.get("REDIS_URL")
    embedded = None
    try:
        if given is None:
            embedded = Servers(DataFolder(path))
            embedded.join()
            superuser = _as_superuser(path, embedded)
            _make_room(superuser, embedded)
            yield superuser, embedded.urls()["REDIS_URL"], path
        elif queue is None:
            embedded = Servers(DataFolder(path), "--only-valkey")
            embedded.join()
            yield given, embedded.urls()["REDIS_URL"], path
        else:
            yield given, queue, path
    finally:
        if embedded:
            embedded.leave()
        shutil.rmtree(path, ignore_errors=True)


def _given_superuser() -> str | None:
    for name in ("DATABASE_OWNER_URL", "DATABASE_URL"):
        if url := os.environ.get(name):
            with psycopg.connect(url, autocommit=True) as server:
                mine = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
                is_super = server.execute(mine).fetchone() == (True,)
                if is_super and server.info.server_version >= OLDEST:
                    return url
            print(f"{name} is no superuser's of PostgreSQL 15 or newer: left alone.")
    return None


def _as_superuser(path: Path, embedded: Servers) -> str:
    urls = urlsplit(embedded.urls()["DATABASE_OWNER_URL"])
    password = keys.kept_in(path / "keys.json").superuser
    host = urls.netloc.rpartition("@")[2]
    return f"postgresql://postgres:{password}@{host}/{roles.DATABASE}"


def _make_room(superuser: str, embedded: Servers) -> None:
    with psycopg.connect(superuser, autocommit=True) as server:
        for name, value in ROOMY.items():
            server.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(
                    sql.Identifier(name), sql.Literal(value)
                )
            )
    embedded.leave()
    embedded.join()


def _make_roles(server: Server) -> None:
    with psycopg.connect(server.superuser, autocommit=True) as connection:
        for role in (server.owner, server.application):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(server.password)
                )
            )


def _remove(server: Server) -> None:
    """Drop this run's databases, and then its roles."""
    theirs = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    with psycopg.connect(server.superuser, autocommit=True) as connection:
        for (name,) in connection.execute(theirs, [server.mark]).fetchall():
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
        for role in (server.owner, server.application):
            connection.execute(
                sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role))
            )


def _forget(server: Server) -> None:
    """Take our keys out of a queue that may be somebody's."""
    with redis.Redis.from_url(server.queue) as queue:
        for key in queue.scan_iter(f"{server.mark}*"):
            queue.delete(key)
