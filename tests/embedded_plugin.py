"""Servers for a test run, ready before Django reads its settings.

Given nothing, PostgreSQL and Valkey come from their wheels into a temporary folder. Given
`DATABASE_URL` and `DATABASE_OWNER_URL`, these are used. Given `DATABASE_URL` of a superuser
alone, two throw-away roles are made on that server. Under xdist the first process does all
of it, and the others inherit its environment.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from man_site.embedded.data_folder import DataFolder, Refused
from man_site.embedded.servers import Servers

OLDEST = 150_000


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    servers = ExitStack()
    early_config.add_cleanup(servers.close)
    try:
        prepare(servers)
    except (Refused, psycopg.Error) as refusal:
        raise pytest.UsageError(f"No servers for the tests: {refusal}") from None
    return (yield)


def prepare(servers: ExitStack) -> None:
    """Set the environment of the test run."""
    # Parallel processes share one Valkey, each under its own prefix.
    os.environ["CACHE_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("HTTPS", "false")
    # A live server under test has no collected files.
    os.environ.setdefault(
        "STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    if "DATABASE_URL" not in os.environ:
        urls = servers.enter_context(servers_from_wheels())
        os.environ.update(
            urls | {"REDIS_URL": os.environ.get("REDIS_URL", urls["REDIS_URL"])}
        )
    elif "REDIS_URL" not in os.environ:
        urls = servers.enter_context(servers_from_wheels("--only-valkey"))
        os.environ["REDIS_URL"] = urls["REDIS_URL"]
    if "DATABASE_OWNER_URL" not in os.environ:
        os.environ.update(
            servers.enter_context(throw_away_roles(os.environ["DATABASE_URL"]))
        )
    if "STATIC_ROOT" not in os.environ:
        os.environ["STATIC_ROOT"] = servers.enter_context(tempfile.TemporaryDirectory())


@contextmanager
def servers_from_wheels(*options: str) -> Iterator[dict[str, str]]:
    """Start them; their keeper deletes the folder when we have left, or were killed."""
    path = Path(tempfile.mkdtemp(prefix="man-test-"))
    if os.getuid() == 0:
        # The servers then run as nobody.
        path.chmod(0o755)
    servers = Servers(DataFolder(path), "--throw-away", *options)
    servers.join()
    yield servers.urls()
    servers.leave()


@contextmanager
def throw_away_roles(url: str) -> Iterator[dict[str, str]]:
    """Two roles and a database of our own on a server that trusts us with everything."""
    mark = f"man_test_{secrets.token_hex(4)}"
    owner, application = f"{mark}_owner", f"{mark}_app"
    password = secrets.token_urlsafe(24)
    with psycopg.connect(url, autocommit=True) as server:
        see_that_it_serves(server)
        make_role(server, owner, password, "CREATEDB")
        make_role(server, application, password, "NOCREATEDB")
        run(server, "CREATE DATABASE {} OWNER {}", mark, owner)
    try:
        yield {
            "DATABASE_URL": as_role(url, application, password, mark),
            "DATABASE_OWNER_URL": as_role(url, owner, password, mark),
        }
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            remove(server, owner, application)


def see_that_it_serves(server: psycopg.Connection) -> None:
    if server.info.server_version < OLDEST:
        raise Refused("PostgreSQL 15 or newer is needed.")
    mine = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    if server.execute(mine).fetchone() != (True,):
        raise Refused("give DATABASE_OWNER_URL too, or a superuser's DATABASE_URL.")


def make_role(server: psycopg.Connection, name: str, password: str, right: str) -> None:
    server.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER {} PASSWORD {}").format(
            sql.Identifier(name), sql.SQL(right), sql.Literal(password)
        )
    )


def remove(server: psycopg.Connection, owner: str, application: str) -> None:
    """Drop the databases of the owner, and then both roles."""
    theirs = "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = %s"
    for (name,) in server.execute(theirs, [owner]).fetchall():
        run(server, "DROP DATABASE {} WITH (FORCE)", name)
    for role in (owner, application):
        run(server, "DROP OWNED BY {}", role)
        run(server, "DROP ROLE {}", role)


def run(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def as_role(url: str, role: str, password: str, database: str) -> str:
    """The same server, signed in as somebody else."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(
        netloc=f"{role}:{password}@{host}", path=f"/{database}"
    ).geturl()
