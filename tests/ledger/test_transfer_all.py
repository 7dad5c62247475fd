"""Many amounts in one deed: all of them or none."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from ledger.actions import Move, set_limits, transfer_all
from ledger.models import COMMONS, OUTSIDE, Account, Reason, Transfer, Unit
from tests import make

pytestmark = pytest.mark.django_db


def move(source, target, amount=60, unit=Unit.MINUTE, key=None, **words) -> Move:
    return Move(
        source, target, unit, amount, Reason.EXCHANGE, key or make.key(), **words
    )


def test_all_of_them_move_in_order_and_in_one_statement(
    ana, ben, cleo, django_assert_num_queries
):
    moves = [move(ben, ana, 30), move(ana, cleo, 10), move(cleo, COMMONS, 5)]

    with django_assert_num_queries(1):
        first, second, third = transfer_all(moves, by=make.acting(ana))

    assert [make.minutes(one) for one in (ana, ben, cleo)] == [20, -30, 5]
    assert (first.target_balance, second.source_balance) == (30, 20)
    assert (second.target_sequence, third.source_sequence) == (1, 2)
    assert make.books().is_sound


def test_the_answers_are_the_rows_that_stand_in_the_books(ana, ben, cleo):
    answered = transfer_all([move(ben, ana), move(ben, cleo)], by=make.acting(ben))

    for one in answered:
        written = Transfer.objects.get(pk=one.pk)
        for column in (field.attname for field in Transfer._meta.concrete_fields):
            assert getattr(one, column) == getattr(written, column), column


@pytest.mark.parametrize(
    ("last", "code"),
    [
        ({"amount": 9999}, "below_floor"),
        ({"amount": 0}, "amount"),
        ({"target": "same"}, "same_account"),
    ],
)
def test_one_that_is_refused_refuses_all(ana, ben, last, code):
    words = {"source": ben, "target": ana, **last}
    if last.get("target") == "same":
        words["target"] = ben
    moves = [move(ana, ben, 60), move(**words)]

    with pytest.raises(ValidationError) as caught:
        transfer_all(moves, by=make.acting(ana))

    assert caught.value.code == code
    assert Transfer.objects.count() == 0


def test_limits_hold_after_each_move_and_not_only_at_the_end(ana, ben):
    moves = [move(ben, ana, 1201), move(ana, ben, 1201)]

    with pytest.raises(ValidationError) as caught:
        transfer_all(moves, by=make.acting(ana))

    assert caught.value.code == "below_floor"


def test_the_same_batch_again_moves_nothing_and_answers_alike(ana, ben):
    moves = [move(ben, ana, 30) for _ in range(3)]
    first = transfer_all(moves, by=make.acting(ana))

    again = transfer_all(moves, by=make.acting(ana))

    assert [one.pk for one in again] == [one.pk for one in first]
    assert make.minutes(ana) == 90


def test_a_batch_that_was_half_known_moves_only_the_rest(ana, ben):
    moves = [move(ben, ana, 30) for _ in range(4)]
    transfer_all(moves[:2], by=make.acting(ana))

    rows = transfer_all(moves, by=make.acting(ana))

    assert [row.target_sequence for row in rows] == [1, 2, 3, 4]
    assert make.minutes(ana) == 120
    assert make.books().is_sound


def test_a_known_key_with_another_content_refuses_the_batch(ana, ben):
    known = move(ben, ana, 30)
    transfer_all([known], by=make.acting(ana))

    with pytest.raises(ValidationError) as caught:
        transfer_all(
            [move(ben, ana, 15), move(ben, ana, 31, key=known.key)], by=make.acting(ana)
        )

    assert caught.value.code == "key_reused"
    assert make.minutes(ana) == 30


def test_a_batch_may_reverse(ana, ben, cleo):
    one, two = transfer_all([move(ben, ana), move(ben, cleo)], by=make.acting(ben))

    transfer_all(
        [move(ana, ben, reverses=one), move(cleo, ben, reverses=two)],
        by=make.acting(ben),
    )

    assert [make.minutes(member) for member in (ana, ben, cleo)] == [0, 0, 0]
    with pytest.raises(ValidationError) as caught:
        transfer_all([move(ana, ben, reverses=one)], by=make.acting(ben))
    assert caught.value.code == "already_reversed"


def test_several_units_may_move_in_one_batch(ana):
    moves = [
        move(OUTSIDE, ana, 500, Unit.CENT),
        move(OUTSIDE, ana, 60),
        move(ana, COMMONS, 500, Unit.CENT),
    ]

    transfer_all(moves, by=make.acting(ana))

    assert Account.objects.balance(COMMONS, Unit.CENT) == 500
    assert make.minutes(ana) == 60
    assert make.books().is_sound


def test_no_moves_are_no_rows(ana):
    assert transfer_all([], by=make.acting(ana)) == []


def test_one_fresh_key_twice_in_a_batch_is_refused_by_its_place(ana, ben):
    twice = move(ben, ana, 30)

    with pytest.raises(ValidationError) as caught:
        transfer_all([move(ben, ana, 15), twice, twice], by=make.acting(ana))

    assert (caught.value.code, caught.value.params) == ("key_reused", {"place": 2})
    assert make.minutes(ana) == 0


def test_one_transfer_is_not_reversed_twice_by_one_batch(ana, ben):
    (first,) = transfer_all([move(ben, ana)], by=make.acting(ben))

    with pytest.raises(ValidationError) as caught:
        transfer_all(
            [move(ana, ben, reverses=first), move(ana, ben, reverses=first)],
            by=make.acting(ben),
        )

    assert caught.value.code == "already_reversed"


def test_a_side_that_names_a_member_and_a_fund_is_the_fund(ana, ben):
    """Whoever asks in plain SQL gets the account that was locked, and no other."""
    set_limits(holder=COMMONS, unit=Unit.MINUTE, floor=0, by=make.acting(ana))
    asked = [{
        "key": str(make.key()), "source_holder": ana.pk, "source_fund": "commons",
        "target_holder": ben.pk, "unit": "minute", "amount": 60, "reason": "exchange",
    }]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM ledger.transfer_all(%s::jsonb, %s::bigint, %s::bigint, 'web', NULL)",
            [json.dumps(asked), ana.pk, ana.pk],
        )
        assert cursor.fetchall() == [("below_floor",)]
    assert make.minutes(ana) == 0


@pytest.mark.parametrize(
    "nonsense",
    [{"amount": -5}, {"amount": 0}, {"cause_kind": "exchange"}, {"amount": 10**13}],
)
@pytest.mark.parametrize("place", [0, 1])
def test_nonsense_among_moves_in_plain_sql_is_refused_wherever_it_stands(
    ana, ben, nonsense, place
):
    asked = [
        {
            "key": str(make.key()),
            "source_holder": ben.pk,
            "target_holder": ana.pk,
            "unit": "minute",
            "amount": 15,
            "reason": "exchange",
        }
        for _ in range(2)
    ]
    asked[place] |= nonsense

    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    "SELECT outcome FROM ledger.transfer_all(%s::jsonb, %s::bigint, %s::bigint, 'web', NULL)",
                    [json.dumps(asked), ana.pk, ana.pk],
                )
                outcomes = {outcome for (outcome,) in cursor.fetchall()}
        except IntegrityError:
            outcomes = {"refused"}

    assert "new" not in outcomes
    assert (make.minutes(ana), Transfer.objects.count()) == (0, 0)
    assert make.books().is_sound
