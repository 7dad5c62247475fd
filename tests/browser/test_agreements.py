"""Reading and signing on a phone; a coordinator adds a signed page; the pages of this part."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from members import clock
from members.models import Due, Role, Signature
from members.policies.money import DUES, MEMBERSHIP_SHARE
from tests import make
from tests.browser.test_every_page import faults_of, faults_of_each
from tests.marks import committed

pytestmark = committed

PHONE = {"width": 360, "height": 740}


def test_a_member_reads_and_signs_on_a_phone(page, live_server, ana, sign_in, axe):
    sign_in(ana)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/agreements/")
    page.get_by_role("link", name=re.compile("Membership agreement")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Membership agreement")

    page.get_by_role("button", name="I agree, and sign").click()
    expect(page.get_by_role("alert")).to_contain_text("another look")
    assert faults_of(page, axe) == []
    page.set_viewport_size(PHONE)
    page.get_by_label("Your name, as a signature").fill("ana okafor")
    page.get_by_role("button", name="I agree, and sign").click()

    expect(page.get_by_role("status")).to_contain_text("Signed. Thank you.")
    assert faults_of(page, axe) == []
    assert Signature.objects.get().member == ana


def test_a_coordinator_adds_a_signed_page(
    page, live_server, rosa, edna, sign_in, axe, tmp_path
):
    photo = tmp_path / "signed.png"
    photo.write_bytes(make.picture((1200, 1600), "PNG").getvalue())
    (tmp_path / "signed.pdf").write_bytes(b"%PDF-1.7 no photo")
    sign_in(rosa)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/agreements/membership/unsigned/")
    page.get_by_role("link", name=re.compile("Edna Moreau")).click()
    page.get_by_label("A picture of the signed page").set_input_files(
        tmp_path / "signed.pdf"
    )
    page.get_by_label("The name under the text").fill("Edna Moreau")
    page.get_by_role("button", name="Enter the signature").click()
    expect(
        page.get_by_text("This is no picture that we can read").first
    ).to_be_visible()
    assert faults_of(page, axe) == []

    page.get_by_label("A picture of the signed page").set_input_files(photo)
    page.get_by_role("button", name="Enter the signature").click()

    expect(page.get_by_role("status")).to_contain_text("Edna Moreau signed on paper")
    assert Signature.objects.get().scan


def test_a_task_is_given_and_ended(page, live_server, rosa, ana, sign_in, client, axe):
    sign_in(rosa)
    make.sure(client)
    page.goto(f"{live_server.url}/people/roles/")
    page.get_by_role("link", name="Give a task").click()
    page.get_by_role("link", name="Ana Okafor").click()
    page.get_by_label("treasurer").check()
    page.get_by_label("Who decided it, where and when?").fill("Meeting, 3 May")
    page.get_by_role("button", name="Give the task").click()
    expect(page.get_by_role("status")).to_contain_text("Ana Okafor carries the task")

    page.get_by_role("link", name=re.compile("End.*Ana Okafor, treasurer")).click()
    assert faults_of(page, axe) == []
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_role("status")).to_contain_text("The task has ended.")


@pytest.fixture
def world(rosa, ana, ben, edna):
    """A little of everything, past and present."""
    long = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente"
    make.published(rosa, f"We are kind.\n\nWe meet. {long}")
    make.published(rosa, "We are kind.\n\nWe sing.")
    make.signed_paper(rosa, edna)
    make.role(rosa, ana, Role.TREASURER)
    make.policy(rosa, DUES, 1250)
    make.policy(rosa, MEMBERSHIP_SHARE, 500)
    share = make.due(rosa, ana, 1500, Due.SHARE)
    make.due(rosa, ana, 1250)
    make.due(rosa, ben, 0, Due.SHARE, let_off=f"Board, 3 May, {long}")
    make.away(ana)
    make.booked(ana, make.tomorrow(15), hours=2)
    today = clock.today()
    credential = make.credential(rosa, ana, expires_on=today + timedelta(days=9))
    make.credential(rosa, ben)
    return share, credential


def test_a_members_pages_are_good_for_everybody(
    page, live_server, world, ana, sign_in, axe
):
    sign_in(ana)
    share, _credential = world
    paths = [
        "/agreements/",
        "/agreements/membership/",
        "/agreements/membership/2/",
        "/me/dues/",
        share.get_absolute_url(),
        "/me/times/",
        "/me/times/away/",
        "/people/roles/",
        "/people/who-may/",
        f"/people/{ana.pk}/credentials/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_a_coordinators_pages_are_good_for_everybody(
    page, live_server, world, rosa, ana, ben, sign_in, client, axe
):
    sign_in(rosa)
    make.sure(client)
    share, credential = world
    paths = [
        "/agreements/publish/",
        "/agreements/membership/publish/",
        "/agreements/membership/unsigned/",
        f"/agreements/membership/paper/{ben.pk}/",
        "/dues/",
        f"/dues/of/{ana.pk}/",
        "/dues/record/",
        f"/dues/record/?member={ana.pk}",
        f"/dues/{share.pk}/take-back/",
        f"/dues/{share.pk}/give-back/",
        "/people/roles/grant/?q=nobody",
        f"/people/roles/grant/?member={ana.pk}",
        "/people/credentials/",
        f"/people/{ana.pk}/credentials/",
        f"/people/credentials/grant/?member={ana.pk}",
        f"/people/credentials/{credential.pk}/end/",
    ]
    assert faults_of_each(page, axe, live_server.url, paths) == []


def test_empty_pages_are_good_for_everybody(page, live_server, cleo, sign_in, axe):
    sign_in(cleo)
    paths = ["/me/dues/", "/me/times/", f"/people/{cleo.pk}/credentials/"]
    assert faults_of_each(page, axe, live_server.url, paths) == []
