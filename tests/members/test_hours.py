"""Hours as people write them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger.amounts import hours_in_words
from members.hours import read_minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("2", 120),
        ("02", 120),
        (" 2 h ", 120),
        ("2 hours", 120),
        ("1 hour", 60),
        ("1:30", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1 H 30 Min", 90),
        ("2.5", 150),
        ("2,25 h", 135),
        (".75", 45),
        ("45 min", 45),
        ("45m", 45),
        ("90 minutes", 90),
        ("0", 0),
        ("٢", 120),
    ],
)
def test_it_reads_what_people_write(words, minutes):
    assert read_minutes(words) == minutes


@pytest.mark.parametrize(
    "words",
    [
        "",
        "-2",
        "−2",
        "two",
        "1:75",
        "0.33",
        "1.999",
        "2 h h",
        "1e3",
        "²",
        "2\x00",
        "1/2",
        "nan",
        "9" * 400,
    ],
)
def test_it_guesses_nothing(words):
    with pytest.raises(ValueError):  # noqa: PT011 (it carries no words of its own)
        read_minutes(words)


@given(some.integers(0, 9999 * 60))
def test_it_reads_back_what_we_say(minutes):
    words = hours_in_words(minutes).replace("\N{NO-BREAK SPACE}", " ").replace(",", "")

    assert read_minutes(words) == minutes


@given(some.text(max_size=20))
def test_it_answers_or_says_that_it_cannot(words):
    with contextlib.suppress(ValueError):
        assert read_minutes(words) >= 0
