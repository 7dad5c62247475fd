"""A mistake is turned back, once, and stays in the books."""

import pytest
from django.core.exceptions import ValidationError

from ledger.actions import reverse
from ledger.models import Transfer
from tests import make

pytestmark = pytest.mark.django_db


def test_the_amount_goes_back_and_both_rows_stay(ana, ben):
    first = make.moved(ben, ana, 90)

    back = reverse(first, by=make.acting(ana), key=make.key())

    assert (make.minutes(ana), make.minutes(ben)) == (0, 0)
    assert (back.reverses_id, back.amount) == (first.pk, 90)
    assert Transfer.objects.count() == 2
    assert make.books().is_sound


def test_it_is_reversed_once(ana, ben):
    first = make.moved(ben, ana, 90)
    reverse(first, by=make.acting(ana), key=make.key())

    with pytest.raises(ValidationError) as caught:
        reverse(first, by=make.acting(ana), key=make.key())

    assert caught.value.code == "already_reversed"


def test_the_same_key_answers_with_the_same_reversal(ana, ben):
    first, key = make.moved(ben, ana, 90), make.key()

    back = reverse(first, by=make.acting(ana), key=key)

    assert reverse(first, by=make.acting(ana), key=key).pk == back.pk


def test_a_reversal_is_not_reversed(ana, ben):
    back = reverse(make.moved(ben, ana, 90), by=make.acting(ana), key=make.key())

    with pytest.raises(ValidationError) as caught:
        reverse(back, by=make.acting(ana), key=make.key())

    assert caught.value.code == "reversal_of_reversal"


@pytest.mark.parametrize("wrong", ["amount", "direction", "people"])
def test_only_the_exact_other_way_round_is_a_reversal(ana, ben, cleo, wrong):
    first = make.moved(ben, ana, 90)
    source, target, amount = {
        "amount": (ana, ben, 89),
        "direction": (ben, ana, 90),
        "people": (ana, cleo, 90),
    }[wrong]

    with pytest.raises(ValidationError) as caught:
        make.moved(source, target, amount, reverses=first)

    assert caught.value.code == "not_its_reversal"
