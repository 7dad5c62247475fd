"""The servers from the box: started by the first user, stopped with the last, whatever is killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from man_site.embedded import living
from man_site.embedded.accounts import Account, mine
from man_site.embedded.data_folder import (
    CHECKOUT,
    LONGEST_SOCKET_FOLDER,
    DataFolder,
    Refused,
)
from man_site.embedded.servers import Servers

SERVERS = ["postgres", "valkey-server"]
# Joins the folder's servers, says so, and stays.
USER = """
import sys, time
from pathlib import Path
from man_site.embedded.data_folder import DataFolder
from man_site.embedded.servers import Servers
servers = Servers(DataFolder(Path(sys.argv[1])))
servers.join()
print("joined", flush=True)
time.sleep(float(sys.argv[2]))
if sys.argv[3] != "hurried":
    servers.leave()
"""


@pytest.fixture(scope="module")
def folder():
    path = Path(tempfile.mkdtemp(prefix="man-embedded-"))
    path.chmod(0o755)
    yield DataFolder(path)
    shutil.rmtree(path)


@pytest.fixture
def servers(folder):
    servers = Servers(folder)
    servers.join()
    yield servers
    servers.leave()
    assert running(folder) == []


def running(folder):
    """The servers' processes and their keeper."""
    keepers = [
        pid for pid in living.named("python", str(folder.path)) if pid != os.getpid()
    ]
    return keepers + [
        pid for name in SERVERS for pid in living.named(name, folder.mark)
    ]


def first(name, folder):
    """The one that others of this name descend from."""
    return min(living.named(name, folder.mark))


def keeper(folder):
    (pid,) = (
        pid for pid in running(folder) if parent(first("postgres", folder)) == pid
    )
    return pid


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def wait_until(question, seconds=15):
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def ask(url, question):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchall()


def another_user(folder, seconds, manner="patient"):
    words = [sys.executable, "-c", USER, str(folder.path), str(seconds), manner]
    return subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)


def test_the_last_user_to_leave_stops_the_servers(folder):
    one, other = Servers(folder), Servers(folder)
    one.join()
    other.join()
    one.leave()
    assert ask(other.urls()["DATABASE_URL"], "SELECT current_user") == [("man_app",)]

    other.leave()
    one.leave()

    assert running(folder) == []


def test_whoever_comes_while_the_keeper_leaves_is_served(folder):
    for _ in range(3):
        # They are gone before the keeper is, since they don't wait for its end.
        assert another_user(folder, 0, "hurried").communicate()[0] == "joined\n"
    wait_until(lambda: running(folder) == [])


def test_users_who_come_at_once_share_one_keeper(folder):
    users = [another_user(folder, 0.3) for _ in range(3)]

    said = [user.communicate()[0] for user in users]

    assert said == ["joined\n"] * 3
    wait_until(lambda: running(folder) == [])


def test_the_application_may_connect_and_create_nothing(servers):
    url = servers.urls()["DATABASE_URL"]
    for statement in (
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SET ROLE man_owner",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(url, statement)


def test_the_owner_owns_its_database_and_is_no_superuser(servers):
    url = servers.urls()["DATABASE_OWNER_URL"]
    assert ask(
        url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False)]
    assert ask(
        url, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'man'"
    ) == [("man_owner",)]


def test_nobody_signs_in_without_the_password(servers, folder):
    host = str(folder.sockets)
    for role in ("postgres", "man_owner", "man_app"):
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(host=host, user=role, password="guessed", dbname="man")
    assert folder.keys.stat().st_mode & 0o777 == 0o600
    assert folder.sockets.stat().st_mode & 0o777 == 0o700


def test_the_servers_are_never_roots_and_the_passwords_are_the_callers(servers, folder):
    assert folder.keys.stat().st_uid == os.getuid()
    owners = {Path(f"/proc/{first(name, folder)}").stat().st_uid for name in SERVERS}
    assert owners == {folder.servers.uid}
    assert folder.servers.uid != 0


def database_answers(urls):
    try:
        return ask(urls["DATABASE_URL"], "SELECT 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def queue_answers(urls):
    try:
        with redis.from_url(urls["REDIS_URL"]) as connection:
            return connection.ping()
    except redis.ConnectionError:
        return False


@pytest.mark.parametrize(
    ("name", "answers"),
    [("postgres", database_answers), ("valkey-server", queue_answers)],
)
def test_a_killed_server_is_started_again(servers, folder, name, answers):
    os.kill(first(name, folder), signal.SIGKILL)

    log = folder.log / "keeper.log"
    wait_until(lambda: "was killed by signal 9; starting it again." in log.read_text())
    wait_until(lambda: answers(servers.urls()))


def test_a_killed_keeper_leaves_no_server_and_the_next_one_finds_the_data(
    servers, folder
):
    with psycopg.connect(servers.urls()["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")

    os.kill(keeper(folder), signal.SIGKILL)

    wait_until(lambda: running(folder) == [])
    servers.join()
    assert ask(servers.urls()["DATABASE_OWNER_URL"], "SELECT seven FROM kept") == [(7,)]


def test_a_killed_user_takes_the_servers_along(folder):
    user = another_user(folder, 60)
    assert user.stdout.readline() == "joined\n"

    user.kill()
    user.communicate()

    wait_until(lambda: running(folder) == [])


def test_user_and_keeper_killed_at_once_leave_nothing(folder):
    user = another_user(folder, 60)
    assert user.stdout.readline() == "joined\n"

    os.kill(keeper(folder), signal.SIGKILL)
    user.kill()
    user.communicate()

    wait_until(lambda: running(folder) == [])


def test_a_pid_file_whose_number_is_somebody_elses_now_is_no_hindrance(folder):
    servers = Servers(folder)
    servers.join()
    servers.leave()
    (cluster,) = folder.path.glob("postgres-*[0-9]")
    (cluster / "postmaster.pid").write_text(
        f"{os.getpid()}\n{cluster}\n1\n5432\n\n\n\nready\n"
    )

    servers.join()

    assert ask(servers.urls()["DATABASE_URL"], "SELECT 1") == [(1,)]
    servers.leave()


def test_a_deep_folder_has_its_sockets_elsewhere(folder):
    deep = DataFolder(folder.path / ("deep" * 10) / ("deeper" * 10))
    assert len(os.fsencode(deep.sockets)) <= LONGEST_SOCKET_FOLDER
    servers = Servers(deep)

    servers.join()
    assert ask(servers.urls()["DATABASE_URL"], "SELECT 1") == [(1,)]
    servers.leave()

    assert not deep.sockets.exists()


def test_a_folder_that_others_may_write_is_refused(tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(Refused, match="can be written by others"):
        Servers(DataFolder(tmp_path)).join()


def test_a_folder_of_somebody_else_is_refused(folder):
    theirs = Path("/usr")
    if os.getuid() == 0:
        theirs = folder.path / "theirs"
        theirs.mkdir()
        folder.servers.give(theirs)
    with pytest.raises(Refused, match="belongs to somebody else"):
        Servers(DataFolder(theirs)).join()


def test_an_account_enters_where_every_folder_above_lets_it_through(tmp_path):
    stranger = Account("stranger", 4_000_001, 4_000_001)
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    tmp_path.chmod(0o700)
    assert stranger.may_enter(Path("/usr/bin"))
    assert not stranger.may_enter(open_to_all)
    assert mine().may_enter(open_to_all)
