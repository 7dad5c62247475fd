"""A share or dues are written down: by those who keep them, once, and what it covers."""

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some
from pytest_django.asserts import assertRedirects

from ledger.models import OUTSIDE, Account, Fund, Reason, Transfer, Unit
from members import clock
from members.actions.dues import Covered, next_period, period_from
from members.forms.dues import read_cents
from members.models import Due, DuePayment, Role
from members.policies.money import DUES, DUES_MONTHS, MEMBERSHIP_SHARE
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import codes

pytestmark = pytest.mark.django_db

URL = "/dues/record/"


def form(**words):
    given = {
        "what": "dues",
        "cents": "25",
        "paid_on": clock.today().isoformat(),
        "let_off": "",
        "key": str(make.key()),
    }
    return given | words


def in_fund(name: str) -> int:
    return Account.objects.balance(Fund(name), Unit.CENT)


@pytest.fixture
def tess(rosa, ben):
    """The treasurer."""
    return make.role(rosa, ben, Role.TREASURER)


def test_dues_are_written_down_and_come_into_the_books(client, tess, ana):
    client.force_login(tess)

    response = client.post(f"{URL}?member={ana.pk}", form(cents="25.50"))

    payment = DuePayment.objects.get()
    assertRedirects(response, payment.get_absolute_url())
    assert (payment.member, payment.cents, payment.recorded_by) == (ana, 2550, tess)
    assert payment.covers_from == clock.today()
    assert in_fund("dues") == 2550
    assert Account.objects.balance(OUTSIDE, Unit.CENT) == -2550
    moved = Transfer.objects.get(key=payment.pk)
    assert (moved.reason, moved.cause_kind, moved.cause_id) == (
        Reason.DUES,
        "due_payment",
        payment.pk,
    )
    assert "$25.50" in ana.notices.get().text
    assert make.books().is_sound


def test_a_share_has_no_end_and_is_paid_once(tess, ana):
    first = make.due(tess, ana, what=Due.SHARE)

    with pytest.raises(ValidationError) as caught:
        make.due(tess, ana, what=Due.SHARE)

    assert caught.value.code == "share_paid_before"
    assert (first.covers_from, first.covers_until) == (None, None)
    assert in_fund("membership shares") == 2500


def test_dues_that_are_paid_early_go_on_from_where_they_end(rosa, tess, ana):
    first = make.due(tess, ana)
    second = make.due(tess, ana)

    assert second.covers_from == first.covers_until + timedelta(days=1)


def test_the_time_that_is_covered_is_a_policy(rosa, tess, ana):
    make.policy(rosa, DUES_MONTHS, 1)

    payment = make.due(tess, ana)

    assert payment.covers_until == period_from(clock.today(), 1).last


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 3, 15), 1, date(2026, 4, 14)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(first, months, last):
    assert period_from(first, months) == (first, last)


@pytest.mark.parametrize(
    ("paid_on", "first"),
    [
        # In time, late by days, late by nearly a year: on from the last day.
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2027, 1, 10), date(2027, 1, 1)),
        (date(2027, 12, 31), date(2027, 1, 1)),
        # Later: afresh.
        (date(2028, 1, 1), date(2028, 1, 1)),
    ],
)
def test_who_pays_late_goes_on_and_who_was_away_begins_afresh(paid_on, first):
    covered = [period_from(date(2026, 1, 1), 12)]

    assert next_period(covered, paid_on, 12).first == first


def test_what_was_taken_back_is_filled_again():
    years = [period_from(date(year, 1, 1), 12) for year in (2026, 2027, 2028)]
    left = [years[0], years[2]]

    assert next_period(left, date(2026, 6, 1), 12) == years[1]


DAYS = some.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(some.lists(some.tuples(DAYS, some.integers(1, 24)), max_size=12))
def test_no_day_is_paid_twice_and_the_day_of_payment_is_behind_nobody(payments):
    covered: list[Covered] = []
    for paid_on, months in payments:
        period = next_period(covered, paid_on, months)
        assert period.first <= period.last >= paid_on
        assert all(
            period.last < one.first or one.last < period.first for one in covered
        )
        covered.append(period)


@given(DAYS, some.lists(some.integers(0, 27), min_size=1, max_size=24))
def test_who_pays_each_time_before_the_next_is_over_has_no_gap(first_day, late):
    covered = [next_period([], first_day, 1)]
    for days in late:
        paid_on = covered[-1].last + timedelta(days=days)
        covered.append(next_period(covered, paid_on, 1))

    for one, following in itertools.pairwise(covered):
        assert following.first == one.last + timedelta(days=1)


def test_the_database_covers_no_day_twice(tess, ana):
    first = make.due(tess, ana)
    words = make.acting(tess).recorded(clock.now())

    with (
        pytest.raises(IntegrityError, match="dues_cover_a_day_once"),
        transaction.atomic(),
    ):
        DuePayment.objects.create(
            id=make.key(),
            member=ana,
            what="dues",
            cents=1,
            paid_on=first.paid_on,
            covers_from=first.covers_until,
            covers_until=first.covers_until,
            **words,
        )


@committed
def test_many_payments_at_once_follow_each_other(rosa, ana):
    answers = at_once([lambda: make.due(rosa, ana).pk] * 8)

    covered = DuePayment.objects.order_by("covers_from")
    days = [(one.covers_from, one.covers_until) for one in covered]
    assert len(set(answers)) == len(days) == 8
    for one, following in itertools.pairwise(days):
        assert following[0] == one[1] + timedelta(days=1)
    assert in_fund("dues") == 8 * 2500


