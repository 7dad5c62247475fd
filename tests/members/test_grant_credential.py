"""What was looked into: entered by coordinators, tested on the day of the deed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import end_credential, grant_credential
from members.models import Credential, CredentialKind
from members.permissions import holds
from tests import make
from tests.refusals import codes

pytestmark = pytest.mark.django_db

URL = "/people/credentials/grant/"
DRIVER = CredentialKind.DRIVER
DAY = timedelta(days=1)


def form(**words):
    return {"kind": "driver", "granted_on": clock.today().isoformat()} | words


def test_a_coordinator_enters_it(client, rosa, ana):
    client.force_login(rosa)
    last = clock.today() + 365 * DAY

    response = client.post(f"{URL}?member={ana.pk}", form(expires_on=last.isoformat()))

    credential = Credential.objects.get()
    assertRedirects(response, f"/people/{ana.pk}/credentials/")
    assert (credential.member, credential.kind) == (ana, "driver")
    assert (credential.expires_on, credential.recorded_by) == (last, rosa)


def test_it_holds_from_its_first_to_its_last_day_both_included(rosa, ana, ben):
    first, last = date(2026, 3, 1), date(2026, 9, 30)
    credential = make.credential(rosa, ana, granted_on=first, expires_on=last)
    days = (first - DAY, first, last, last + DAY)

    assert [holds(ana, DRIVER, day) for day in days] == [False, True, True, False]
    assert [credential.holds_on(day) for day in days] == [False, True, True, False]
    assert not holds(ben, DRIVER, first)
    assert not holds(ana, CredentialKind.KEY_HOLDER, first)


def test_without_a_last_day_it_holds_on(rosa, ana):
    make.credential(rosa, ana)

    assert holds(ana, DRIVER, clock.today() + 10_000 * DAY)


def test_from_the_day_on_which_it_was_ended_it_does_not_hold(rosa, ana):
    today = clock.today()
    credential = make.credential(rosa, ana, granted_on=today - 10 * DAY)

    ended = end_credential(by=make.acting(rosa), credential=credential)

    days = (today - DAY, today, today + DAY)
    assert [holds(ana, DRIVER, day) for day in days] == [True, False, False]
    assert [ended.holds_on(day) for day in days] == [True, False, False]
    assert ended.ended_by == rosa


def test_looked_into_again_is_a_new_row_without_a_gap(rosa, ana):
    last = clock.today() + 5 * DAY
    make.credential(rosa, ana, expires_on=last)
    make.credential(rosa, ana, expires_on=last + 365 * DAY)

    assert holds(ana, DRIVER, last + DAY)
    assert Credential.objects.count() == 2


def test_a_double_click_is_one_row(client, rosa, ana):
    client.force_login(rosa)
    words = form()

    client.post(f"{URL}?member={ana.pk}", words)
    client.post(f"{URL}?member={ana.pk}", words)

    assert Credential.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"kind": "pilot"}, {"kind": ["invalid_choice"]}),
        ({"kind": ""}, {"kind": ["required"]}),
        ({"granted_on": ""}, {"granted_on": ["required"]}),
        ({"granted_on": "2999-01-01"}, {"granted_on": ["in_future"]}),
        ({"expires_on": "2020-01-01"}, {"expires_on": ["ends_before_it_begins"]}),
        ({"expires_on": "never"}, {"expires_on": ["invalid"]}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, rosa, ana, words, refused):
    client.force_login(rosa)

    response = client.post(f"{URL}?member={ana.pk}", form(**words))

    assert response.status_code == 422
    assert codes(response) == refused


def test_only_coordinators_enter_and_end(client, rosa, ana, ben):
    credential = make.credential(rosa, ana)
    client.force_login(ben)

    assert client.post(f"{URL}?member={ana.pk}", form()).status_code == 403
    path = f"/people/credentials/{credential.pk}/end/"
    assert client.post(path).status_code == 403
    for deed, words in (
        (
            grant_credential,
            {"member": ana, "kind": DRIVER, "granted_on": clock.today()},
        ),
        (end_credential, {"credential": credential}),
    ):
        with pytest.raises(PermissionDenied):
            deed(by=make.acting(ana), **words)


def test_who_has_left_is_entrusted_with_nothing(rosa, gus):
    with pytest.raises(ValidationError) as caught:
        make.credential(rosa, gus)

    assert caught.value.code == "member_left"


def test_it_is_ended_on_a_page_that_asks_first(client, rosa, ana):
    credential = make.credential(rosa, ana)
    client.force_login(rosa)
    path = f"/people/credentials/{credential.pk}/end/"

    assert client.get(path).status_code == 200
    assertRedirects(client.post(path), f"/people/{ana.pk}/credentials/")
    client.post(path)

    credential.refresh_from_db()
    assert credential.ended_on == clock.today()


def test_ones_own_are_on_a_page_that_nobody_else_sees(client, rosa, ana, ben):
    credential = make.credential(rosa, ana)
    answers = []
    for who in (ana, rosa, ben):
        client.force_login(who)
        answers.append(client.get(f"/people/{ana.pk}/credentials/"))

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].context["rows"] == [(credential, True)]
    assert b"/end/" not in answers[0].content


def test_what_runs_out_first_stands_first(client, rosa, ana, ben, cleo):
    today = clock.today()
    never = make.credential(rosa, ana)
    later = make.credential(rosa, ben, expires_on=today + 200 * DAY)
    soon = make.credential(rosa, cleo, expires_on=today)
    make.credential(rosa, ben, granted_on=today - 9 * DAY, expires_on=today - DAY)
    client.force_login(rosa)

    page = client.get("/people/credentials/")

    assert list(page.context["numbered"]) == [soon, later, never]
    assert page.context["running_out"] == 1


def test_the_list_costs_the_same_with_many(client, rosa, django_assert_num_queries):
    client.force_login(rosa)
    for members in (1, 29):
        for _ in range(members):
            make.credential(rosa, make.stranger(rosa))
        with django_assert_num_queries(6):
            client.get("/people/credentials/")
