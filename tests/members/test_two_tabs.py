"""Two tabs of one browser: nothing is ever done for somebody else than was meant."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from man_site.errors import servers_away
from tests.members.test_begin_acting import (
    BEGIN,
    HOME,
    RECORD,
    STOP,
    an_exchange,
    begin,
)
from timebank.models import Exchange

TEMPLATES = Path(__file__).parents[2] / "templates"

pytestmark = pytest.mark.django_db


def tabs_of(member) -> tuple[Client, Client]:
    """Two tabs of one browser: they share the session."""
    one, other = Client(), Client()
    one.force_login(member)
    other.cookies = one.cookies
    return one, other


def test_a_form_is_not_taken_for_somebody_else_than_it_was_opened_for(
    rosa, edna, ana, ben
):
    one, other = tabs_of(rosa)
    begin(one, edna)
    begin(other, ben)

    answer = one.post(RECORD, an_exchange(edna, ana))

    assert answer.status_code == 409
    assert "Ben de Vries" in answer.text
    assert not Exchange.objects.exists()


def test_a_form_opened_for_another_is_not_taken_for_oneself(rosa, edna, ana):
    one, other = tabs_of(rosa)
    begin(one, edna)
    other.post(STOP)

    assert one.post(RECORD, an_exchange(edna, ana)).status_code == 409
    assert not Exchange.objects.exists()


def test_a_form_opened_for_oneself_is_not_taken_for_another(rosa, edna, ana):
    one, other = tabs_of(rosa)
    begin(other, edna)

    assert one.post(RECORD, an_exchange(rosa, ana)).status_code == 409
    # Nor is one that doesn't say for whom it was opened.
    assert one.post(RECORD, an_exchange(None, ana)).status_code == 409
    assert not Exchange.objects.exists()


def test_what_was_typed_is_not_lost_and_can_be_sent_for_whoever_it_is_for_now(
    rosa, edna, ana
):
    one, other = tabs_of(rosa)
    begin(other, edna)
    words = an_exchange(rosa, ana)
    asked = one.post(RECORD, words)

    assert dict(asked.context["typed"]) == {
        name: str(value) for name, value in words.items() if name != "acting_for"
    }
    one.post(RECORD, words | {"acting_for": edna.pk})
    assert Exchange.objects.get().recorded_for == edna


def test_stopping_choosing_and_going_work_from_any_tab(rosa, edna, ben):
    one, other = tabs_of(rosa)
    begin(one, edna)
    begin(other, ben)

    assertRedirects(
        one.post(BEGIN, {"member": edna.pk, "channel": "paper", "acting_for": ben.pk}),
        HOME,
    )
    assert one.post(STOP, {"acting_for": ben.pk}).status_code == 302
    begin(other, ben)
    assertRedirects(one.post(reverse("account_logout")), HOME)


def test_what_is_sent_again_after_an_outage_is_for_whom_it_was_opened(
    rosa, edna, ana, rf
):
    away = servers_away(rf.post(RECORD, an_exchange(edna, ana)))

    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', away.text))

    assert again["acting_for"] == str(edna.pk)
    client, _other = tabs_of(rosa)
    assert client.post(RECORD, again).status_code == 409
    assert not Exchange.objects.exists()


def test_every_form_says_for_whom_it_was_opened():
    """But for the button that signs out, which is the same for everybody."""
    forms = [
        (template.name, form)
        for template in sorted(TEMPLATES.rglob("*.html"))
        for form in re.findall(
            r'<form[^>]*method="post".*?</form>', template.read_text(), re.DOTALL
        )
    ]

    assert len(forms) > 40
    assert [
        (name, form[:80])
        for name, form in forms
        if "{% form_token %}" not in form
        and "acting_for" not in form
        and "account_logout" not in form
    ] == []
