"""Is it really you? What is asked before a sensitive page, and what proves it."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.actions import print_sign_in_code
from members.models import Channel, Letter
from tests import make
from tests.conftest import PASSWORD

SURE = reverse("members:sure")
SENSITIVE = reverse("members:sessions")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


def codes(page) -> list[str]:
    errors = page.context["form"].errors.as_data()
    return [error.code for field in errors.values() for error in field]


def without_password(member):
    member.set_unusable_password()
    member.save(update_fields=["password"])


def test_a_sensitive_page_asks_on_the_spot_and_leads_back(client, ana):
    client.force_login(ana)

    asked = client.get(SENSITIVE + "?a=1")

    assert asked.status_code == 401
    assert asked.context["then"] == SENSITIVE + "?a=1"
    answer = client.post(SURE, {"password": PASSWORD, "next": SENSITIVE + "?a=1"})
    assertRedirects(answer, SENSITIVE + "?a=1")


def test_whoever_has_just_signed_in_is_not_asked(client, ana):
    client.post(
        reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD}
    )

    assert client.get(SENSITIVE).status_code == 200


def grow_old(client, seconds):
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def test_after_a_while_it_is_asked_again(client, ana, settings):
    client.force_login(ana)
    make.sure(client)
    grow_old(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)

    assert client.get(SENSITIVE).status_code == 401


def test_a_form_that_was_opened_in_time_may_take_a_while(client, ana, settings):
    client.force_login(ana)
    make.sure(client)
    ask = reverse("members:ask-for-new-email")
    grow_old(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    assert client.post(ask, {"email": "a@example.org"}).status_code == 302

    grow_old(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT * 2)
    late = client.post(ask, {"email": "b@example.org"})
    assert late.status_code == 401
    assert late.context["was_sent"]


def test_what_one_proved_is_not_what_another_proved(client, ana, ben):
    client.force_login(ana)
    make.sure(client)
    client.force_login(ben)

    assert client.get(SENSITIVE).status_code == 401


def test_a_part_of_a_page_opens_the_whole_page_that_asks(client, ana):
    client.force_login(ana)

    part = client.get(SENSITIVE, headers={"hx-request": "true"})
    whole = client.get(SENSITIVE, headers={"hx-request": "true", "hx-boosted": "true"})

    assert part.status_code == 401
    assert part["HX-Redirect"] == f"{SURE}?next=%2Fme%2Fsessions%2F"
    assert part.content == b""
    assert "HX-Redirect" not in whole.headers
    assert "Is it you?" in whole.text


def test_a_wrong_password_proves_nothing_and_is_tried_a_few_times(client, ana):
    client.force_login(ana)

    tried = [codes(client.post(SURE, {"password": "wrong"})) for _ in range(9)]

    assert tried == [["not_proved"]] * 8 + [["too_many_login_attempts"]]
    assert codes(client.post(SURE, {"password": PASSWORD})) == [
        "too_many_login_attempts"
    ]
    assert client.get(SENSITIVE).status_code == 401


def test_without_a_password_a_code_comes_by_email(client, ana):
    without_password(ana)
    client.force_login(ana)

    page = client.post(SURE, {"send": "yes", "next": SENSITIVE})
    letter = Letter.objects.get()
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", letter.text)[0]

    assert letter.address == "ana@example.org"
    assert page.context["then"] == SENSITIVE
    assert "password" not in page.context["form"].fields
    answer = client.post(SURE, {"code": code.lower(), "next": SENSITIVE})
    assertRedirects(answer, SENSITIVE)
    # Once.
    assert codes(client.post(SURE, {"code": code})) == ["not_proved"]


def test_codes_are_sent_a_few_times_and_no_more(client, ana):
    client.force_login(ana)

    for _ in range(6):
        client.post(SURE, {"send": "yes"})

    assert Letter.objects.count() == 4


def test_a_code_by_email_grows_old(client, ana, settings):
    client.force_login(ana)
    client.post(SURE, {"send": "yes"})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Letter.objects.get().text)[0]
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    assert codes(client.post(SURE, {"code": code})) == ["not_proved"]


def test_an_empty_code_is_no_code(client, ana):
    without_password(ana)
    client.force_login(ana)

    for code in ("", "-", " "):
        assert client.post(SURE, {"code": code}).status_code == 422
    assert client.get(SENSITIVE).status_code == 401


def test_without_email_the_code_on_paper_proves_it(client, rosa, edna):
    without_password(edna)
    by = Acting(rosa, edna, Channel.PAPER)
    code = print_sign_in_code(by=by, member=edna).on_paper
    client.force_login(edna)

    assertRedirects(client.post(SURE, {"code": code}), SENSITIVE)


def test_whoever_has_nothing_to_prove_it_with_is_told_what_to_do(client, edna):
    without_password(edna)
    client.force_login(edna)

    page = client.get(SURE)

    assert "Ask a coordinator" in page.text
    assert client.post(SURE, {"send": "yes"}).status_code == 403


def test_it_leads_to_no_other_place(client, ana):
    client.force_login(ana)

    answer = client.post(SURE, {"password": PASSWORD, "next": "//evil.example/"})

    assertRedirects(answer, SENSITIVE)


def test_a_coordinator_proves_it_for_herself_while_she_acts_for_somebody(
    client, rosa, edna
):
    client.force_login(rosa)
    client.post(
        reverse("members:begin-acting"), {"member": edna.pk, "channel": "phone"}
    )

    answer = client.post(SURE, {"password": PASSWORD, "acting_for": edna.pk})

    assert answer.status_code == 302
    url = reverse("members:print-sign-in-code", args=[edna.pk])
    assert client.get(url).status_code == 200
