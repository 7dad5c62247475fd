"""What I was told, in the app."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.views.notices import NOTICES_A_PAGE
from tests import make
from tests.marks import committed

URL = reverse("members:notices")
READ = reverse("members:mark-notices-read")

pytestmark = pytest.mark.django_db


def test_i_read_what_i_was_told_and_nobody_else_does(client, ana, ben, cleo):
    exchange = make.exchange(ana, ben)
    client.force_login(ana)
    assert exchange.get_absolute_url() in client.get(URL).text

    client.force_login(cleo)
    assert exchange.get_absolute_url() not in client.get(URL).text


def test_what_i_have_read_is_put_away(client, ana, ben, cleo):
    make.exchange(ana, ben)
    make.exchange(cleo, ben)
    client.force_login(ana)

    assertRedirects(client.post(READ, {"latest": ana.notices.latest("pk").pk}), URL)

    assert not ana.notices.unread().exists()
    assert cleo.notices.unread().count() == 1


def test_looking_alone_changes_nothing(client, ana, ben):
    make.exchange(ana, ben)
    client.force_login(ana)

    client.get(URL)

    assert client.get(READ).status_code == 405
    assert ana.notices.unread().count() == 1


def test_older_ones_are_a_page_away(client, ana, ben):
    for _ in range(NOTICES_A_PAGE + 2):
        make.exchange(ana, ben, 15)
    client.force_login(ana)

    newest = client.get(URL)
    older = client.get(URL, {"before": newest.context["older"]})

    assert len(newest.context["notices"]) == NOTICES_A_PAGE
    assert len(older.context["notices"]) == 2
    assert older.context["older"] is None


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "0", "\x00"])
def test_a_forged_page_is_still_a_page(client, ana, before):
    client.force_login(ana)

    assert client.get(URL, {"before": before}).status_code == 200


@committed
@pytest.mark.parametrize("rows", [1, 30])
def test_many_notices_cost_what_one_does(
    client, ana, ben, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.exchange(ana, ben, 15)
    client.force_login(ana)
    client.get(URL)

    # Who I am, what I am trusted with, what I was told.
    with django_assert_num_queries(3):
        client.get(URL)


def test_what_happened_long_ago_is_put_away_and_sends_no_letter(ana, ben):
    moment = clock.now() - timedelta(days=30)

    make.exchange(ana, ben, at=moment, helped_on=clock.day_of(moment))

    notice = ana.notices.get()
    assert (notice.created_at, notice.read_at, notice.letter) == (
        moment,
        moment,
        None,
    )


def test_what_happened_last_week_is_news_and_sends_no_letter(ana, ben):
    moment = clock.now() - timedelta(days=7)

    make.exchange(ana, ben, at=moment, helped_on=clock.day_of(moment))

    assert (ana.notices.get().read_at, ana.notices.get().letter) == (None, None)


def test_from_home_one_comes_back_home(client, ana, ben):
    make.exchange(ana, ben)
    client.force_login(ana)

    latest = ana.notices.get().pk
    assertRedirects(client.post(READ, {"back_to": "home", "latest": latest}), "/")
    assertRedirects(client.post(READ, {"back_to": "//evil.example"}), URL)


def test_what_was_never_shown_stays_unread(client, ana, ben):
    make.exchange(ana, ben)
    shown = ana.notices.get().pk
    make.exchange(ana, ben)
    client.force_login(ana)

    client.post(READ, {"latest": shown})

    assert ana.notices.unread().count() == 1


@pytest.mark.parametrize("latest", ["", "x", "9" * 40, "-1"])
def test_a_forged_latest_reads_nothing(client, ana, ben, latest):
    make.exchange(ana, ben)
    client.force_login(ana)

    client.post(READ, {"latest": latest})

    assert ana.notices.unread().count() == 1
