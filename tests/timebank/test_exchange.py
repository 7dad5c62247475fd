"""One exchange, as each may see it."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from members.acting import Acting
from tests import make

pytestmark = pytest.mark.django_db


def test_both_sides_and_coordinators_see_it(client, rosa, ana, ben):
    exchange = make.exchange(ana, ben, what="Mended a bicycle")

    for member in (ana, ben, rosa):
        client.force_login(member)
        page = client.get(exchange.get_absolute_url())
        assert page.status_code == 200
        assert "Mended a bicycle" in page.text


def test_to_others_it_does_not_exist(client, ana, ben, cleo):
    exchange = make.exchange(ana, ben)
    client.force_login(cleo)

    assert client.get(exchange.get_absolute_url()).status_code == 404


def test_a_foreign_id_does_not_exist(client, cleo):
    client.force_login(cleo)

    assert (
        client.get(reverse("timebank:exchange", args=[make.key()])).status_code == 404
    )


def test_it_says_who_recorded_it_for_whom_and_how(client, rosa, ana, edna):
    by = Acting(rosa, for_member=edna, channel="phone")
    exchange = make.exchange(ana, edna, by=by)
    client.force_login(ana)

    page = client.get(exchange.get_absolute_url()).text

    assert "Rosa Alvarez" in page
    assert "by phone" in page


@pytest.mark.parametrize("change", ["minutes", "giver", "receiver"])
def test_it_cannot_say_anything_but_what_its_transfer_moved(ana, ben, cleo, change):
    exchange = make.exchange(ana, ben)
    setattr(exchange, change, 600 if change == "minutes" else cleo)

    with pytest.raises(IntegrityError, match="does not say what its transfer moved"):
        exchange.save()


def test_its_words_can_be_blanked_when_somebody_asks_to_be_forgotten(ana, ben):
    exchange = make.exchange(ana, ben)

    exchange.what = "-"
    exchange.save(update_fields=["what"])

    assert make.books().is_sound
