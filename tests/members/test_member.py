"""The page of one member: what they tell, and what can be done together."""

import pytest
from django.urls import reverse

from members import clock
from members.actions import welcome_member
from members.models import Household, Member, Neighbourhood, Role
from tests import make

pytestmark = pytest.mark.django_db


def page_of(client, reader, member):
    client.force_login(reader)
    return client.get(member.get_absolute_url())


def test_a_neighbour_finds_the_ways_to_each_other(client, ana, ben):
    page = page_of(client, ben, ana).text

    assert reverse("members:send-message", args=[ana.pk]) in page
    assert f"{reverse('timebank:record-exchange')}?neighbour={ana.pk}" in page
    assert reverse("members:block-member", args=[ana.pk]) in page
    assert "For coordinators" not in page


def test_ones_own_page_leads_to_changing_it(client, ana):
    page = page_of(client, ana, ana).text

    assert reverse("members:change-profile") in page
    assert reverse("members:change-privacy") in page
    assert reverse("members:send-message", args=[ana.pk]) not in page


def test_coordinators_find_what_they_help_with(client, rosa, ana, edna):
    home = Household.objects.create(name="Willow Street 3")
    Member.objects.filter(pk__in=[ana.pk, edna.pk]).update(household=home)

    page = page_of(client, rosa, ana).text

    assert "For coordinators" in page
    assert "Edna Moreau" in page
    assert str(ana.number) in page
    for linked in ("timebank:statement-of", "members:change-email", "members:dues-of"):
        assert reverse(linked, args=[ana.pk]) in page
    assert "Edna Moreau" not in page_of(client, edna, ana).text.split("<main")[1]


def test_treasurers_find_the_dues_and_nothing_else_of_coordinators(
    client, rosa, ana, ben
):
    tomas = make.role(rosa, ben, Role.TREASURER)

    page = page_of(client, tomas, ana).text

    assert f'href="{reverse("members:dues-of", args=[ana.pk])}"' in page
    assert "For coordinators" not in page


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ((43.07, -89.40), (43.05, -89.42), "about 2.8 km"),
        ((43.07, -89.40), (None, None), ""),
        ((None, None), (43.05, -89.42), ""),
        ((0.0, 0.0), (0.0, 0.0), "about 0.0 km"),
    ],
)
def test_how_far_it_is_from_ones_own_neighbourhood(
    client, ana, ben, mine, theirs, said
):
    for member, name, centre in ((ben, "Here", mine), (ana, "There", theirs)):
        latitude, longitude = centre
        place = Neighbourhood.objects.create(
            name=name, latitude=latitude, longitude=longitude
        )
        make.tells(member, neighbourhood=place)

    page = page_of(client, ben, ana).text

    assert ("km from your neighbourhood" in page) is bool(said)
    assert said in page


def test_a_hidden_neighbourhood_says_no_distance_either(client, ana, ben):
    for member, name, latitude in ((ben, "Here", 43.07), (ana, "There", 43.05)):
        place = Neighbourhood.objects.create(
            name=name, latitude=latitude, longitude=-89.4
        )
        make.tells(member, neighbourhood=place)
    make.shows(ana, neighbourhood="coordinators")

    assert "km from" not in page_of(client, ben, ana).text


def test_who_acts_for_an_organisation_is_said(client, ana, ben, cleo):
    bakery = make.organisation()
    for steward in (ana, ben):
        make.stewardship(steward, bakery)
    make.block(ben, cleo)

    assert page_of(client, ana, bakery).context["stewards"] == [ana, ben]
    assert page_of(client, cleo, bakery).context["stewards"] == [ana]


def test_somebody_away_is_marked(client, ana, ben):
    Member.objects.filter(pk=ana.pk).update(on_leave_at=clock.now())

    assert "Away for a while" in page_of(client, ben, ana).text


@pytest.mark.parametrize("forged", ["999999", str(2**63 - 1), "9" * 40])
def test_a_forged_address_is_not_found(client, ben, forged):
    client.force_login(ben)

    assert client.get(f"/people/{forged}/").status_code == 404
    assert client.post(f"/people/{forged}/open/", {"field": "phone"}).status_code == 404


def test_the_page_costs_the_same_for_many(
    client, rosa, ana, ben, django_assert_num_queries
):
    bakery = make.organisation()
    make.stewardship(ana, bakery)
    page_of(client, rosa, bakery)
    with django_assert_num_queries(12, exact=False) as few:
        client.get(bakery.get_absolute_url())
    for number in range(30):
        other = welcome_member(by=make.acting(rosa), name=f"N {number}")
        make.stewardship(other, bakery)
    with django_assert_num_queries(len(few)):
        client.get(bakery.get_absolute_url())
