"""Signing in by a paper and by a letter, and acting for somebody, in a real browser."""

import re

import pytest

from members.acting import Acting
from members.actions import print_sign_in_code
from members.models import Channel, Letter
from tests import make
from tests.browser.test_every_page import faults_of, faults_of_each
from tests.conftest import PASSWORD
from tests.marks import committed
from timebank.models import Exchange

pytestmark = committed


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


@pytest.fixture
def on_paper(rosa, edna) -> str:
    by = Acting(rosa, edna, Channel.PAPER)
    return print_sign_in_code(by=by, member=edna).on_paper


def test_with_a_paper_on_a_phone_without_scripts(browser, live_server, edna, on_paper):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(live_server.url + "/account/login/?next=/hours/")
    page.get_by_role("link", name="I have a member number and a code").click()
    page.get_by_label("Your member number").fill(str(edna.number))
    page.get_by_label("The code on your paper").fill(on_paper.lower().replace("-", " "))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/hours/")
    assert page.get_by_role("banner").get_by_text("Edna Moreau").is_visible()
    context.close()


def test_a_wrong_code_is_said_and_the_number_stays(page, live_server, rosa, axe):
    page.goto(live_server.url + "/account/number/")
    page.get_by_label("Your member number").fill("12")
    page.get_by_label("The code on your paper").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.get_by_text("That doesn't fit together").wait_for()
    assert page.get_by_label("Your member number").input_value() == "12"
    assert faults_of(page, axe) == []


def test_with_a_code_from_a_letter(page, live_server, ana, axe):
    page.goto(live_server.url + "/account/login/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    # The page before asks for the address, too.
    page.get_by_role("heading", name="A code by e-mail").wait_for()
    page.get_by_label("Your e-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    faults = faults_of(page, axe)
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Letter.objects.get().text)[0]
    page.get_by_label("The code from the letter").fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.get_by_role("heading", name="Hello, Ana").wait_for()
    assert faults == []


def test_a_coordinator_prints_a_paper(page, live_server, rosa, edna, sign_in, axe):
    sign_in(rosa)
    page.goto(f"{live_server.url}/people/{edna.pk}/sign-in-code/")
    page.get_by_role("heading", name="Is it you?").wait_for()
    faults = faults_of(page, axe)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("By phone").check()
    faults += faults_of(page, axe)
    page.get_by_role("button", name="Make the code").click()
    page.get_by_role("button", name="Print").wait_for()
    faults += faults_of(page, axe)

    assert faults == []
    assert re.search(r"(\w{4}-){3}\w{4}", page.locator(".slip").inner_text())
    page.emulate_media(media="print")
    assert page.locator(".slip").is_visible()
    assert not page.locator("h1").is_visible()


def test_acting_for_somebody_who_phones_in_two_tabs(
    page, live_server, rosa, edna, ana, sign_in, axe
):
    sign_in(rosa)
    page.goto(live_server.url + "/acting/")
    page.get_by_role("searchbox").fill("edna")
    page.get_by_role("link", name="Edna Moreau").click()
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Act for Edna Moreau").click()
    page.get_by_role("heading", name="Hello, Edna").wait_for()
    banner = page.get_by_role("region", name="Acting for somebody")
    assert "Acting for Edna Moreau, by phone" in banner.inner_text()
    assert faults_of(page, axe) == []

    page.goto(f"{live_server.url}/hours/exchanges/record/?neighbour={ana.pk}")
    other = page.context.new_page()
    other.goto(live_server.url + "/hours/")
    other.get_by_role("button", name="Stop").click()
    other.get_by_text("You are here as yourself again").wait_for()

    main = page.get_by_role("main")
    main.get_by_label("I helped").check()
    main.get_by_label("How long did it take?").fill("1")
    main.get_by_label("What was done?").fill("Baked bread")
    main.get_by_role("button", name="Log hours").click()
    page.get_by_role("heading", name="For whom is this?").wait_for()
    assert not Exchange.objects.exists()
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="Do it for Rosa Alvarez").click()
    page.get_by_text("Recorded.").wait_for()
    assert Exchange.objects.get().giver == rosa


def test_the_pages_of_signing_in_are_good_for_everybody(
    page, live_server, rosa, ana, edna, on_paper, sign_in, axe
):
    doors = ["login/", "login/code/", "number/", "email/spent/", "password/reset/"]
    faults = faults_of_each(
        page, axe, live_server.url, [f"/account/{door}" for door in doors]
    )
    page.goto(live_server.url + "/account/login/")
    page.get_by_label("Your e-mail address").fill("ana@example.org")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello, Ana").wait_for()
    noted = make.done_for(ana)
    make.stewardship(ana)
    mine = [
        "/me/sessions/",
        "/me/email/",
        "/account/sure/",
        "/account/password/change/",
        "/acting/",
        "/me/done-for-me/",
        noted.get_absolute_url(),
        f"{noted.get_absolute_url()}contest/",
    ]
    assert faults + faults_of_each(page, axe, live_server.url, mine) == []


def test_the_pages_of_a_coordinator_are_good_for_everybody(
    page, live_server, client, rosa, ana, ben, edna, sign_in, axe
):
    contested = make.contested(ana)
    stewardship = make.stewardship(ana)
    bakery = stewardship.organisation_id
    library = make.organisation("Library")
    sign_in(rosa)
    make.sure(client)
    paths = [
        "/acting/",
        f"/acting/?member={edna.pk}",
        "/acting/?q=nobody",
        "/acting/contested/",
        f"{contested.get_absolute_url()}answer/",
        contested.get_absolute_url(),
        "/acting/stewards/",
        f"/acting/stewards/{bakery}/",
        f"/acting/stewards/{library.pk}/",
        f"/acting/stewards/{bakery}/make/",
        f"/acting/stewards/{bakery}/make/?steward={ben.pk}",
        f"/acting/end/{stewardship.pk}/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_what_asks_stands_between_from_page_to_page(page, live_server, ana, sign_in):
    """By a boosted link, so that the asking page is swapped in by the script."""
    sign_in(ana)
    page.goto(live_server.url + "/me/")
    page.get_by_role("link", name="How I sign in").click()
    page.get_by_role("heading", name="Is it you?").wait_for()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("heading", name="My ways in").wait_for()
    assert page.url.endswith("/me/sessions/")
