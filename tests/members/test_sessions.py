"""Where somebody is signed in, and signing out elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests import make
from tests.conftest import PASSWORD

URL = reverse("members:sessions")
END = reverse("members:end-sessions")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; rv:131.0) Gecko/20100101 Firefox/131.0"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


def signed_in(email: str, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    words = {"login": email, "password": PASSWORD}
    assert client.post(reverse("account_login"), words).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get(reverse("timebank:statement")).status_code == 200


def devices(client):
    shown = client.get(URL).context["devices"]
    return [(device, is_here) for _session, device, is_here in shown]


def test_each_device_is_listed(ana, ben):
    phone, desktop = (
        signed_in("ana@example.org", PHONE),
        signed_in("ana@example.org", DESKTOP),
    )
    signed_in("ben@example.org", DESKTOP)

    assert devices(phone) == [
        ("Firefox on Windows", False),
        ("Chrome on Android", True),
    ]
    assert devices(desktop) == [
        ("Firefox on Windows", True),
        ("Chrome on Android", False),
    ]


def test_signing_out_everywhere_else(ana):
    phone, desktop = (
        signed_in("ana@example.org", PHONE),
        signed_in("ana@example.org", DESKTOP),
    )

    assertRedirects(phone.post(END), URL)

    assert (is_in(phone), is_in(desktop)) == (True, False)
    assert devices(phone) == [("Chrome on Android", True)]


def test_signing_out_on_one_device(ana):
    phone, desktop, other = (
        signed_in("ana@example.org", agent) for agent in (PHONE, DESKTOP, "?")
    )
    lost = phone.get(URL).context["devices"][0][0]

    phone.post(END, {"only": lost.pk})

    assert (is_in(phone), is_in(desktop), is_in(other)) == (True, True, False)


def test_nobody_signs_out_somebody_else(ana, ben):
    phone, of_ben = (
        signed_in("ana@example.org", PHONE),
        signed_in("ben@example.org", DESKTOP),
    )
    session = of_ben.get(URL).context["devices"][0][0]

    phone.post(END, {"only": session.pk})

    assert is_in(of_ben)


def test_signing_out_takes_the_device_off_the_list(ana):
    phone, desktop = (
        signed_in("ana@example.org", PHONE),
        signed_in("ana@example.org", DESKTOP),
    )
    desktop.post(reverse("account_logout"))

    assert devices(phone) == [("Chrome on Android", True)]


def test_a_new_password_signs_out_everywhere_else(ana):
    phone, desktop = (
        signed_in("ana@example.org", PHONE),
        signed_in("ana@example.org", DESKTOP),
    )

    words = {"password1": "three-willows-and-a-pond"}
    phone.post(
        reverse("account_change_password"), {**words, "password2": words["password1"]}
    )

    assert (is_in(phone), is_in(desktop)) == (True, False)
    assert devices(phone) == [("Chrome on Android", True)]


def test_what_a_stranger_sends_as_a_device_harms_nobody(ana):
    odd = signed_in("ana@example.org", "<script>alert(1)</script>" * 50)

    page = odd.get(URL)

    assert "<script>alert" not in page.text
    assert devices(odd) == [("A device that we don't know", True)]


def test_the_list_costs_the_same_however_long(ana, django_assert_max_num_queries):
    here = signed_in("ana@example.org", PHONE)
    with django_assert_max_num_queries(8):
        here.get(URL)
    for _ in range(15):
        signed_in("ana@example.org", DESKTOP)
    with django_assert_max_num_queries(8):
        assert len(here.get(URL).context["devices"]) == 16
