"""Signing in and out."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests import make
from tests.conftest import PASSWORD

URL = reverse("account_login")

pytestmark = pytest.mark.django_db


def test_a_member_signs_in_by_email_and_password(client, ana):
    response = client.post(URL, {"login": "ana@example.org", "password": PASSWORD})

    assertRedirects(response, reverse("home"))
    assert "Ana" in client.get(reverse("home")).text


@pytest.mark.parametrize("login", ["ana@example.org", "nobody@example.org"])
def test_a_wrong_password_does_not_tell_who_belongs(client, ana, login):
    page = client.post(URL, {"login": login, "password": "wrong"})

    assert page.status_code == 200
    assert [
        error.code for error in page.context["form"].non_field_errors().as_data()
    ] == ["email_password_mismatch"]


def test_somebody_who_left_does_not_come_in(client, gus):
    client.post(URL, {"login": "gus@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_somebody_who_leaves_is_out_at_once(client, ana):
    client.force_login(ana)
    ana.left_at = make.clock.now()
    ana.save(update_fields=["left_at"])

    assert client.get(reverse("timebank:statement")).status_code == 302


def test_signing_out_is_a_button(client, ana):
    client.force_login(ana)

    assertRedirects(client.post(reverse("account_logout")), reverse("home"))
    assert "_auth_user_id" not in client.session


def test_nobody_joins_by_a_form_alone(client):
    page = client.post(
        reverse("account_signup"), {"email": "m@example.org", "password1": "x" * 20}
    )

    assert page.templates[0].name == "account/signup_closed.html"


def test_a_forgotten_password_does_not_tell_who_belongs(client, ana, mailoutbox):
    url = reverse("account_reset_password")

    known = client.post(url, {"email": "ana@example.org"})
    unknown = client.post(url, {"email": "nobody@example.org"})

    assert known.url == unknown.url
    assert mailoutbox[0].to == ["ana@example.org"]
