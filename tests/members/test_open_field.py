"""Phone numbers and addresses are opened one by one, and their owner reads who did."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from members import clock
from members.acting import Acting
from members.actions import open_field
from members.models import SENSITIVE, Audience, Channel, Member, Opened
from members.policies.people import OPENINGS_AN_HOUR
from members.signals import teammates_asked
from tests import make
from tests.marks import committed
from tests.races import at_once

LOG = reverse("members:opened")

pytestmark = pytest.mark.django_db

VALUES = {
    "phone": "555 0100",
    "email": "ana@example.org",
    "address": "3 Willow Street",
    "emergency": "Ngozi, 555 0101",
}


@pytest.fixture
def ana(ana):
    told = {field: value for field, value in VALUES.items() if field != "email"}
    make.tells(ana, **told)
    return ana


def opening(client, member, field):
    url = reverse("members:open-field", args=[member.pk])
    return client.post(url, {"field": field})


@pytest.mark.parametrize("field", SENSITIVE)
def test_a_coordinator_opens_it_and_its_owner_reads_that(client, rosa, ana, field):
    client.force_login(rosa)
    assert VALUES[field] not in client.get(ana.get_absolute_url()).text

    page = opening(client, ana, field)

    assert page.status_code == 200
    assert [value for value in VALUES.values() if value in page.text] == [VALUES[field]]
    row = Opened.objects.get()
    assert (row.member, row.field, row.recorded_by, row.recorded_for, row.channel) == (
        ana,
        field,
        rosa,
        rosa,
        "web",
    )
    assert VALUES[field] not in client.get(ana.get_absolute_url()).text
    client.force_login(ana)
    assert [one.recorded_by for one, _label in client.get(LOG).context["opened"]] == [
        rosa
    ]


SEES = {
    Audience.MEMBERS: {"cleo", "mate", "rosa"},
    Audience.TEAMS: {"mate", "rosa"},
    Audience.COORDINATORS: {"rosa"},
    Audience.NOBODY: set(),
}


@pytest.mark.parametrize("audience", Audience)
def test_who_may_open_what(client, rosa, ana, ben, cleo, audience):
    """Each audience, each reader, each sensitive field: one table."""

    def answer(member, **_signal):
        return {ana.pk} if member == ben else set()

    teammates_asked.connect(answer)
    make.shows(ana, **dict.fromkeys(SENSITIVE, audience))
    try:
        for name, reader in {"cleo": cleo, "mate": ben, "rosa": rosa}.items():
            client.force_login(reader)
            page = client.get(ana.get_absolute_url())
            offered = {key for key, *_rest in page.context["openable"]}
            for field in SENSITIVE:
                answered = opening(client, ana, field)
                may = name in SEES[audience]
                assert (answered.status_code == 200) is may, (name, field)
                assert (VALUES[field] in answered.text) is may
                assert (field in offered) is may
    finally:
        teammates_asked.disconnect(answer)
    assert Opened.objects.count() == len(SEES[audience]) * len(SENSITIVE)


def test_reading_ones_own_writes_nothing(client, ana):
    client.force_login(ana)

    page = client.get(ana.get_absolute_url()).text

    assert [value for value in VALUES.values() if value in page] == list(
        VALUES.values()
    )
    assert not Opened.objects.exists()
    with pytest.raises(ValidationError) as caught:
        open_field(by=make.acting(ana), member=ana, field="phone")
    assert caught.value.code == "your_own"


def test_what_is_not_there_is_not_offered_and_not_opened(client, rosa, ben):
    client.force_login(rosa)

    assert opening(client, ben, "phone").status_code == 404
    assert opening(client, ben, "name").status_code == 404
    assert opening(client, ben, "about").status_code == 404
    assert opening(client, ben, "").status_code == 404
    with pytest.raises(PermissionDenied):
        open_field(by=make.acting(rosa), member=ben, field="phone")


def test_looking_twice_at_once_is_one_look(client, rosa, ana):
    client.force_login(rosa)
    opening(client, ana, "phone")
    opening(client, ana, "phone")
    assert Opened.objects.count() == 1

    Opened.objects.all().delete()
    before = clock.now() - timedelta(minutes=11)
    Opened.objects.create(
        member=ana, field="phone", **make.acting(rosa).recorded(before)
    )
    opening(client, ana, "phone")
    assert Opened.objects.count() == 2


def test_acting_for_somebody_the_log_says_for_whom(client, rosa, ana, edna):
    by = Acting(rosa, edna, Channel.PHONE)

    row = open_field(by=by, member=ana, field="phone")

    assert (row.recorded_by, row.recorded_for) == (rosa, edna)
    client.force_login(ana)
    assert "for Edna Moreau" in client.get(LOG).text


def test_a_coordinator_who_acts_for_a_member_leaves_a_line_all_the_same(rosa, ana):
    row = open_field(by=Acting(rosa, ana, Channel.PHONE), member=ana, field="phone")

    assert (row.member, row.recorded_by) == (ana, rosa)


def test_too_many_in_an_hour_are_refused_kindly(client, rosa, ana):
    make.policy(rosa, OPENINGS_AN_HOUR, 2)
    client.force_login(rosa)
    opening(client, ana, "phone")
    opening(client, ana, "email")

    page = opening(client, ana, "address")

    assert page.status_code == 422
    assert "there is a break now" in page.text
    assert VALUES["address"] not in page.text
    assert opening(client, ana, "phone").status_code == 200
    Opened.objects.all().delete()
    assert opening(client, ana, "address").status_code == 200


@committed
def test_two_at_once_do_not_pass_the_limit_together(rosa, ana):
    make.policy(rosa, OPENINGS_AN_HOUR, 1)

    def look(field):
        open_field(by=make.acting(rosa), member=ana, field=field)
        return "opened"

    answers = at_once([lambda: look("phone"), lambda: look("address")])

    assert sorted(answers) == ["opened", "too_many_openings"]


def test_nobody_reads_the_log_of_another(client, rosa, ana, cleo):
    open_field(by=make.acting(rosa), member=ana, field="phone")
    client.force_login(cleo)

    assert client.get(LOG).context["opened"] == []


def test_somebody_who_left_is_not_opened(client, rosa, gus):
    client.force_login(rosa)

    assert opening(client, gus, "email").status_code == 404
    assert client.get(gus.get_absolute_url()).status_code == 404


def test_the_log_is_paged_and_costs_the_same(
    client, rosa, ana, django_assert_num_queries
):
    def rows(many):
        for number in range(many):
            at = clock.now() - timedelta(days=number)
            Opened.objects.create(
                member=ana, field="phone", **make.acting(rosa).recorded(at)
            )

    rows(1)
    client.force_login(ana)
    client.get(LOG)
    with django_assert_num_queries(6, exact=False) as few:
        client.get(LOG)
    rows(40)
    with django_assert_num_queries(len(few)):
        page = client.get(LOG)
    assert len(page.context["opened"]) == 30
    older = client.get(LOG, {"before": page.context["older"]})
    assert len(older.context["opened"]) == 11
    assert client.get(LOG, {"before": "x"}).status_code == 200


def test_an_empty_log_says_what_will_stand_there(client, cleo):
    client.force_login(cleo)

    assert "Nobody so far" in client.get(LOG).text


def test_the_database_takes_no_other_field(rosa, ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opened.objects.create(
            member=ana, field="name", **make.acting(rosa).recorded(clock.now())
        )
    assert Member.objects.filter(pk=ana.pk).exists()
