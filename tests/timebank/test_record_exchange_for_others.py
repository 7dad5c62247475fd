"""A coordinator writes down what two members did."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from tests import make
from timebank.models import Exchange

URL = reverse("timebank:record-exchange-for-others")

pytestmark = pytest.mark.django_db


def form(giver, receiver, **words):
    given = {
        "giver": giver.pk,
        "receiver": receiver.pk,
        "minutes": "1:30",
        "what": "Shopping",
        "helped_on": make.a_day().isoformat(),
        "told_by": "receiver",
        "channel": "phone",
        "key": str(make.key()),
    }
    return given | words


def test_it_says_who_told_it_and_how_and_tells_both(client, rosa, ana, edna):
    client.force_login(rosa)

    response = client.post(URL, form(ana, edna))

    exchange = Exchange.objects.get()
    assertRedirects(response, exchange.get_absolute_url())
    assert (exchange.recorded_by, exchange.recorded_for) == (rosa, edna)
    assert exchange.channel == "phone"
    assert (make.minutes(ana), make.minutes(edna)) == (90, -90)
    assert (ana.notices.count(), edna.notices.count(), rosa.notices.count()) == (
        1,
        1,
        0,
    )


def test_it_asks_for_the_giver_then_for_the_receiver(client, rosa, ana, edna):
    client.force_login(rosa)

    first = client.get(URL)
    second = client.get(URL, {"giver": edna.pk})

    assert first.context["name"] == "giver"
    assert second.context["name"] == "receiver"
    assert edna not in second.context["found"]
    assert client.get(URL, {"giver": edna.pk, "receiver": ana.pk}).context["form"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("told_by", "", "required"),
        ("told_by", "nobody", "invalid_choice"),
        ("channel", "web", "invalid_choice"),
        ("giver", "999999", "invalid_choice"),
        ("receiver", "", "required"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client, rosa, ana, edna, field, value, code
):
    client.force_login(rosa)

    response = client.post(URL, form(ana, edna) | {field: value})

    assert response.status_code == 422
    assert response.context["form"].errors.as_data()[field][0].code == code
    assert not Exchange.objects.exists()


def test_one_person_is_not_two(client, rosa, ana):
    client.force_login(rosa)

    response = client.post(URL, form(ana, ana))

    assert response.status_code == 422
    assert make.minutes(ana) == 0


def test_her_own_exchanges_she_records_in_her_own_name(client, rosa, ana):
    client.force_login(rosa)

    assert client.post(URL, form(rosa, ana)).status_code == 403
    assert not Exchange.objects.exists()


def test_only_coordinators_may(client, ana, ben, cleo):
    client.force_login(cleo)

    assert client.get(URL).status_code == 403
    assert client.post(URL, form(ana, ben)).status_code == 403
    assert not Exchange.objects.exists()


def test_a_coordinator_no_longer_may_not(client, rosa, ana, edna):
    client.force_login(rosa)
    rosa.role_grants.update(ended_at=clock.now())

    assert client.post(URL, form(ana, edna)).status_code == 403


def test_nobody_is_offered_as_both(client, rosa, ana, edna):
    make.exchange(ana, rosa)
    client.force_login(rosa)

    second = client.get(URL, {"giver": ana.pk})

    assert second.context["of_late"] == []
    assert ana not in second.context["found"]
