"""The database or the cache is away: a kind page, nothing lost, no restart needed.

Each test asks another process, whose environment names a server that isn't there.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import close_old_connections, connection
from django.urls import reverse

from tests import make
from tests.marks import committed
from timebank.models import Exchange

pytestmark = committed

NOBODY_THERE = {
    "database": {"DATABASE_URL": "postgresql://man@127.0.0.1:1/man"},
    "cache": {"REDIS_URL": "redis://127.0.0.1:1/0"},
}
ASK = """
import json, sys, django
django.setup()
from django.test import Client
asked = json.load(sys.stdin)
client = Client(raise_request_exception=False)
client.cookies.load(asked["cookies"])
answer = getattr(client, asked["method"])(asked["path"], asked["data"])
print(json.dumps({"status": answer.status_code, "text": answer.text,
                  "retry": answer.headers.get("Retry-After")}))
"""


def environment(**changes):
    """The surroundings of another process, on the database of this test."""
    password = connection.settings_dict["PASSWORD"]
    user, name = connection.settings_dict["USER"], connection.settings_dict["NAME"]
    host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"]
    where = f"{host.replace('/', '%2F')}" + (f":{port}" if port else "")
    return {
        **{
            key: value
            for key, value in os.environ.items()
            if key != "DATABASE_OWNER_URL"
        },
        "DJANGO_SETTINGS_MODULE": "man_site.settings",
        "DATABASE_URL": f"postgresql://{user}:{password}@{where}/{name}",
        "REDIS_URL": settings.REDIS_URL,
        "PYTHONPATH": str(settings.BASE_DIR),
        "ALLOWED_HOSTS": "testserver",
    } | changes


def run(code, asked, **changes):
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(asked),
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def form(neighbour):
    return {
        "neighbour": neighbour.pk,
        "direction": "received",
        "minutes": "2",
        "what": "Soup & bread",
        "helped_on": make.a_day().isoformat(),
        "key": str(make.key()),
    }


@pytest.mark.parametrize("away", NOBODY_THERE)
def test_what_was_typed_comes_back_and_counts_once_when_sent_again(
    client, ana, ben, away
):
    client.force_login(ben)
    typed = form(ana)
    asked = {
        "method": "post",
        "path": reverse("timebank:record-exchange"),
        "data": typed,
        "cookies": client.cookies.output(header="", sep=";"),
    }

    answer = run(ASK, asked, **NOBODY_THERE[away])

    assert (answer["status"], answer["retry"]) == (503, "10")
    assert "Soup &amp; bread" in answer["text"]
    assert typed["key"] in answer["text"]
    assert not Exchange.objects.exists()
    client.post(asked["path"], typed)
    client.post(asked["path"], typed)
    assert make.minutes(ana) == 120


def test_a_password_never_comes_back(client, ana):
    asked = {
        "method": "post",
        "path": reverse("account_login"),
        "data": {"login": "ana@example.org", "password": "my-secret-words"},
        "cookies": "",
    }

    answer = run(ASK, asked, **NOBODY_THERE["cache"])

    assert answer["status"] == 503
    assert "my-secret-words" not in answer["text"]


@pytest.mark.parametrize("away", NOBODY_THERE)
def test_a_machine_that_asks_hears_that_it_lives_and_is_not_ready(rosa, away):
    for path, status in (("/healthz", 200), ("/readyz", 503)):
        asked = {"method": "get", "path": path, "data": {}, "cookies": ""}
        assert run(ASK, asked, **NOBODY_THERE[away])["status"] == status


RECORD = """
import json, sys, django
django.setup()
from members.models import Member
from tests import make
asked = json.load(sys.stdin)
ana, ben = (Member.objects.get(pk=pk) for pk in asked["people"])
make.exchange(ana, ben)
print(json.dumps({"minutes": make.minutes(ana)}))
"""


def test_a_broker_that_is_away_delays_a_letter_and_loses_none(ana, ben):
    answer = run(RECORD, {"people": [ana.pk, ben.pk]}, **NOBODY_THERE["cache"])

    assert answer == {"minutes": 60}
    assert ana.notices.get().letter.due_at is not None


def test_a_connection_that_was_cut_is_made_anew(client, ana):
    """The server ends every connection, as a restart does; the next page works."""
    client.force_login(ana)
    client.get("/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    another = connection.copy()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s::int)", [pid])
    another.close()

    # The real server does this before each page; Django's test client leaves it out.
    close_old_connections()

    assert client.get("/hours/").status_code == 200
