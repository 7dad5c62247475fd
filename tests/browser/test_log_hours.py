"""Logging hours as Ben does it, on a phone: with JavaScript, and without."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.conftest import PASSWORD
from tests.marks import committed
from timebank.models import Exchange

PHONE = {"viewport": {"width": 360, "height": 740}}
on_a_phone = pytest.mark.browser_context_args(**PHONE)
with_and_without_javascript = pytest.mark.parametrize(
    "scripts",
    [
        pytest.param("with", marks=on_a_phone),
        pytest.param(
            "without",
            marks=pytest.mark.browser_context_args(**PHONE, java_script_enabled=False),
        ),
    ],
)

pytestmark = committed


def sign_in_by_hand(page, member):
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your e-mail address").fill(member.email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Hello, {member.first_name}"
    )


def log_hours(page):
    page.get_by_role("main").get_by_role("button", name="Log hours").click()


@with_and_without_javascript
def test_ben_logs_two_hours_of_anas_help_and_ana_reads_of_it(
    page, live_server, ana, ben, scripts
):
    page.goto(live_server.url)
    sign_in_by_hand(page, ben)
    page.get_by_role("main").get_by_role("link", name="Log hours").click()
    page.get_by_role("link", name="Ana Okafor").click()
    page.get_by_label("Ana helped me").check()
    page.get_by_label("How long did it take?").fill("2")
    page.get_by_label("What was done?").fill("Mended my bicycle")
    log_hours(page)

    expect(page.get_by_role("status")).to_have_text("Recorded. The hours have moved.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor helped you")
    expect(page.get_by_role("main")).to_contain_text(
        "Recorded by Ben de Vries on the web"
    )
    page.get_by_role("navigation").get_by_role("link", name="My hours").click()
    expect(page.get_by_label("Balance")).to_contain_text("−2 h")
    expect(page.get_by_role("row", name="Mended my bicycle")).to_contain_text(
        "Ana Okafor"
    )

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text(
        "You have signed out. See you soon."
    )
    sign_in_by_hand(page, ana)
    page.get_by_role("link", name="Ben de Vries recorded 2 h of your help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You helped Ben de Vries")
    page.get_by_role("link", name="Notices").click()
    expect(page.get_by_role("listitem").filter(has_text="New")).to_contain_text(
        "2 h came to you for it. Thank you!"
    )
    page.get_by_role("button", name="Mark all read").click()
    expect(page.get_by_role("button", name="Mark all read")).to_have_count(0)
    page.get_by_role("navigation").get_by_role("link", name="My hours").click()
    expect(page.get_by_label("Balance")).to_contain_text("2 h")
    assert (make.minutes(ana), make.minutes(ben)) == (120, -120)


@with_and_without_javascript
def test_a_refusal_stands_beside_its_field_and_the_words_stay(
    page, live_server, ana, ben, sign_in, scripts
):
    sign_in(ben)
    page.goto(f"{live_server.url}/hours/exchanges/record/?neighbour={ana.pk}")
    page.get_by_label("I helped Ana").check()
    page.get_by_label("How long did it take?").fill("two")
    page.get_by_label("What was done?").fill("Tax form")
    log_hours(page)

    expect(page.get_by_role("alert").last).to_contain_text("nothing was recorded yet")
    hours = page.get_by_label("How long did it take?")
    expect(hours).to_have_attribute("aria-invalid", "true")
    expect(hours).to_have_accessible_description(re.compile("Write hours like 2"))
    expect(page.get_by_label("What was done?")).to_have_value("Tax form")
    expect(page.get_by_label("I helped Ana")).to_be_checked()

    hours.fill("0:45")
    log_hours(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You helped Ana Okafor")
    assert Exchange.objects.get().minutes == 45


@with_and_without_javascript
def test_rosa_writes_down_what_ana_tells_her_by_phone(
    page, live_server, rosa, ana, ben, sign_in, scripts
):
    sign_in(rosa)
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Record hours for others").click()
    page.get_by_label("Look for a name").fill("ana")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("link", name="Ana Okafor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Whom did Ana Okafor help?"
    )
    page.get_by_role("link", name="Ben de Vries").click()
    page.get_by_label("How long did it take?").fill("1:30")
    page.get_by_label("What was done?").fill("Tax form")
    page.get_by_role("group", name="Who told you?").get_by_label("Ana Okafor").check()
    page.get_by_label("by phone").check()
    log_hours(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Ana Okafor helped Ben de Vries"
    )
    expect(page.get_by_role("main")).to_contain_text(
        "Recorded by Rosa Alvarez by phone for Ana Okafor"
    )


@on_a_phone
def test_somebody_from_the_last_time_is_one_tap_away_and_so_is_the_same_again(
    page, live_server, ana, ben, sign_in
):
    make.exchange(ana, ben, minutes=90, what="Mended a bicycle & a trailer")
    sign_in(ben)
    page.goto(live_server.url)
    page.get_by_role("link", name="Ana Okafor").click()
    page.get_by_role("button", name="1 h 30").click()
    expect(page.get_by_label("How long did it take?")).to_have_value("1 h 30")

    page.get_by_role("navigation").get_by_role("link", name="My hours").click()
    page.get_by_role("link", name="Mended a bicycle & a trailer").click()
    page.get_by_role("link", name="Log the same again").click()
    log_hours(page)

    expect(page.get_by_role("status")).to_have_text("Recorded. The hours have moved.")
    assert set(Exchange.objects.values_list("minutes", "what", "giver")) == {
        (90, "Mended a bicycle & a trailer", ana.pk)
    }
    assert Exchange.objects.count() == 2


@on_a_phone
def test_a_double_tap_logs_once(page, live_server, ana, ben, sign_in):
    sign_in(ben)
    page.goto(f"{live_server.url}/hours/exchanges/record/?neighbour={ana.pk}")
    page.get_by_label("Ana helped me").check()
    page.get_by_label("How long did it take?").fill("2")
    page.get_by_label("What was done?").fill("Mended my bicycle")
    page.get_by_role("main").get_by_role("button", name="Log hours").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor helped you")
    assert Exchange.objects.count() == 1


@on_a_phone
def test_the_same_form_in_two_tabs_counts_once(page, live_server, ana, ben, sign_in):
    sign_in(ben)
    address = f"{live_server.url}/hours/exchanges/record/?neighbour={ana.pk}"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    key = page.locator("input[name=key]").get_attribute("value")
    other.locator("input[name=key]").evaluate(
        "(field, key) => (field.value = key)", key
    )
    for tab in (page, other):
        tab.get_by_label("Ana helped me").check()
        tab.get_by_label("How long did it take?").fill("2")
        tab.get_by_label("What was done?").fill("Mended my bicycle")
        log_hours(tab)
        expect(tab.get_by_role("heading", level=1)).to_have_text(
            "Ana Okafor helped you"
        )

    assert page.url == other.url
    assert Exchange.objects.count() == 1


@on_a_phone
def test_no_connection_is_said_and_what_was_typed_stays(
    page, live_server, ana, ben, sign_in, complaints
):
    sign_in(ben)
    page.goto(f"{live_server.url}/hours/exchanges/record/?neighbour={ana.pk}")
    page.get_by_label("Ana helped me").check()
    page.get_by_label("How long did it take?").fill("2")
    page.get_by_label("What was done?").fill("Mended my bicycle")
    page.context.set_offline(True)
    log_hours(page)

    expect(page.get_by_role("alert")).to_contain_text("No answer came.")
    complaints.clear()
    page.context.set_offline(False)
    log_hours(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor helped you")


def test_a_search_finds_while_typing_and_the_keyboard_alone_is_enough(
    page, live_server, ana, ben, sign_in
):
    sign_in(ben)
    page.goto(f"{live_server.url}/hours/exchanges/record/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Look for a name")).to_be_focused()
    page.keyboard.type("oka")
    expect(page.locator("#people").get_by_role("link")).to_have_text(["AAna Okafor"])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Log hours")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    for keys in ("Tab", "Tab", "Space", "Tab", "2", "Tab"):
        page.keyboard.press(keys)
    for _ in range(5):  # past the usual answers
        page.keyboard.press("Tab")
    page.keyboard.type("Mended my bicycle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Okafor helped you")
    expect(page.get_by_role("status")).to_be_focused()
