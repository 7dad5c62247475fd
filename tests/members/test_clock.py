"""The one clock, and how the demo's past is entered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from members import clock

MOMENT = datetime(2025, 5, 3, 3, 30, tzinfo=UTC)


def test_what_follows_is_as_of_a_past_moment_and_then_it_is_now_again():
    with clock.as_of(MOMENT):
        assert clock.now() == MOMENT
        # Half past ten in the evening of the day before, in Madison.
        assert clock.today().isoformat() == "2025-05-02"

    assert clock.now() > MOMENT


def test_nothing_is_done_as_of_a_moment_to_come():
    with pytest.raises(AssertionError), clock.as_of(clock.now() + timedelta(hours=1)):
        pass


def test_age_is_told_by_the_real_clock():
    two_days_later = time_machine.travel(MOMENT + timedelta(days=2), tick=False)

    with two_days_later, clock.as_of(MOMENT):
        assert clock.age_of(clock.now()) == 2
