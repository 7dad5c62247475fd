"""People look for each other, write, and decide who sees what of them."""

import os

import pytest
from playwright.sync_api import expect

from members.actions import welcome_member
from members.models import Neighbourhood, Opened
from tests import make
from tests.browser.test_every_page import faults_of
from tests.marks import committed

on_a_phone = pytest.mark.browser_context_args(viewport={"width": 360, "height": 740})
without_scripts = pytest.mark.browser_context_args(
    viewport={"width": 360, "height": 740}, java_script_enabled=False
)
SHOTS = os.environ.get("SHOTS")

pytestmark = committed


def shot(page, name):
    """Keep a picture for people to look at, where SHOTS says so."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def street(rosa, ana, ben, cleo, edna):
    old_town = Neighbourhood.objects.create(
        name="Old Town", latitude=43.07, longitude=-89.4
    )
    hill = Neighbourhood.objects.create(name="Hill", latitude=43.05, longitude=-89.42)
    make.tells(
        ana,
        pronouns="she/her",
        about="I mend bicycles,\nand I like to walk dogs.",
        languages=["en", "yi"],
        neighbourhood=old_town,
        phone="555 0100",
        address="3 Willow Street",
        emergency="Ngozi, 555 0101",
    )
    make.tells(ben, neighbourhood=hill, languages=["en"])
    for name in ("Zoë Lindström", "Anne-Marie O'Brien", "Mohammed Ali"):
        welcome_member(by=make.acting(rosa), name=name)
    make.message(ana, ben, "The bicycle is ready.\nCome by when you like.")
    make.message(ben, ana, "Wonderful, thank you!")


@on_a_phone
def test_a_name_is_found_while_typing_and_in_spite_of_a_slip(
    page, live_server, street, ben, sign_in
):
    sign_in(ben)
    page.goto(f"{live_server.url}/people/")
    shot(page, "people-phone")
    people = page.locator("#people").get_by_role("listitem")
    expect(people).to_have_count(8)
    look = page.get_by_label("Name or member number")
    look.press_sequentially("lindst")
    expect(people).to_have_count(1)
    expect(people).to_contain_text("Zoë Lindström")
    look.fill("okafro")
    expect(page.locator("#people")).to_contain_text("Did you mean Okafor?")
    shot(page, "people-near-phone")
    page.get_by_role("link", name="Ana Okafor").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor")
    expect(page.get_by_role("main")).to_contain_text("km from your neighbourhood")
    shot(page, "member-phone")


@on_a_phone
def test_a_number_is_opened_and_its_owner_reads_it(
    page, live_server, street, rosa, ana, sign_in
):
    sign_in(rosa)
    page.goto(f"{live_server.url}{ana.get_absolute_url()}")
    expect(page.get_by_text("555 0100")).to_have_count(0)
    page.get_by_role("button", name="Show: Phone").click()
    number = page.get_by_role("link", name="555 0100")
    expect(number).to_be_focused()
    page.get_by_role("button", name="Show: Address").click()
    expect(page.get_by_text("3 Willow Street")).to_be_visible()
    expect(number).to_be_visible()
    shot(page, "member-opened-phone")
    assert Opened.objects.count() == 2

    sign_in(ana)
    page.goto(f"{live_server.url}/me/opened/")
    expect(page.get_by_role("row", name="Rosa Alvarez")).to_have_count(2)
    shot(page, "opened-phone")


@without_scripts
def test_a_number_is_opened_without_scripts(
    page, live_server, street, rosa, ana, sign_in
):
    sign_in(rosa)
    page.goto(f"{live_server.url}{ana.get_absolute_url()}")
    page.get_by_role("button", name="Show: Phone").click()

    expect(page.get_by_role("link", name="555 0100")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor")


@on_a_phone
def test_a_message_goes_there_and_back(page, live_server, street, ben, ana, sign_in):
    sign_in(ben)
    page.goto(f"{live_server.url}/people/?q=okafor")
    page.get_by_role("link", name="Ana Okafor").click()
    page.get_by_role("link", name="Write a message").click()
    page.get_by_label("Your words").fill("I come at five.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_have_text("Sent.")
    expect(page.get_by_role("main")).to_contain_text("I come at five.")
    shot(page, "conversation-phone")

    sign_in(ana)
    page.goto(f"{live_server.url}/messages/")
    page.get_by_role("link", name="Ben de Vries").click()
    expect(page.get_by_role("main")).to_contain_text("I come at five.")


@on_a_phone
def test_who_sees_what_is_decided_and_looked_at(
    page, live_server, street, ana, sign_in
):
    sign_in(ana)
    page.goto(f"{live_server.url}/me/profile/")
    page.get_by_label("Pronouns").fill("they/them")
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_role("status")).to_have_text("Kept.")
    page.get_by_role("link", name="Who sees what").click()
    seen = page.get_by_role("region", name="What a neighbour sees")
    expect(seen).to_contain_text("they/them")
    page.get_by_label("Pronouns").select_option("nobody")
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_role("status")).to_have_text("Kept.")
    expect(seen).not_to_contain_text("they/them")


def test_these_pages_are_good_for_everybody(
    page, live_server, street, rosa, ana, ben, cleo, sign_in, axe
):
    make.block(ana, cleo)
    make.shows(ana, phone="members")
    mine = [
        "/people/",
        "/people/?q=okafro",
        "/people/?q=nobody&language=yi",
        f"/people/{ana.pk}/",
        f"/people/{cleo.pk}/",
        f"/people/{cleo.pk}/block/",
        "/messages/",
        f"/messages/{ben.pk}/",
        "/me/profile/",
        "/me/privacy/",
        "/me/blocks/",
        "/me/opened/",
    ]
    theirs = ["/people/", f"/people/{ana.pk}/", "/messages/", "/me/blocks/"]
    faults = []
    for reader, paths in ((ana, mine), (rosa, theirs)):
        sign_in(reader)
        for path in paths:
            page.goto(live_server.url + path)
            faults += faults_of(page, axe)
            if SHOTS:
                name = f"{reader.first_name}{path.replace('/', '-').replace('?', '_')}"
                shot(page, f"{name}-360")
                page.set_viewport_size({"width": 1280, "height": 740})
                shot(page, f"{name}-1280")

    assert faults == []
