"""The whole demo, and each of its processes killed while hours are being recorded.

No hour is lost and none is doubled: whatever was acknowledged stands once, and whatever was
not is simply sent again with its key.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

from man_site import willow_street
from man_site.embedded.data_folder import CHECKOUT
from tests import make

NEVER_PASSED_ON = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "STATIC_ROOT",
    "CACHE_PREFIX",
)
# In turn: what it is called, and the words of its command line.
VICTIMS = {
    "a process of the web": ("gunicorn", "leaf"),
    "the web": ("gunicorn", "root"),
    "the worker": ("celery --app=man_site worker", "root"),
    "the clock": ("celery --app=man_site beat", "root"),
    "the queue": ("valkey-server", "root"),
    "a process of the database": ("postgres", "leaf"),
    "the database": ("bin/postgres", "root"),
    "the keeper of both": ("man_site.embedded.keeper", "root"),
}
HOLDS = 60


class Demo:
    """`make demo` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.environ = {
            name: value
            for name, value in os.environ.items()
            if name not in NEVER_PASSED_ON
        }
        self.environ |= {"DEMO_DATA": str(folder), "LOG_LEVEL": "WARNING"}
        self.environ.pop("STATIC_STORAGE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "man_site.embedded"],
            cwd=CHECKOUT,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.told = []
        self.address = self._wait_for_address()

    def _wait_for_address(self) -> str:
        for line in self.process.stdout:
            self.told.append(line)
            if found := re.search(r"Open (http://\S+)", line):
                return found[1]
        raise AssertionError("".join(self.told))

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill(self, words: str, which: str) -> None:
        """Kill -9 one process: the root of those with these words, or a leaf."""
        named = []
        for process in self.family():
            try:
                if words in " ".join(process.cmdline()):
                    named.append(process)
            except psutil.NoSuchProcess:
                continue
        assert named, f"nothing runs that is called {words}"
        found = {process.pid for process in named}
        roots = [process for process in named if process.ppid() not in found]
        leaves = [process for process in named if process not in roots] or named
        (roots if which == "root" else leaves)[0].kill()

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def demo():
    folder = Path(tempfile.mkdtemp(prefix="man-kill-"))
    folder.chmod(0o755)
    demo = Demo(folder)
    family = demo.family()
    yield demo
    family += demo.family()
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(timeout=30)
    demo.process.stdout.close()
    _gone, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


class Visitor:
    """Somebody with a browser, who presses the button again until it says that it is done."""

    def __init__(self, demo: Demo, name: str) -> None:
        self.demo = demo
        self.browser = requests.Session()
        page = self.demo.address + "/account/login/"
        self.browser.get(page)
        self.post(
            page,
            {"login": willow_street.email_of(name), "password": willow_street.PASSWORD},
        )

    def post(self, page: str, words: dict) -> requests.Response:
        token = {"csrfmiddlewaretoken": self.browser.cookies["csrf"]}
        return self.browser.post(page, words | token, allow_redirects=False, timeout=10)

    def neighbour(self) -> str:
        page = self.browser.get(self.demo.address + "/hours/exchanges/record/")
        found = re.search(r"neighbour=(\d+)", page.text)
        assert found, (page.status_code, page.text)
        return found[1]

    def record(self, words: dict) -> int:
        """Send it until it is acknowledged; say how often that took."""
        page = self.demo.address + "/hours/exchanges/record/"
        until = time.monotonic() + HOLDS
        for times in range(1, 10_000):
            try:
                answer = self.post(page, words)
            except requests.RequestException:
                time.sleep(0.05)
            else:
                if (
                    answer.status_code == 302
                    and "/exchanges/" in answer.headers["Location"]
                ):
                    return times
                assert answer.status_code in (500, 502, 503), (
                    answer.status_code,
                    answer.text,
                )
                time.sleep(0.05)
            assert time.monotonic() < until, "it did not come back"
        raise AssertionError


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
        demo.kill(*VICTIMS[victim])
        assert len(done.result(timeout=2 * HOLDS)) == 60

    asked = f"from timebank.models import Exchange; print(Exchange.objects.filter(what={what!r}).count())"
    assert demo.command("shell", "--verbosity=0", "-c", asked).split()[-1] == "60"
    assert "Every unit sums to zero" in demo.command("check_books")
