"""Who acts for an organisation: named, ended, and never left without anybody by a deed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import end_stewardship, make_steward
from members.models import Member, Stewardship
from members.permissions import is_steward
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import refused

WITHOUT = reverse("members:without-stewards")

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(rosa):
    return make.organisation()


def named(by, bakery, steward):
    return make_steward(by=make.acting(by), organisation=bakery, steward=steward)


def ended(by, stewardship):
    return end_stewardship(by=make.acting(by), stewardship=stewardship)


def test_a_coordinator_names_somebody_who_is_told(client, rosa, bakery, ana):
    client.force_login(rosa)
    make.sure(client)
    url = reverse("members:make-steward", args=[bakery.pk])
    assert ana in client.get(url, {"q": "ana"}).context["found"]
    assert client.get(url, {"steward": ana.pk}).status_code == 200
    assert not is_steward(ana, bakery)

    response = client.post(f"{url}?steward={ana.pk}")

    assertRedirects(response, reverse("members:stewards", args=[bakery.pk]))
    assert is_steward(ana, bakery)
    assert ana.notices.get().headline == "You act for Corner Bakery from now on"


def test_a_steward_names_another(rosa, bakery, ana, ben):
    named(rosa, bakery, ana)

    named(ana, bakery, ben)

    assert is_steward(ben, bakery)


def test_whoever_acts_for_it_already_hears_of_a_new_one(rosa, bakery, ana, ben):
    """Also of a coordinator who names themselves, and could read its messages then."""
    named(rosa, bakery, ana)

    named(rosa, bakery, rosa)

    headline = "Rosa Alvarez acts for Corner Bakery too, from now on"
    assert ana.notices.latest("id").headline == headline
    named(ana, bakery, ben)
    assert ana.notices.count() == 2
    assert rosa.notices.latest("id").headline.startswith("Ben de Vries acts for")


def test_naming_somebody_again_changes_nothing(rosa, bakery, ana):
    assert named(rosa, bakery, ana) == named(rosa, bakery, ana)
    assert ana.notices.count() == 1


def test_nobody_else_names_stewards(client, rosa, bakery, ana, cleo):
    stewardship = named(rosa, bakery, ana)
    with pytest.raises(PermissionDenied):
        named(cleo, bakery, cleo)
    with pytest.raises(PermissionDenied):
        ended(cleo, stewardship)
    with pytest.raises(PermissionDenied):
        named(bakery, bakery, cleo)
    client.force_login(cleo)
    make.sure(client)
    make_url = reverse("members:make-steward", args=[bakery.pk])
    end_url = reverse("members:end-stewardship", args=[stewardship.pk])
    assert client.post(make_url, {"steward": cleo.pk}).status_code == 403
    assert client.post(end_url).status_code == 403


def test_nonsense_is_refused(rosa, bakery, ana, gus):
    library = make.organisation("Library")

    assert refused(named, rosa, ana, rosa) == "not_an_organisation"
    assert refused(named, rosa, bakery, library) == "not_a_person"
    assert refused(named, rosa, bakery, bakery) == "not_a_person"
    assert refused(named, rosa, bakery, gus) == "member_left"


def test_the_database_refuses_a_steward_of_itself(rosa, bakery):
    with pytest.raises(IntegrityError, match="stewardship_is_of_another"):
        Stewardship.objects.create(
            organisation=bakery,
            steward=bakery,
            **make.acting(rosa).recorded(clock.now()),
        )


def test_a_person_has_no_page_of_stewards(client, rosa, ana):
    client.force_login(rosa)
    make.sure(client)

    for page in ("stewards", "make-steward"):
        assert client.get(reverse(f"members:{page}", args=[ana.pk])).status_code == 404


def test_the_last_one_cannot_stop(client, rosa, bakery, ana):
    stewardship = named(rosa, bakery, ana)
    assert refused(ended, ana, stewardship) == "last_steward"
    assert refused(ended, rosa, stewardship) == "last_steward"
    client.force_login(ana)
    make.sure(client)

    page = client.post(
        reverse("members:end-stewardship", args=[stewardship.pk]), follow=True
    )

    assert [str(message) for message in page.context["messages"]] == [
        "Nobody else acts for Corner Bakery. First name somebody who takes over, then "
        "Ana Okafor can stop."
    ]
    assert is_steward(ana, bakery)


def test_once_somebody_takes_over_one_can_stop(client, rosa, bakery, ana, ben):
    of_ana, of_ben = named(rosa, bakery, ana), named(rosa, bakery, ben)
    client.force_login(ana)
    make.sure(client)

    client.post(reverse("members:end-stewardship", args=[of_ana.pk]))

    assert not is_steward(ana, bakery)
    assert refused(ended, ben, of_ben) == "last_steward"


def test_somebody_who_left_does_not_count_as_somebody_else(rosa, bakery, ana, ben):
    stewardship = named(rosa, bakery, ana)
    named(rosa, bakery, ben)
    Member.objects.filter(pk=ben.pk).update(left_at=clock.now())

    assert refused(ended, ana, stewardship) == "last_steward"


def test_being_ended_by_another_is_told(rosa, bakery, ana, ben):
    named(rosa, bakery, ben)
    stewardship = named(rosa, bakery, ana)

    ended(rosa, stewardship)

    assert ana.notices.latest("id").headline == "You act for Corner Bakery no more"
    assert ended(rosa, stewardship).ended_by == rosa
    assert ana.notices.count() == 2


def test_an_organisation_that_left_lets_its_last_steward_go(rosa, bakery, ana):
    stewardship = named(rosa, bakery, ana)
    Member.objects.filter(pk=bakery.pk).update(left_at=clock.now())
    stewardship = Stewardship.objects.get(pk=stewardship.pk)

    with pytest.raises(PermissionDenied):
        ended(rosa, stewardship)


def test_coordinators_see_which_organisations_have_nobody(
    client, rosa, bakery, ana, cleo
):
    def alone():
        return list(client.get(WITHOUT).context["alone"])

    client.force_login(rosa)
    make.sure(client)
    assert alone() == [bakery]
    named(rosa, bakery, ana)
    assert alone() == []
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())
    assert alone() == [bakery]
    client.force_login(cleo)
    make.sure(client)
    assert client.get(WITHOUT).status_code == 403


def test_whoever_belongs_sees_who_acts_for_an_organisation(
    client, rosa, bakery, ana, cleo
):
    named(rosa, bakery, ana)
    client.force_login(cleo)
    make.sure(client)

    page = client.get(reverse("members:stewards", args=[bakery.pk]))

    assert [one.steward for one in page.context["stewardships"]] == [ana]
    assert not page.context["may_name"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_lists_cost_the_same_however_long(
    client, rosa, bakery, rows, django_assert_max_num_queries
):
    for n in range(rows):
        person = (
            Member.objects.get(pk=make.acting(rosa).member.pk)
            if n == 0
            else (make.person(f"Steward {n}"))
        )
        named(rosa, bakery, person)
        make.organisation(f"Shop {n}")
    client.force_login(rosa)
    make.sure(client)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("members:stewards", args=[bakery.pk]))
        assert len(page.context["stewardships"]) == rows
    with django_assert_max_num_queries(8):
        assert len(client.get(WITHOUT).context["alone"]) == rows


@pytest.mark.xdist_group("races")
class TestAtOnce:
    """Really at once, each with a connection of its own."""

    pytestmark = [committed]

    def test_two_who_end_each_other_leave_one(self, rosa, ana, ben):
        bakery = make.organisation()
        of_ana, of_ben = named(rosa, bakery, ana), named(rosa, bakery, ben)

        answers = at_once(
            [
                lambda: ended(ana, of_ben).pk,
                lambda: ended(ben, of_ana).pk,
            ]
        )

        assert sum(isinstance(answer, int) for answer in answers) == 1
        serving = Stewardship.objects.serving(clock.now()).filter(organisation=bakery)
        assert serving.count() == 1

    def test_one_who_is_named_by_many_is_named_once(self, rosa, ana):
        bakery = make.organisation()

        answers = at_once([lambda: named(rosa, bakery, ana).pk] * 8)

        assert len(set(answers)) == 1
        assert ana.notices.count() == 1
