"""The whole demo, and each of its processes killed while hours are being recorded.

No hour is lost and none is doubled: whatever was acknowledged stands once, and whatever was
not is simply sent again with its key.
"""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from man_site import willow_street
from tests import make
from tests.demo import a_demo

# Whom to kill: the first process that is called so, or the last, a child of it.
VICTIMS = {
    "a process of the web": ("latest", "gunicorn"),
    "the web": ("chief", "gunicorn"),
    "the worker": ("chief", "man_site worker"),
    "the clock": ("chief", "man_site beat"),
    "the queue": ("chief", "valkey-server"),
    "a process of the database": ("latest", "postgres"),
    "the database": ("chief", "bin/postgres"),
    "the keeper of both": ("chief", "embedded.keeper"),
}
HOLDS = 60

# They share one demo, so one process runs them.
pytestmark = pytest.mark.xdist_group("kill")


@pytest.fixture(scope="module")
def demo():
    with a_demo() as demo:
        yield demo


class Visitor:
    """Somebody with a browser, who presses the button again until it says that it is done."""

    def __init__(self, demo, name: str) -> None:
        self.address = f"http://127.0.0.1:{demo.port}"
        self.browser = requests.Session()
        page = self.address + "/account/login/"
        self.browser.get(page)
        self.post(
            page,
            {"login": willow_street.email_of(name), "password": willow_street.PASSWORD},
        )

    def post(self, page: str, words: dict) -> requests.Response:
        token = {"csrfmiddlewaretoken": self.browser.cookies["csrf"]}
        return self.browser.post(page, words | token, allow_redirects=False, timeout=10)

    def neighbour(self) -> str:
        page = self.browser.get(self.address + "/hours/exchanges/record/")
        found = re.search(r"neighbour=(\d+)", page.text)
        assert found, (page.status_code, page.text)
        return found[1]

    def record(self, words: dict) -> str:
        """Send it until it is acknowledged; say where it stands."""
        until = time.monotonic() + HOLDS
        while time.monotonic() < until:
            try:
                answer = self.post(self.address + "/hours/exchanges/record/", words)
            except requests.RequestException:
                time.sleep(0.05)
                continue
            if answer.status_code == 302:
                return answer.headers["Location"]
            assert answer.status_code == 503, (answer.status_code, answer.text)
            time.sleep(0.05)
        raise AssertionError("it did not come back")


@pytest.fixture(scope="module")
def ana(demo):
    """Ana, who stays signed in whatever falls."""
    return Visitor(demo, willow_street.MEMBER)


@pytest.mark.parametrize("victim", VICTIMS)
def test_no_hour_is_lost_or_doubled_when_one_is_killed(demo, ana, victim):
    what = f"While we lost {victim}"
    neighbour = ana.neighbour()
    day = make.a_day().isoformat()

    def words(number: int) -> dict:
        return {
            "neighbour": neighbour,
            "direction": ["gave", "received"][number % 2],
            "minutes": "15 min",
            "what": what,
            "helped_on": day,
            "key": str(make.key()),
        }

    with ThreadPoolExecutor(1) as recording:
        done = recording.submit(
            lambda: [ana.record(words(number)) for number in range(60)]
        )
        time.sleep(0.3)
        which, words_of_it = VICTIMS[victim]
        os.kill(getattr(demo, which)(words_of_it), signal.SIGKILL)
        acknowledged = done.result(timeout=2 * HOLDS)

    assert len(set(acknowledged)) == 60
    assert all(where.startswith("/hours/exchanges/0") for where in acknowledged)
    asked = f"from timebank.models import Exchange; print(Exchange.objects.filter(what={what!r}).count())"
    assert demo.command("shell", "--verbosity=0", "-c", asked).split()[-1] == "60"
    assert "Every unit sums to zero" in demo.command("check_books")
