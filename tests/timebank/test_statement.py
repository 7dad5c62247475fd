"""Where somebody stands, line by line."""

import pytest
from django.urls import reverse

from ledger.models import OUTSIDE, Reason
from tests import make
from tests.marks import committed
from timebank.statements import LINES_A_PAGE

URL = reverse("timebank:statement")

pytestmark = pytest.mark.django_db


def lines(client, **query):
    page = client.get(URL, query).context["page"]
    return [
        (line.words, line.with_whom, line.change, line.balance) for line in page.lines
    ]


def test_both_sides_read_the_same_exchange(client, ana, ben):
    make.exchange(ana, ben, 120, what="Mended a bicycle")

    client.force_login(ana)
    assert lines(client) == [("Mended a bicycle", "Ben de Vries", 120, 120)]
    client.force_login(ben)
    assert lines(client) == [("Mended a bicycle", "Ana Okafor", -120, -120)]


def test_the_newest_line_stands_first_with_its_running_balance(client, ana, ben):
    make.exchange(ana, ben, 60, what="Soup")
    make.exchange(ben, ana, 15, what="Stamps")
    client.force_login(ana)

    assert lines(client) == [
        ("Stamps", "Ben de Vries", -15, 45),
        ("Soup", "Ben de Vries", 60, 60),
    ]


def test_a_line_without_an_exchange_says_its_reason(client, ana):
    make.moved(OUTSIDE, ana, 300, reason=Reason.OPENING)
    client.force_login(ana)

    assert lines(client) == [("Brought along", "", 300, 300)]


def test_an_empty_statement_says_what_belongs_there(client, ana):
    client.force_login(ana)

    page = client.get(URL)

    assert page.context["page"].lines == []
    assert reverse("timebank:record-exchange") in page.text


def test_pages_follow_each_other_without_gap_or_repeat(client, ana, ben):
    for number in range(LINES_A_PAGE * 2 + 3):
        make.exchange(ana, ben, 15, what=f"Help {number}")
    client.force_login(ana)

    seen, latest = [], ""
    while latest is not None:
        page = client.get(URL, {"latest": latest}).context["page"]
        seen += [line.words for line in page.lines]
        latest = page.older

    assert seen == [
        f"Help {number}" for number in reversed(range(LINES_A_PAGE * 2 + 3))
    ]


def test_from_an_older_page_one_comes_back_to_the_newest(client, ana, ben):
    for _ in range(LINES_A_PAGE + 3):
        make.exchange(ana, ben, 15)
    client.force_login(ana)

    newest = client.get(URL).context["page"]
    older = client.get(URL, {"latest": newest.older}).context["page"]

    assert (newest.newer, older.older) == (None, None)
    assert older.newer == LINES_A_PAGE + 3


@pytest.mark.parametrize(
    "latest", ["0", "99999999999", "-1", "x", "9" * 40, "1.5", "\x00"]
)
def test_a_forged_page_is_still_a_page(client, ana, ben, latest):
    make.exchange(ana, ben)
    client.force_login(ana)

    assert client.get(URL, {"latest": latest}).status_code == 200


def test_a_coordinator_may_read_a_members_statement(client, rosa, ana, ben):
    make.exchange(ana, ben, what="Soup")
    client.force_login(rosa)

    page = client.get(reverse("timebank:statement-of", args=[ana.pk]))

    assert page.context["member"] == ana
    assert "Soup" in page.text


def test_to_others_a_members_statement_does_not_exist(client, ana, cleo):
    client.force_login(cleo)

    assert (
        client.get(reverse("timebank:statement-of", args=[ana.pk])).status_code == 404
    )
    assert client.get(reverse("timebank:statement-of", args=[10**9])).status_code == 404


@committed
@pytest.mark.parametrize("rows", [1, LINES_A_PAGE])
def test_many_lines_cost_what_one_does(
    client, ana, ben, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.exchange(ana, ben, 15)
    client.force_login(ana)
    client.get(URL)

    # Who I am, what I am trusted with, what is unread; my account, its lines, their words.
    with django_assert_num_queries(5):
        client.get(URL)
