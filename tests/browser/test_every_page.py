"""What holds on each page: nothing for axe to find, no sideways scroll, large targets."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from members import clock
from members.acting import Acting
from members.actions import mark_notices_read
from members.models import Channel
from tests import make
from tests.marks import committed
from timebank.models import Exchange

pytestmark = committed

LONG = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente-Antragsformular"
RECORD = "/hours/exchanges/record/"
FOR_OTHERS = "/hours/exchanges/record-for-others/"
DOORS = [
    "/",
    "/books/",
    "/account/login/",
    "/account/login/code/",
    "/account/number/",
    "/account/email/spent/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-no/",
    "/account/password/reset/key/done/",
    "/account/signup/",
    "/account/inactive/",
    "/nothing-here/",
]
MINE = [
    "/",
    "/hours/",
    "/hours/?latest=3",
    "/notices/",
    RECORD,
    f"{RECORD}?q=nobody",
    "/account/logout/",
    "/account/sure/",
    "/account/sure/?by=code",
    "/me/sessions/",
    "/me/done-for-me/",
    "/acting/",
    "/account/password/change/",
    FOR_OTHERS,
    "/nothing-here/",
]

WIDTHS = (1280, 360)

TOO_SMALL = """() => [...document.querySelectorAll(
    "button, .button, nav a, .tiles a, .rows > li > a, .choice, .foot a, .brand, " +
    "input:not([type=hidden], [type=radio], [type=checkbox])")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.width && (box.height < 43.9 || box.width < 43.9))
  .map(([box, one]) => `too small: ${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


@pytest.fixture
def world(rosa, ana, ben, cleo):
    """Thirty exchanges of Ben's, one of them told by phone; long words among them."""
    for day in range(30):
        make.exchange(
            *((ana, ben) if day % 3 else (ben, ana)),
            minutes=45 + 15 * (day % 4),
            what=LONG if day == 29 else "Carried a wardrobe up",
            helped_on=clock.today() - timedelta(days=30 - day),
        )
    make.exchange(
        ana,
        ben,
        by=Acting(rosa, for_member=ana, channel=Channel.PHONE),
        what="Tax form",
    )
    mark_notices_read(by=make.acting(ben), latest=ben.notices.latest("pk").pk)
    make.exchange(ben, ana)
    make.exchange(ana, ben, by=make.acting(ana))
    make.books()


def places_of(member):
    helped = Exchange.objects.filter(receiver=member).order_by("-id")
    return [one.get_absolute_url() for one in helped[:3]]


def faults_of(page: Page, axe) -> list[str]:
    """What is wrong with a page, wide and on a phone, by day and by night."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme="light")
        faults.append(axe())
        page.emulate_media(color_scheme="dark")
        faults.append(axe("color-contrast"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("scrolls sideways")
        faults += page.evaluate(TOO_SMALL)
    return [f"{page.url}: {fault}" for fault in faults if fault]


def faults_of_each(page: Page, axe, root: str, paths) -> list[str]:
    faults = []
    for path in paths:
        page.goto(root + path)
        faults += faults_of(page, axe)
    return faults


def test_the_doors_are_open_to_everybody(page, live_server, world, axe):
    assert faults_of_each(page, axe, live_server.url, DOORS) == []


def test_a_members_pages_are_good_for_everybody(
    page, live_server, world, ana, ben, sign_in, axe
):
    sign_in(ben)
    paths = [*MINE, f"{RECORD}?neighbour={ana.pk}", *places_of(ben)]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_empty_pages_are_good_for_everybody(
    page, live_server, world, cleo, sign_in, axe
):
    sign_in(cleo)
    paths = ["/", "/hours/", "/notices/"]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_a_coordinators_pages_are_good_for_everybody(
    page, live_server, world, rosa, ana, ben, sign_in, axe
):
    sign_in(rosa)
    paths = [
        "/",
        FOR_OTHERS,
        f"{FOR_OTHERS}?giver={ana.pk}",
        f"{FOR_OTHERS}?giver={ana.pk}&receiver={ben.pk}",
        f"/hours/of/{ben.pk}/",
        *places_of(ben),
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_a_refused_form_is_good_for_everybody(
    page, live_server, world, rosa, ana, ben, sign_in, axe
):
    sign_in(rosa)
    for path in (
        f"{RECORD}?neighbour={ana.pk}",
        f"{FOR_OTHERS}?giver={ana.pk}&receiver={ben.pk}",
    ):
        page.goto(live_server.url + path)
        page.get_by_role("main").get_by_role("button", name="Log hours").click()
        page.get_by_role("alert").filter(has_text="another look").wait_for()
        assert faults_of(page, axe) == []
