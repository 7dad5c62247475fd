"""The parts themselves: good for everybody, wherever they will stand."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import faults_of
from tests.marks import committed

pytestmark = committed

PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def test_each_part_is_good_for_everybody(page, live_server, axe):
    page.goto(f"{live_server.url}/style/")
    page.get_by_text("Look more closely").click()
    assert faults_of(page, axe) == []


def test_signed_in_they_are_good_too(page, live_server, rosa, sign_in, axe):
    sign_in(rosa)
    page.goto(f"{live_server.url}/style/")
    assert faults_of(page, axe) == []


@pytest.mark.browser_context_args(viewport={"width": 320, "height": 500})
def test_the_smallest_phone_needs_no_sideways_scroll(page, live_server):
    page.goto(f"{live_server.url}/style/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser_context_args(**PHONE)
def test_for_whom_i_act_stays_in_sight_and_hides_no_field(page, live_server):
    page.goto(f"{live_server.url}/style/")
    line = page.get_by_role("region", name="Acting for somebody")
    page.get_by_role("button", name="Leave the team").scroll_into_view_if_needed()
    expect(line).to_be_in_viewport(ratio=1)

    field = page.get_by_label("What do you need?").first
    field.evaluate("field => field.scrollIntoView({block: 'start'})")
    assert field.bounding_box()["y"] >= line.bounding_box()["height"]


@pytest.mark.browser_context_args(**PHONE)
def test_a_tables_cells_say_on_a_phone_what_they_are(page, live_server):
    page.goto(f"{live_server.url}/style/")
    row = page.get_by_role("row", name="Company on Sunday")
    expect(row.get_by_role("rowheader")).to_have_text("Company on Sunday")
    label = "cell => getComputedStyle(cell, '::before').content"
    assert row.get_by_role("cell").nth(1).evaluate(label) == '"Hours"'


def test_on_paper_a_slip_stands_alone(page, live_server):
    page.goto(f"{live_server.url}/style/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Dear Edna Moreau,")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("contentinfo")).to_have_count(0)
