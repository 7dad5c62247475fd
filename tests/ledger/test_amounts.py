"""Amounts as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger.amounts import hours_in_words
from ledger.templatetags.amounts import signed_hours

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
