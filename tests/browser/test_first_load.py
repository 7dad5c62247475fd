"""A slow line and a large print: little to load, and room for both."""

import pytest

from tests import make
from tests.marks import committed

pytestmark = committed

HUNDRED_KILOBYTES = 100_000


def test_the_first_load_is_small_even_before_it_is_compressed(
    page, live_server, ana, ben, sign_in
):
    for _ in range(30):
        make.exchange(ana, ben)
        make.exchange(ben, ana)
    sign_in(ben)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/hours/", wait_until="networkidle")

    assert {answer.status for answer in answers} == {200}
    assert all(answer.url.startswith(live_server.url) for answer in answers)
    assert sum(len(answer.body()) for answer in answers) < HUNDRED_KILOBYTES


@pytest.mark.browser_context_args(viewport={"width": 320, "height": 500})
def test_four_hundred_percent_of_a_wide_screen_needs_no_sideways_scroll(
    page, live_server, ana, ben, sign_in
):
    make.exchange(ana, ben)
    sign_in(ben)
    for path in (
        "/",
        "/hours/",
        "/notices/",
        f"/hours/exchanges/record/?neighbour={ana.pk}",
    ):
        page.goto(live_server.url + path)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (
            path
        )


def test_back_after_signing_out_shows_nothing_of_mine(
    page, live_server, ana, ben, sign_in
):
    make.exchange(ana, ben)
    sign_in(ben)
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="My hours").click()
    page.get_by_role("row", name="Mended a bicycle").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("status").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Welcome back").wait_for()

    kept = "sessionStorage.getItem('htmx-history-cache') || localStorage.length"
    assert page.evaluate(kept) == 0
