"""Joining as a newcomer does it on a phone, and as a coordinator welcomes them."""

import pytest
from playwright.sync_api import expect

from members import actions
from members.models import Application, Member, Verdict
from members.policies.joining import APPLY_SECONDS
from tests import make
from tests.browser.test_every_page import LONG, faults_of, faults_of_each
from tests.browser.test_log_hours import with_and_without_javascript
from tests.marks import committed

pytestmark = [committed, pytest.mark.usefixtures("fresh_limits", "quick_hands")]


@pytest.fixture
def quick_hands(rosa):
    """A browser that is steered types quicker than people."""
    actions.change_policy(
        by=make.acting(rosa), policy=APPLY_SECONDS, value=0, decision="For the tests"
    )


def main(page):
    return page.get_by_role("main")


@with_and_without_javascript
def test_noor_applies_and_rosa_takes_the_steps_and_welcomes_her(
    page, live_server, rosa, sign_in, scripts
):
    make.neighbourhood(rosa)
    page.goto(live_server.url)
    main(page).get_by_role("link", name="Join us").click()
    page.get_by_label("Name", exact=True).fill("Noor Haddad")
    page.get_by_label("E-mail (optional)", exact=True).fill("noor@example.org")
    page.get_by_label("Neighbourhood").select_option("Old Town")
    page.get_by_label("A few words").fill("I bake.")
    page.get_by_label("Somebody who knows you").fill("Sam Bell")
    page.get_by_role("button", name="Ask to join").click()

    # A line was forgotten; it is said beside its field, and nothing is lost.
    contact = page.get_by_label("Their phone or e-mail (optional)")
    expect(contact).to_have_accessible_description("Tell us how we can reach them.")
    expect(page.get_by_label("A few words")).to_have_value("I bake.")
    contact.fill("555 0100")
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")

    sign_in(rosa)
    page.goto(live_server.url)
    page.get_by_role("link", name="Noor Haddad asks to join").click()
    for step in ("A talk with a coordinator", "Reading the membership agreement"):
        page.get_by_role("button", name=f"Done {step}").click()
        expect(page.get_by_role("button", name=f"Done {step}")).to_have_count(0)
    page.get_by_role("link", name="Note what they say Sam Bell").click()
    page.get_by_label("gladly vouches").check()
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("link", name="Welcome Noor").click()
    page.get_by_role("button", name="Welcome Noor").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Haddad is welcome")
    noor = Member.objects.get(name="Noor Haddad")
    expect(main(page)).to_contain_text(str(noor.number))
    assert noor.profile.neighbourhood.name == "Old Town"


@with_and_without_javascript
def test_a_slip_brings_somebody_in(page, live_server, ana, sign_in, scripts):
    sign_in(ana)
    page.goto(f"{live_server.url}/me/invitations/")
    page.get_by_role("link", name="Invite on a slip").click()
    page.get_by_label("Whom do you invite?").fill("Noor")
    page.get_by_role("button", name="Make the slip").click()
    code = page.locator(".slip .figure").inner_text()

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/join/")
    page.get_by_role("link", name="I have a slip with a code").click()
    page.get_by_label("The code on your slip").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    expect(main(page)).to_contain_text("Ana Okafor invites you")
    page.get_by_label("Phone (optional)", exact=True).fill("608 555 0142")
    page.get_by_label("by phone").check()
    page.get_by_role("button", name="Ask to join").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    assert Application.objects.get().invitation.recorded_for == ana


def test_what_keeps_programs_away_is_neither_seen_nor_heard_nor_reached(
    page, live_server, rosa
):
    page.goto(f"{live_server.url}/join/")

    expect(page.get_by_label("Leave this empty")).to_have_attribute("tabindex", "-1")
    expect(page.get_by_role("textbox", name="Leave this empty")).to_have_count(0)
    page.get_by_label("A few words").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") != "comment"


@pytest.fixture
def world(rosa, ana, ben):
    """Some who wait, one of them with a very long name; places, roofs, invitations."""
    town = make.neighbourhood(rosa, "Town", latitude=43.07, longitude=-89.4)
    make.neighbourhood(rosa, "Old Town", parent=town, latitude=43.1, longitude=-89.4)
    noor = make.application(neighbourhood=town, words="I bake.", phone="608 555 0142")
    make.application(name=LONG, email="long@example.org")
    make.made_ready(make.application(name="Lee Park", email="lee@example.org"), rosa)
    by = make.acting(rosa)
    gone = make.application(name="Kim", email="kim@example.org")
    actions.decline_application(by=by, application=gone, words="Too far away.")
    actions.note_reference(
        by=by, reference=noor.references.get(), verdict=Verdict.DOUBTS, words="Hm."
    )
    mill = actions.set_household(by=by, member=ana, name="The mill")
    actions.set_household(by=by, member=ben, household=mill)
    return noor


def test_the_doors_of_joining_are_good_for_everybody(
    page, live_server, world, ana, axe
):
    paths = [
        "/join/",
        "/join/thanks/",
        "/join/code/",
        f"/join/by/{make.signed(make.slip(ana, words='Come!'))}/",
        "/join/by/forged/",
        f"/join/yours/{make.signed(world)}/",
        f"/join/yours/{make.signed(world)}/withdraw/",
        "/join/yours/forged/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []

    page.goto(f"{live_server.url}/join/")
    page.get_by_role("button", name="Ask to join").click()
    page.get_by_role("alert").filter(has_text="another look").wait_for()
    assert faults_of(page, axe) == []


def test_the_pages_of_those_who_welcome_are_good_for_everybody(
    page, live_server, world, rosa, ana, sign_in, axe
):
    noor, old_town = world.pk, world.neighbourhood_id
    step = actions.add_step(by=make.acting(rosa), title="Tea").pk
    sign_in(rosa)
    paths = [
        "/welcome/",
        "/welcome/answered/",
        "/welcome/write-down/",
        "/welcome/somebody/",
        f"/welcome/welcomed/{ana.pk}/",
        *[one.get_absolute_url() for one in Application.objects.all()],
        f"/welcome/vouches/{world.references.get().pk}/",
        f"/welcome/{noor}/welcome/",
        f"/welcome/{noor}/decline/",
        f"/welcome/{noor}/withdraw/",
        "/welcome/orientation/",
        "/welcome/orientation/add/",
        f"/welcome/orientation/{step}/",
        f"/welcome/orientation/{step}/retire/",
        "/welcome/neighbourhoods/",
        "/welcome/neighbourhoods/add/",
        f"/welcome/neighbourhoods/{old_town}/",
        "/welcome/households/",
        "/welcome/households/set/",
        "/welcome/invite-many/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []

    page.goto(f"{live_server.url}/welcome/invite-many/")
    page.get_by_label("One person a line").fill(
        f"Uma <uma@example.org>\nana@example.org\n{LONG}\n"
    )
    page.get_by_role("button", name="Look through it").click()
    page.get_by_role("button", name="Send them all").wait_for()
    assert faults_of(page, axe) == []


def test_my_invitations_and_household_are_good_for_everybody(
    page, live_server, world, ana, cleo, sign_in, axe
):
    sign_in(cleo)
    empty = ["/me/invitations/", "/me/household/"]
    assert faults_of_each(page, axe, live_server.url, empty) == []

    slip, letter = make.slip(ana, name="Noor"), make.invitation(ana, words="Come!")
    sign_in(ana)
    paths = [
        "/me/invitations/",
        "/me/household/",
        "/me/invitations/letter/",
        "/me/invitations/slip/",
        slip.get_absolute_url(),
        letter.get_absolute_url(),
        f"{letter.get_absolute_url()}withdraw/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []
