"""Notices and letters before a real browser: chosen, followed, stopped, seen to."""

import os

import pytest

from members import clock
from members.actions.notices import Chosen, choices_of
from members.models import Letter
from members.models.letters import ADDRESS_REFUSED, INTERRUPTED
from members.notices import stop_path
from tests import make
from tests.browser.test_every_page import faults_of
from tests.marks import committed
from timebank.notices import EXCHANGE_RECORDED

pytestmark = committed

SHOTS = os.environ.get("SHOTS")


def shoot(page, name: str) -> None:
    if SHOTS:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


@pytest.fixture
def letters(rosa, ana, ben, settings):
    """Notices of Ana's, two letters given up, and the sample pages open."""
    settings.DEMO = True
    for _ in range(3):
        make.exchange(ana, ben)
    for letter, fault in zip(
        Letter.objects.all(), (ADDRESS_REFUSED, INTERRUPTED), strict=False
    ):
        Letter.objects.filter(pk=letter.pk).update(
            due_at=None, gave_up_at=clock.now(), fault=fault, tries=2
        )
    return Letter.objects.all()


def test_every_page_about_being_told_is_sound(
    page, live_server, sign_in, axe, rosa, ana, letters
):
    sign_in(rosa)
    found = []
    for path in (
        "/notices/",
        "/notices/how/",
        "/letters/",
        stop_path(letters[0]),
        "/notices/stop/bent/",
        make.link(ana),
        "/l/bent/",
        "/style/letters/",
        "/style/letters/done_for_you/",
    ):
        page.goto(live_server.url + path)
        found += faults_of(page, axe)
        shoot(page, path.strip("/").replace("/", "-")[:20])

    assert found == []


def test_a_letter_reads_well(page, live_server, letters, axe):
    """By night its colours are the mail program's own, but for the button."""
    page.set_viewport_size({"width": 360, "height": 700})
    found = []
    for name in ("exchange_recorded", "digest", "invited"):
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{live_server.url}/style/letters/{name}/page/")
            shoot(page, f"letter-{name}-{scheme}")
        found.append(axe("color-contrast", "link-name", "html-has-lang"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} scrolls sideways")

    assert [one for one in found if one] == []


def test_i_choose_how_i_am_told(page, live_server, sign_in, ana, letters):
    sign_in(ana)
    page.goto(live_server.url + "/notices/")
    page.get_by_role("link", name="Choose how you are told").click()
    page.get_by_label("A neighbour recorded hours with me: letter").select_option(
        "daily"
    )
    page.get_by_role("button", name="Keep it so").click()
    page.get_by_text("It holds from now on.").wait_for()

    assert choices_of(ana)[EXCHANGE_RECORDED] == Chosen(in_app=True, pace="daily")


def test_from_a_letter_it_takes_one_press(page, live_server, ana, letters):
    page.goto(live_server.url + make.link(ana))
    page.get_by_role("button", name="Yes, put it away").click()
    page.get_by_text("It is put away.").wait_for()

    assert not ana.notices.unread().exists()


def test_a_coordinator_sees_to_a_letter(page, live_server, sign_in, rosa, letters):
    sign_in(rosa)
    page.goto(live_server.url + "/letters/")
    page.get_by_role("button", name="Put away").first.click()
    page.get_by_text("It is put away.").wait_for()
    page.get_by_role("button", name="Try again").first.click()
    page.get_by_text("Every letter arrived").wait_for()
