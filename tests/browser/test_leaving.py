"""Leaving, on a phone: what there is to settle, the last question, and the way out."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from members import clock
from members.actions import go_on_leave
from members.models import Member, Profile
from tests import make
from tests.browser.test_every_page import faults_of
from tests.conftest import PASSWORD
from tests.marks import committed

pytestmark = committed

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def shot(page):
    """Keep a picture for people to look at, where SHOTS says so."""

    def take(name):
        if folder := os.environ.get("SHOTS"):
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                path = Path(folder) / f"{name}_{width}.png"
                page.screenshot(path=path, full_page=True)
            page.set_viewport_size(PHONE)

    return take


@pytest.fixture
def world(rosa, ana, ben, cleo):
    make.share(rosa, ana)
    make.due(rosa, ana)
    make.booked(ana, make.tomorrow())
    make.exchange(ana, ben, 150)
    make.stewardship(ana)
    Profile.objects.filter(member=ana).update(phone="555-0142", about="I bake")


def signed_in(page, live_server, email):
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="My hours").first.wait_for()


def test_leaving_on_a_phone(page, live_server, world, ana, axe, shot):
    signed_in(page, live_server, "ana@example.org")
    page.goto(f"{live_server.url}/me/leave/")
    shot("membership")
    assert faults_of(page, axe) == []
    shot("membership")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Leave the network").click()
    page.get_by_role("heading", name="To be seen to first").wait_for()
    assert faults_of(page, axe) == []
    shot("leaving_with_an_obstacle")
    make.stewardship(
        Member.objects.get(name="Cleo Stranger"), ana.stewards_of.get().organisation
    )
    page.reload()
    shot("leaving")
    page.get_by_role("link", name="Go on to leaving").click()
    page.get_by_role("button", name="Leave the network").wait_for()
    assert faults_of(page, axe) == []
    shot("leave_for_good")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Leave the network").click()
    page.get_by_role("alert").filter(has_text="another look").wait_for()
    assert faults_of(page, axe) == []
    page.get_by_text("to the commons, for whoever needs help").click()
    page.get_by_role("button", name="Leave the network").click()
    page.get_by_text("You have left the network").wait_for()
    assert faults_of(page, axe) == []
    assert Member.objects.get(pk=ana.pk).left_at is not None


def test_going_on_leave_and_taking_data_along(page, live_server, world, ana, axe, shot):
    signed_in(page, live_server, "ana@example.org")
    page.goto(f"{live_server.url}/me/leave/begin/")
    assert faults_of(page, axe) == []
    shot("go_on_leave")
    page.set_viewport_size(PHONE)
    page.get_by_label("When do you think").fill(
        (clock.today() + timedelta(days=30)).isoformat()
    )
    page.get_by_role("button", name="Go on leave").click()
    page.get_by_role("button", name="I am back").wait_for()
    assert faults_of(page, axe) == []
    shot("on_leave")
    page.goto(f"{live_server.url}/me/still-here/")
    assert faults_of(page, axe) == []
    shot("still_here")
    page.goto(f"{live_server.url}/me/download/")
    assert faults_of(page, axe) == []
    shot("download")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Download it").click()
    assert fetched.value.suggested_filename.startswith(f"my-data-{ana.number}-")


def test_a_coordinators_pages_of_coming_and_going(
    page, live_server, world, rosa, ana, ben, cleo, axe, shot
):
    Member.objects.filter(pk__in=[cleo.pk, ana.pk]).update(
        welcomed_at=clock.now() - timedelta(days=500)
    )
    Member.objects.filter(pk=rosa.pk).update(
        welcomed_at=clock.now() - timedelta(days=40)
    )
    go_on_leave(by=make.acting(ben))
    found = make.forgiveness(ana)
    signed_in(page, live_server, "rosa@example.org")
    for name, path in (
        ("dormant", "/people/dormant/"),
        ("former_members", "/people/dormant/left/"),
        ("leaving_of", f"/people/{ana.pk}/leaving/"),
        ("depart_for", f"/people/{cleo.pk}/leaving/sure/"),
        ("forgiveness_asked", "/hours/forgiveness/"),
        ("forgiveness", found.get_absolute_url()),
        ("propose_forgiveness", f"/hours/forgiveness/propose/{ana.pk}/"),
    ):
        page.goto(live_server.url + path)
        assert faults_of(page, axe) == []
        shot(name)
    page.goto(f"{live_server.url}/people/{cleo.pk}/leaving/sure/")
    page.set_viewport_size(PHONE)
    page.get_by_text("by phone").click()
    page.get_by_role("button", name="Leave the network").click()
    page.get_by_role("link", name="Erase name and words").click()
    page.get_by_role("button", name="Erase for good").wait_for()
    assert faults_of(page, axe) == []
    shot("forget_member")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_text("were erased on").wait_for()
    assert faults_of(page, axe) == []
    shot("former_member")
