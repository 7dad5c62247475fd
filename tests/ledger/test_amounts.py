"""Amounts as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger.amounts import cents_in_words, hours_in_words
from ledger.templatetags.amounts import money, signed_hours

HARD_SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 h"),
        (45, "45 min"),
        (60, "1 h"),
        (150, "2 h 30 min"),
        (-45, "−45 min"),
        (-150, "−2 h 30 min"),
        (60_000, "1,000 h"),
    ],
)
def test_minutes_are_said_as_hours(minutes, words):
    assert hours_in_words(minutes).replace(HARD_SPACE, " ") == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(60, "+1 h"), (-60, "−1 h"), (0, "0 h")]
)
def test_a_change_shows_its_direction(minutes, words):
    assert signed_hours(minutes).replace(HARD_SPACE, " ") == words


@given(some.integers(-(10**9), 10**9))
def test_no_minute_is_lost_in_words(minutes):
    words = hours_in_words(minutes).replace(",", "").replace("−", "").split(HARD_SPACE)
    told = dict(zip(words[1::2], map(int, words[::2]), strict=True))

    assert told.get("h", 0) * 60 + told.get("min", 0) == abs(minutes)
    assert hours_in_words(minutes).startswith("−") == (minutes < 0)


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "$0.00"),
        (5, "$0.05"),
        (1250, "$12.50"),
        (-5, "−$0.05"),
        (123_456_789, "$1,234,567.89"),
    ],
)
def test_cents_are_said_as_money(cents, words):
    assert cents_in_words(cents) == words == money(cents)


def test_the_sign_of_money_is_the_networks(settings):
    settings.CURRENCY_SIGN = "€"

    assert cents_in_words(-1250) == "−€12.50"
