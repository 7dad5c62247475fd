"""Sample letters: every kind that can be told has one, for those who build."""

import re

import pytest
from django.template import engines
from django.urls import reverse

from man_site import urls
from members import samples
from members.models import Letter, Notice
from members.notices import DIGEST, KINDS, SAMPLES

URL = reverse("members:sample-letters")


# Every room has declared its own by then.
assert urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


def test_every_kind_has_a_sample():
    """Whoever declares a kind declares a sample of it (see `members.samples`)."""
    shown = {sample().kind.name for sample in SAMPLES.values()}
    assert {*KINDS, DIGEST.name} - shown == set()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_is_a_whole_letter(name, monkeypatch):
    # A word that its sample does not have would show.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "«%s»")
    letter = samples.letter_of(name)
    email = samples.email_of_sample(name)

    assert 0 < len(letter.subject) <= 120
    for part in (email.body, email.alternatives[0].content):
        assert letter.name or "Edna" in part
        assert not re.search(r"None|%\(|{{|{%|«|SimpleNamespace|object at", part)
    # Names nobody on its outside.
    for somebody in ("Ana", "Ben", "Rosa", "Cleo", "Edna"):
        assert somebody not in email.subject


@pytest.mark.usefixtures("_demo")
def test_builders_look_at_them(client):
    listed = client.get(URL)
    assert listed.status_code == 200
    for name in SAMPLES:
        assert f"/style/letters/{name}/" in listed.text

    page = client.get(reverse("members:sample-letter", args=["done_for_you"]))
    assert "List-Unsubscribe-Post" in page.text
    assert "Rosa Alvarez recorded hours for you" in page.text


@pytest.mark.usefixtures("_demo")
def test_the_page_of_a_letter_may_carry_its_own_style_and_nothing_else(client):
    page = client.get(reverse("members:sample-letter-page", args=["done_for_you"]))

    policy = page.headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'none'",
    ):
        assert part in policy
    assert "Rosa Alvarez recorded hours for you" in page.text


@pytest.mark.usefixtures("_demo")
def test_nothing_of_it_is_kept(client):
    for name in SAMPLES:
        client.get(reverse("members:sample-letter", args=[name]))

    assert not Letter.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.usefixtures("_demo")
def test_a_kind_that_is_none_is_not_found(client):
    assert client.get("/style/letters/nothing/").status_code == 404


def test_elsewhere_there_is_no_such_page(client, rosa):
    client.force_login(rosa)

    for name, about in (
        ("members:sample-letters", []),
        ("members:sample-letter", ["done_for_you"]),
        ("members:sample-letter-page", ["done_for_you"]),
    ):
        assert client.get(reverse(name, args=about)).status_code == 404
