"""A newcomer's first days on a phone: apply, be welcomed, sign in, sign, and the first hours."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from ledger.models import COMMONS
from members import clock
from members.actions import change_policy, send_letters
from members.models import MEMBERSHIP, Member
from members.permissions import has_signed_current
from members.policies.joining import APPLY_SECONDS, REFERENCES_ASKED
from tests import make
from tests.browser.test_log_hours import log_hours, on_a_phone
from tests.conftest import PASSWORD
from tests.marks import committed
from timebank.policies import WELCOME_MINUTES

pytestmark = [committed, pytest.mark.usefixtures("fresh_limits")]


@pytest.fixture
def _ways_of_this_network(rosa, ana):
    """Ana is here already. No references, two hours of welcome; and a browser types quicker than people."""
    for policy, value in (
        (REFERENCES_ASKED, 0),
        (WELCOME_MINUTES, 120),
        (APPLY_SECONDS, 0),
    ):
        change_policy(
            by=make.acting(rosa), policy=policy, value=value, decision="Meeting"
        )


def letter_to(address: str) -> str:
    """The latest letter that came to an address, by the real outbox."""
    send_letters()
    return [one.body for one in mail.outbox if one.to == [address]][-1]


def heading(page):
    return page.get_by_role("heading", level=1)


def main(page):
    return page.get_by_role("main")


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You have signed out")


def welcome(page, first_name: str) -> Member:
    """Rosa goes through the orientation with somebody who applied, and welcomes them."""
    expect(page.get_by_role("heading", name="Orientation")).to_be_visible()
    steps = page.get_by_role("button", name=re.compile("^Done"))
    for to_come in range(steps.count(), 0, -1):
        steps.first.click()
        expect(steps).to_have_count(to_come - 1)
    page.get_by_role("link", name=f"Welcome {first_name}").click()
    page.get_by_role("button", name=f"Welcome {first_name}").click()
    expect(heading(page)).to_contain_text("is welcome")
    return Member.objects.latest("number")


def sign_the_agreement(page, name: str):
    page.get_by_role("link", name="Read and sign it").click()
    page.get_by_role(
        "link", name=re.compile("Membership agreement", re.I)
    ).first.click()
    page.get_by_label(re.compile("name", re.I)).last.fill(name)
    page.get_by_role("button", name="I agree, and sign").click()
    expect(main(page)).to_contain_text(f"You signed as “{name}”")


def first_hours(page, neighbour: str):
    page.get_by_role("navigation").get_by_role("link", name="Log hours").click()
    page.get_by_role("link", name=neighbour).click()
    page.get_by_label("helped me").check()
    page.get_by_label("How long did it take?").fill("1:30")
    page.get_by_label("What was done?").fill("Showed me around")
    log_hours(page)
    expect(heading(page)).to_have_text(f"{neighbour} helped you")


@on_a_phone
@pytest.mark.usefixtures("_ways_of_this_network")
def test_noor_joins_by_herself_and_logs_her_first_hours(
    page, live_server, rosa, ana, sign_in
):
    page.goto(live_server.url)
    page.get_by_role("link", name="Join us").click()
    page.get_by_label("Name", exact=True).fill("Noor Haddad")
    page.get_by_label(re.compile("^E-mail")).fill("noor@example.org")
    page.get_by_label("A few words").fill("Ana told me about you.")
    page.get_by_role("button", name="Ask to join").click()
    expect(heading(page)).to_have_text("Thank you. We have it.")
    assert "Noor" in letter_to("noor@example.org")

    sign_in(rosa)
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="People who would like to join").click()
    page.get_by_role("link", name="Noor Haddad").first.click()
    noor = welcome(page, "Noor")
    assert (make.minutes(noor), make.minutes(COMMONS)) == (120, -120)
    sign_out(page)

    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    expect(heading(page)).to_have_text("A code by e-mail")
    page.get_by_label(re.compile("e-mail", re.I)).fill("noor@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(heading(page)).to_have_text("Type the code")
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", letter_to("noor@example.org"))[0]
    page.get_by_label(re.compile("code", re.I)).fill(code.lower())
    main(page).get_by_role("button", name="Sign in").click()
    expect(heading(page)).to_have_text("Hello, Noor")

    sign_the_agreement(page, "noor haddad")
    assert has_signed_current(noor, MEMBERSHIP, clock.now())
    first_hours(page, "Ana Okafor")
    assert (make.minutes(noor), make.minutes(ana)) == (30, 90)
    assert make.books().is_sound


def print_code(page, name: str) -> list[str]:
    """Rosa prints number and code. Whoever hands out keys shows once more who they are."""
    page.get_by_role("link", name="Print a sign-in code").click()
    expect(heading(page)).to_have_text("Is it you?")
    page.get_by_label(re.compile("password", re.I)).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(heading(page)).to_have_text(f"A code on paper for {name}")
    page.get_by_label(re.compile("on paper|person")).first.check()
    page.get_by_role("button", name="Make the code").click()
    expect(heading(page)).to_have_text(f"The code of {name}")
    return main(page).locator(".slip .figure").all_inner_texts()


@on_a_phone
@pytest.mark.usefixtures("_ways_of_this_network")
def test_edna_joins_by_phone_and_comes_in_with_a_printed_code(
    page, live_server, rosa, ana, sign_in
):
    sign_in(rosa)
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Write down an application").click()
    page.get_by_label("Name", exact=True).fill("Edna Moreau")
    page.get_by_label(re.compile("^Phone")).fill("608 555 0109")
    reached = page.get_by_role("group", name="How do we reach them best?")
    reached.get_by_label("by phone").check()
    told = page.get_by_role("group", name="How did it reach you?")
    told.get_by_label("by phone").check()
    main(page).get_by_role("button").last.click()
    expect(heading(page)).to_contain_text("Edna Moreau")
    edna = welcome(page, "Edna")

    number, code = print_code(page, "Edna Moreau")
    assert number == str(edna.number)
    sign_out(page)

    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("link", name="I have a member number").click()
    page.get_by_label("Your member number").fill(number)
    page.get_by_label("The code on your paper").fill(code.replace("-", " ").lower())
    main(page).get_by_role("button", name="Sign in").click()
    expect(heading(page)).to_have_text("Hello, Edna")

    first_hours(page, "Ana Okafor")
    assert (make.minutes(edna), make.minutes(ana)) == (30, 90)
    page.get_by_role("link", name="What is mine").click()
    page.get_by_role("link", name="What was done for me").click()
    expect(main(page)).to_contain_text("Rosa Alvarez")
