"""A real Chromium before a live server. Whatever it complains of fails the test."""

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import make

# Playwright keeps a loop in this thread, which Django would take for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Refusals are no faults: not you, nothing here, not so.
EXPECTED = re.compile(r"status of (401|403|404|409|410|422) ")


def pytest_collection_modifyitems(config, items):
    """Without Chromium one skip stands for all of these tests, and says what to do."""
    mine = [item for item in items if item.path.parent == Path(__file__).parent]
    if CHROMIUM or not mine:
        return
    first, *others = mine
    first.add_marker(pytest.mark.skip("no Chromium here: apt-get install chromium"))
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: the live server says where it is. (pytest-playwright's own is deprecated.)"""


@pytest.fixture(autouse=True)
def _no_tries():
    """What the test before tried is forgotten: the limits stand in the shared cache."""
    make.forget_tries()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser found wrong: errors of scripts, and all that the CSP refused."""
    return []


@pytest.fixture
def page(page, complaints):
    def heard(message):
        if message.type == "error" and not EXPECTED.search(message.text):
            complaints.append(message.text)

    page.set_default_timeout(10_000)
    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def axe(page):
    """What axe finds on the page, by its rules: nothing, or a report that says where."""

    def check(*rules: str) -> str:
        found = Axe().run(page, options={"runOnly": rules or RULES})
        violations = found.response["violations"]
        return f"{page.url}\n{found.generate_report()}" if violations else ""

    return check


@pytest.fixture
def sign_in(page, live_server, client, settings):
    """Sign somebody in without the form, where signing in is not the point."""

    def signed_in_as(member):
        client.force_login(member)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url}]
        )

    return signed_in_as
