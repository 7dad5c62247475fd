"""Lines of a statement: numbered without gaps, read from either end at one cost."""

import pytest

from ledger.models import COMMONS, Account, Transfer, Unit
from tests import make

pytestmark = pytest.mark.django_db


def lines(member, latest, limit=50):
    account = Account.objects.standing(member, Unit.MINUTE)
    return Transfer.objects.lines(account.account_id, latest=latest, limit=limit)


def test_each_line_says_by_how_much_to_what_balance_and_with_whom(ana, ben):
    make.moved(ben, ana, 90)
    make.moved(ana, COMMONS, 30)

    given, received = lines(ana, 2)

    assert (given.sequence, given.change, given.balance) == (2, -30, 60)
    assert Account.objects.get(pk=given.other_account_id).whose == COMMONS
    assert (received.sequence, received.change, received.balance) == (1, 90, 90)
    assert Account.objects.get(pk=received.other_account_id).whose == ben


def test_a_page_is_a_range_of_numbers(ana, ben):
    for _ in range(7):
        make.moved(ben, ana, 15)

    assert [line.sequence for line in lines(ana, 5, limit=3)] == [5, 4, 3]
    assert [line.sequence for line in lines(ana, 2, limit=3)] == [2, 1]
    assert lines(ana, 0) == []


def test_nobody_elses_lines_are_among_them(ana, ben, cleo):
    make.moved(ben, ana)

    assert lines(cleo, 10) == []


def test_a_page_is_one_statement(ana, ben, django_assert_num_queries):
    make.moved(ben, ana)
    account = Account.objects.standing(ana, Unit.MINUTE)

    with django_assert_num_queries(1):
        Transfer.objects.lines(account.account_id, latest=10, limit=50)