@committed
def test_of_many_shares_at_once_one_stands(rosa, ana):
    answers = at_once([lambda: make.due(rosa, ana, what=Due.SHARE).pk] * 8)

    assert Counter(answers)["share_paid_before"] == 7
    assert in_fund("membership shares") == 2500


def test_a_form_sent_twice_is_one_payment_and_one_notice(client, tess, ana):
    client.force_login(tess)
    words = form()

    first = client.post(f"{URL}?member={ana.pk}", words)
    second = client.post(f"{URL}?member={ana.pk}", words)

    assert first.url == second.url
    assert (DuePayment.objects.count(), ana.notices.count()) == (1, 1)
    assert in_fund("dues") == 2500


@pytest.mark.parametrize("change", [{"cents": "26"}, {"what": "share"}])
def test_a_form_sent_again_with_other_words_is_refused(client, tess, ana, change):
    client.force_login(tess)
    words = form()
    client.post(f"{URL}?member={ana.pk}", words)

    response = client.post(f"{URL}?member={ana.pk}", words | change)

    assert codes(response) == {"__all__": ["key_reused"]}


def test_a_key_of_somebody_else_is_refused(tess, rosa, ana):
    first = make.due(tess, rosa)

    with pytest.raises(ValidationError) as caught:
        make.due(tess, ana, key=first.pk)

    assert caught.value.code == "key_reused"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"cents": "12.345"}, {"cents": ["unreadable"]}),
        ({"cents": "1,000"}, {"cents": ["unreadable"]}),
        ({"cents": "-5"}, {"cents": ["unreadable"]}),
        ({"cents": "1e3"}, {"cents": ["unreadable"]}),
        ({"cents": "١٢"}, {"cents": ["unreadable"]}),
        ({"cents": "99999999"}, {"cents": ["unreadable"]}),
        ({"cents": "12 or so"}, {"cents": ["unreadable"]}),
        ({"cents": ""}, {"cents": ["nothing_paid"]}),
        ({"cents": "0"}, {"cents": ["nothing_paid"]}),
        ({"cents": "9.99"}, {"cents": ["too_little"]}),
        ({"cents": "5", "let_off": "Board"}, {"cents": ["let_off_is_nothing"]}),
        ({"cents": "", "let_off": "a\u202eb"}, {"let_off": ["invisible_marks"]}),
        ({"what": "gift"}, {"what": ["invalid_choice"]}),
        ({"what": ""}, {"what": ["required"]}),
        ({"paid_on": "2999-01-01"}, {"paid_on": ["in_future"]}),
        ({"paid_on": "1999-12-31"}, {"paid_on": ["too_long_ago"]}),
        ({"paid_on": "yesterday"}, {"paid_on": ["invalid"]}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, rosa, tess, ana, words, refused):
    make.policy(rosa, DUES, 1000)
    client.force_login(tess)

    response = client.post(f"{URL}?member={ana.pk}", form(**words))

    assert response.status_code == 422
    assert codes(response) == refused
    assert not DuePayment.objects.exists()


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("12", 1200),
        ("12.50", 1250),
        ("12,50", 1250),
        ("12.5", 1250),
        ("$12", 1200),
        (" $ 12.05 ", 1205),
        ("0.01", 1),
    ],
)
def test_money_is_read_as_people_write_it(words, cents):
    assert read_cents(words) == cents


def test_whoever_is_let_off_moves_nothing_and_is_covered(client, rosa, tess, ana):
    make.policy(rosa, DUES, 1000)
    client.force_login(tess)

    client.post(f"{URL}?member={ana.pk}", form(cents="", let_off="Board, 3 May"))

    payment = DuePayment.objects.get()
    assert (payment.cents, payment.let_off) == (0, "Board, 3 May")
    assert not Transfer.objects.filter(unit=Unit.CENT).exists()
    assert ana.notices.get().text.startswith("Nothing is asked of you for this")


def test_more_than_is_asked_may_be_given(rosa, tess, ana):
    make.policy(rosa, MEMBERSHIP_SHARE, 500)

    assert make.due(tess, ana, 50_000, Due.SHARE).cents == 50_000


def test_only_those_who_keep_the_dues_write_them_down(client, ana, cleo):
    client.force_login(cleo)

    assert client.post(f"{URL}?member={ana.pk}", form()).status_code == 403
    with pytest.raises(PermissionDenied):
        make.due(cleo, ana)
    with pytest.raises(PermissionDenied):
        make.due(ana, ana)


def test_who_has_left_owes_nothing(rosa, gus):
    with pytest.raises(ValidationError) as caught:
        make.due(rosa, gus)

    assert caught.value.code == "member_left"


def test_first_it_is_asked_who_paid(client, tess, ana, gus):
    client.force_login(tess)

    found = client.get(URL, {"q": "oka"})

    assert list(found.context["found"]) == [ana]
    for nobody in (gus.pk, "x", "9" * 30, ""):
        assert client.get(URL, {"member": nobody}).status_code == 404


def test_while_acting_for_one_what_is_written_down_of_another_is_ones_own_deed(
    client, rosa, ana, edna
):
    client.force_login(rosa)
    client.post("/acting/begin/", {"member": edna.pk, "channel": "phone"})

    client.post(f"{URL}?member={ana.pk}", form(acting_for=edna.pk))
    client.post(f"{URL}?member={edna.pk}", form(acting_for=edna.pk))

    anas, ednas = DuePayment.objects.order_by("member")
    assert (anas.member, anas.recorded_for, anas.channel) == (ana, rosa, "web")
    assert (ednas.member, ednas.recorded_for, ednas.channel) == (edna, edna, "phone")
