"""Neighbourhoods, how far they are from each other, and who shares a roof."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import actions
from members.models import Household, Member, Neighbourhood
from tests import make
from tests.marks import committed
from tests.races import at_once

PLACES = reverse("members:neighbourhoods")
ROOFS = reverse("members:households")

pytestmark = pytest.mark.django_db


def changed(rosa, place, **words):
    given = {"name": place.name, "parent": place.parent}
    return actions.change_neighbourhood(
        by=make.acting(rosa), neighbourhood=place, **given | words
    )


def fault(caught) -> str:
    ((error, *_),) = caught.value.error_dict.values()
    return error.code


def test_neighbourhoods_lie_in_each_other(client, rosa, ana):
    client.force_login(rosa)
    town = make.neighbourhood(rosa, "Town", latitude=43.07, longitude=-89.4)
    make.neighbourhood(rosa, "Zoo", latitude=43.09, longitude=-89.4)
    client.post(
        reverse("members:add-neighbourhood"),
        {"name": "Old Town", "parent": town.pk, "latitude": "", "longitude": ""},
    )
    ana.profile.neighbourhood = Neighbourhood.objects.get(name="Old Town")
    ana.profile.save()

    page = client.get(PLACES)

    assert [
        (place.name, len(depth), place.members)
        for place, depth, _near in page.context["rows"]
    ] == [("Town", 0, 0), ("Old Town", 1, 1), ("Zoo", 0, 0)]
    assert "2.2 km from Zoo" in page.text


def test_a_neighbourhood_is_renamed_and_moved(client, rosa):
    old, new = make.neighbourhood(rosa, "Old"), make.neighbourhood(rosa, "New")
    client.force_login(rosa)

    page = client.post(
        reverse("members:change-neighbourhood", args=[old.pk]),
        {"name": "Older", "parent": new.pk, "latitude": "43", "longitude": "-89.5"},
    )

    assertRedirects(page, PLACES)
    old.refresh_from_db()
    assert (old.name, old.parent, old.longitude) == ("Older", new, -89.5)


def test_no_neighbourhood_lies_in_itself_over_however_many_corners(client, rosa):
    a = make.neighbourhood(rosa, "A")
    b = make.neighbourhood(rosa, "B", parent=a)
    c = make.neighbourhood(rosa, "C", parent=b)

    for inside in (a, b, c):
        with pytest.raises(ValidationError) as caught:
            changed(rosa, Neighbourhood.objects.get(pk=a.pk), parent=inside)
        assert fault(caught) == "circle"

    client.force_login(rosa)
    page = client.post(
        reverse("members:change-neighbourhood", args=[a.pk]),
        {"name": "A", "parent": c.pk},
    )
    assert page.status_code == 422
    # The database would not have it either.
    with pytest.raises(IntegrityError), transaction.atomic():
        Neighbourhood.objects.filter(pk=a.pk).update(parent=c)


@committed
def test_two_moves_at_one_moment_close_no_circle(rosa):
    a, b = make.neighbourhood(rosa, "A"), make.neighbourhood(rosa, "B")

    def moved(one, other):
        try:
            changed(rosa, one, parent=other)
        except ValidationError as refusal:
            return next(iter(refusal.error_dict))
        return "moved"

    answers = at_once([lambda: moved(a, b), lambda: moved(b, a)])

    assert sorted(answers) == ["moved", "parent"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"name": "Old Town"}, "name_taken"),
        ({"latitude": 43.0}, "half_a_centre"),
        ({"longitude": -89.0}, "half_a_centre"),
        ({"latitude": 91.0, "longitude": 0.0}, "name_taken"),
        ({"name": ""}, "blank"),
        ({"name": "Old\nTown"}, "invisible_marks"),
    ],
)
def test_a_senseless_neighbourhood_is_refused(rosa, words, code):
    make.neighbourhood(rosa)

    with pytest.raises(ValidationError) as caught:
        make.neighbourhood(rosa, **{"name": "New"} | words)

    assert fault(caught) == code


@pytest.mark.parametrize("centre", [("north", "-89"), ("nan", "1"), ("1", "inf")])
def test_a_centre_is_written_in_degrees(client, rosa, centre):
    client.force_login(rosa)
    latitude, longitude = centre

    page = client.post(
        reverse("members:add-neighbourhood"),
        {"name": "New", "latitude": latitude, "longitude": longitude},
    )

    assert page.status_code == 422


@pytest.mark.parametrize("rows", [1, 30])
def test_the_map_costs_the_same_for_one_and_for_many(
    client, rosa, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make.neighbourhood(rosa, f"N{number}", latitude=43 + number / 9, longitude=1)
    client.force_login(rosa)
    client.get(PLACES)

    with django_assert_max_num_queries(12):
        assert len(client.get(PLACES).context["rows"]) == rows


def test_only_coordinators_draw_the_map(rosa, ana):
    place, by = make.neighbourhood(rosa), make.acting(ana)

    for deed in (
        lambda: actions.add_neighbourhood(by=by, name="Anaville"),
        lambda: actions.change_neighbourhood(by=by, neighbourhood=place, name="X"),
        lambda: actions.set_household(by=by, member=ana, name="X"),
        lambda: actions.leave_household(by=by, member=ana),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def set_household(client, **words):
    given = {"member": "", "household": "", "name": ""}
    return client.post(reverse("members:set-household"), given | words)


def test_two_members_share_a_roof_and_see_it(client, rosa, ana, ben, cleo):
    client.force_login(rosa)
    assertRedirects(set_household(client, member="Ana Okafor", name="The mill"), ROOFS)
    mill = Household.objects.get()
    set_household(client, member=str(ben.number), household=str(mill.pk))

    assert [
        [m.name for m in h.members.all()]
        for h in client.get(ROOFS).context["households"]
    ] == [["Ana Okafor", "Ben de Vries"]]
    mine = reverse("members:my-household")
    for member, sees in ((ana, True), (cleo, False)):
        client.force_login(member)
        assert ("Ben de Vries" in client.get(mine).text) == sees
        assert client.get(ROOFS).status_code == 403


def test_a_block_hides_under_one_roof_too(client, rosa, ana, ben):
    household = actions.set_household(by=make.acting(rosa), member=ana, name="The mill")
    actions.set_household(by=make.acting(rosa), member=ben, household=household)
    make.block(ana, ben)
    client.force_login(ben)

    page = client.get(reverse("members:my-household"))

    assert [one.name for one in page.context["people"]] == ["Ben de Vries"]


def test_a_second_household_of_one_name_is_asked_about(rosa, ana, ben):
    actions.set_household(by=make.acting(rosa), member=ana, name="The mill")

    with pytest.raises(ValidationError) as caught:
        actions.set_household(by=make.acting(rosa), member=ben, name="the Mill")

    assert fault(caught) == "household_there"


def test_somebody_moves_out(client, rosa, ana):
    actions.set_household(by=make.acting(rosa), member=ana, name="The mill")
    client.force_login(rosa)

    client.post(reverse("members:leave-household", args=[ana.pk]))

    assert Member.objects.get(pk=ana.pk).household is None
    assert client.get(ROOFS).context["households"] == []


def test_the_same_form_twice_makes_one_household(rosa, ana):
    for _ in range(2):
        actions.set_household(by=make.acting(rosa), member=ana, name="The mill")

    assert Household.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"member": "Nobody", "name": "X"}, "member", "unknown"),
        ({"member": "a", "name": "X"}, "member", "several"),
        ({"member": "", "name": "X"}, "member", "required"),
        ({"member": "Ana Okafor"}, "name", "no_household"),
        ({"member": "Ana Okafor", "household": "99"}, "household", "invalid_choice"),
        ({"member": "Gus Lindqvist", "name": "X"}, "member", "unknown"),
    ],
)
def test_a_senseless_household_is_refused(
    client, rosa, ana, cleo, gus, words, field, code
):
    client.force_login(rosa)

    page = set_household(client, **words)

    assert page.status_code == 422
    assert page.context["form"].errors.as_data()[field][0].code == code


def test_whoever_has_left_shares_no_roof(rosa, gus):
    with pytest.raises(ValidationError) as caught:
        actions.set_household(by=make.acting(rosa), member=gus, name="X")

    assert fault(caught) == "member_left"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_households_cost_the_same_for_one_and_for_many(
    client, rosa, rows, django_assert_max_num_queries
):
    for number in range(rows):
        member = actions.welcome_member(by=make.acting(rosa), name=f"N{number}")
        actions.set_household(by=make.acting(rosa), member=member, name=f"H{number}")
    client.force_login(rosa)
    client.get(ROOFS)

    with django_assert_max_num_queries(12):
        assert len(client.get(ROOFS).context["households"]) == rows
