"""When letters rest and collected ones come, also in the nights when clocks are changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from members.letter_hours import end_of_rest, latest_digest

CHICAGO = ZoneInfo("America/Chicago")
# In 2026 Chicago's clocks skip 2:00–3:00 on 8 March and show 1:00–2:00 twice on 1 November.
SKIPPED, TWICE = date(2026, 3, 8), date(2026, 11, 1)


def at(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHICAGO)
    return local.replace(fold=fold).astimezone(UTC)


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return at(date(2026, month, day), hour, minute)


@pytest.mark.parametrize(
    ("now", "rest", "end"),
    [
        # Over midnight.
        (on(5, 3, 21), (22, 7), None),
        (on(5, 3, 22), (22, 7), on(5, 4, 7)),
        (on(5, 3, 23, 59), (22, 7), on(5, 4, 7)),
        (on(5, 4, 0), (22, 7), on(5, 4, 7)),
        (on(5, 4, 6, 59), (22, 7), on(5, 4, 7)),
        (on(5, 4, 7), (22, 7), None),
        # Within a day.
        (on(5, 4, 13), (13, 15), on(5, 4, 15)),
        (on(5, 4, 15), (13, 15), None),
        (on(5, 4, 1), (0, 6), on(5, 4, 6)),
        # Until midnight, and from it.
        (on(5, 4, 23), (22, 0), on(5, 5, 0)),
        (on(5, 5, 0), (22, 0), None),
        # No rest.
        (on(5, 4, 3), (3, 3), None),
        (on(5, 4, 3), (None, None), None),
    ],
)
def test_the_rest_ends_at_its_hour(now, rest, end):
    assert end_of_rest(now, *rest) == end


def test_over_the_night_that_skips_an_hour_the_rest_ends_at_its_hour_all_the_same():
    evening = on(3, 7, 23)

    assert end_of_rest(evening, 22, 7) == at(SKIPPED, 7)
    # One hour less of it.
    assert (at(SKIPPED, 7) - evening).total_seconds() == 7 * 3600


def test_a_rest_until_the_skipped_hour_ends_when_the_clock_has_jumped():
    assert end_of_rest(at(SKIPPED, 1, 30), 22, 2) == at(SKIPPED, 3)
    assert end_of_rest(at(SKIPPED, 3), 22, 2) is None


def test_a_rest_that_was_skipped_whole_is_none():
    assert end_of_rest(at(SKIPPED, 3), 2, 3) is None


def test_over_the_night_with_an_hour_twice_the_rest_is_an_hour_longer():
    evening = on(10, 31, 23)

    assert end_of_rest(evening, 22, 7) == at(TWICE, 7)
    assert (at(TWICE, 7) - evening).total_seconds() == 9 * 3600


def test_a_rest_until_the_hour_that_comes_twice_ends_the_first_time():
    assert end_of_rest(at(TWICE, 0, 30), 22, 1) == at(TWICE, 1)
    assert end_of_rest(at(TWICE, 1, 30), 22, 1) is None
    assert end_of_rest(at(TWICE, 1, 30, fold=1), 22, 1) is None


def test_a_rest_until_after_it_lasts_both_times():
    assert end_of_rest(at(TWICE, 1, 30, fold=1), 22, 2) == at(TWICE, 2)


@pytest.mark.parametrize(
    ("now", "day", "of_the_week"),
    [
        # 4 May 2026 is a Monday.
        (on(5, 4, 7, 59), (5, 3), (4, 27)),
        (on(5, 4, 8), (5, 4), (5, 4)),
        (on(5, 5, 3), (5, 4), (5, 4)),
        (on(5, 10, 23), (5, 10), (5, 4)),
        (on(5, 11, 7), (5, 10), (5, 4)),
        (on(5, 11, 9), (5, 11), (5, 11)),
    ],
)
def test_the_collected_letter_belongs_to_the_day_whose_hour_came_last(
    now, day, of_the_week
):
    digest = latest_digest(now, 8, 0)

    assert digest.day == date(2026, *day)
    assert digest.daily_until == on(*day, 8)
    assert digest.weekly_until == on(*of_the_week, 8)


def test_at_an_hour_that_is_skipped_it_comes_when_the_clock_has_jumped():
    before = latest_digest(at(SKIPPED, 1, 59), 2, 6)
    after = latest_digest(at(SKIPPED, 3), 2, 6)

    assert (before.day, after.day) == (date(2026, 3, 7), SKIPPED)
    # It is a Sunday, the day of the weekly letter.
    assert after.weekly_until == at(SKIPPED, 3)


def test_at_an_hour_that_comes_twice_it_comes_once():
    days = [
        latest_digest(moment, 1, 0).day
        for moment in (
            at(TWICE, 0, 59),
            at(TWICE, 1),
            at(TWICE, 1, 59),
            at(TWICE, 1, fold=1),
            at(TWICE, 1, 59, fold=1),
            at(TWICE, 2),
        )
    ]

    assert days == [date(2026, 10, 31)] + [TWICE] * 5
