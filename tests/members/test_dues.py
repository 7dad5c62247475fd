"""Paid up is a fact with a date; who sees what of it."""

from datetime import timedelta

import pytest

from members import clock
from members.models import Due, DuePayment, Role
from members.policies.money import DUES, MEMBERSHIP_SHARE, is_paid_up, paid_up
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_where_nothing_is_asked_everybody_is_paid_up(rosa, ana):
    assert set(paid_up(clock.today())) == {rosa, ana}


def test_a_share_counts_from_its_day_on(rosa, ana, ben):
    today = clock.today()
    make.policy(rosa, MEMBERSHIP_SHARE, 500)
    assert not is_paid_up(ana, today)

    make.due(rosa, ana, 500, Due.SHARE, paid_on=today)

    assert is_paid_up(ana, today)
    assert is_paid_up(ana, today + 1000 * DAY)
    assert not is_paid_up(ben, today)


def test_dues_count_on_their_first_and_last_day_and_not_after(rosa, ana):
    today = clock.today()
    make.policy(rosa, DUES, 1000)
    payment = make.due(rosa, ana, 1000)

    assert is_paid_up(ana, payment.covers_from)
    assert is_paid_up(ana, payment.covers_until)
    assert not is_paid_up(ana, payment.covers_until + DAY)
    assert payment.covers_from == today


def test_before_the_decision_everybody_was_paid_up(rosa, ana):
    make.policy(rosa, DUES, 1000)

    assert is_paid_up(ana, clock.today() - DAY)
    assert not is_paid_up(ana, clock.today())


def test_both_are_asked_where_both_are_decided(rosa, ana):
    make.policy(rosa, DUES, 1000)
    make.policy(rosa, MEMBERSHIP_SHARE, 500)
    make.due(rosa, ana, 1000)
    assert not is_paid_up(ana, clock.today())

    make.due(rosa, ana, 500, Due.SHARE)

    assert is_paid_up(ana, clock.today())


def test_who_was_let_off_is_paid_up(rosa, ana):
    make.policy(rosa, DUES, 1000)

    make.due(rosa, ana, 0, let_off="Board, 3 May")

    assert is_paid_up(ana, clock.today())


def test_the_question_costs_two_queries_for_one_and_for_all(
    rosa, ana, django_assert_num_queries
):
    make.policy(rosa, DUES, 1000)
    with django_assert_num_queries(2):
        is_paid_up(ana, clock.today())
    with django_assert_num_queries(2):
        list(paid_up(clock.today()))


# Pages


def test_my_dues_say_where_i_stand_and_each_payment(client, rosa, ana, ben):
    make.policy(rosa, DUES, 1000)
    mine = make.due(rosa, ana, 1000)
    make.due(rosa, ben, 1000)
    client.force_login(ana)

    page = client.get("/me/dues/")

    assert page.context["payments"] == [mine]
    assert page.context["is_paid_up"]
    assert "$10.00" in page.content.decode()


def test_who_is_behind_is_seen_by_those_who_keep_the_dues(client, rosa, ana, ben, gus):
    make.policy(rosa, DUES, 1000)
    make.due(rosa, ana, 1000)
    tess = make.role(rosa, ben, Role.TREASURER)
    client.force_login(tess)

    assert list(client.get("/dues/").context["numbered"]) == [ben, rosa]
    assert client.get(f"/dues/of/{ana.pk}/").status_code == 200
    client.force_login(ana)
    assert client.get("/dues/").status_code == 403
    assert client.get(f"/dues/of/{ben.pk}/").status_code == 403


def test_the_list_says_until_when_dues_were_paid(client, rosa, ana):
    make.policy(rosa, DUES, 1000)
    long_ago = clock.today() - 800 * DAY
    paid = make.due(rosa, ana, 1000, paid_on=long_ago)
    client.force_login(rosa)

    found = {one.name: one.until for one in client.get("/dues/").context["numbered"]}

    assert found == {"Ana Okafor": paid.covers_until, "Rosa Alvarez": None}


def test_the_longest_behind_come_first_each_with_the_way_to_write_down_a_payment(
    client, rosa, ana, ben
):
    make.policy(rosa, DUES, 1000)
    make.due(rosa, ben, 1000, paid_on=clock.today() - 800 * DAY)
    make.due(rosa, ana, 1000, paid_on=clock.today() - 500 * DAY)
    client.force_login(rosa)

    page = client.get("/dues/")

    assert list(page.context["numbered"]) == [ben, ana, rosa]
    assert f'href="/dues/record/?member={ben.pk}"' in page.text


def test_one_payment_is_seen_by_whom_it_concerns_alone(client, rosa, ana, cleo):
    path = make.due(rosa, ana).get_absolute_url()
    answers = []
    for who in (rosa, ana, cleo):
        client.force_login(who)
        answers.append(client.get(path).status_code)

    assert answers == [200, 200, 404]


@pytest.mark.parametrize("path", ["/me/dues/", "/dues/"])
def test_pages_cost_the_same_with_many_rows(
    client, rosa, path, django_assert_num_queries
):
    make.policy(rosa, DUES, 1000)
    client.force_login(rosa)
    for rows in (1, 29):
        for _ in range(rows):
            make.due(rosa, rosa)
            make.stranger(rosa)
        with django_assert_num_queries(6):
            client.get(path)
    assert DuePayment.objects.count() == 30
