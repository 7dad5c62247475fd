"""Keys: UUIDs of version 7, in the order in which they were minted."""

import time

from members.keys import new_key


def test_a_key_is_a_uuid_of_version_7():
    for key in (new_key() for _ in range(1000)):
        assert (key.version, key.variant) == (7, "specified in RFC 4122")


def test_a_key_begins_with_the_millisecond_it_was_minted_in():
    before = time.time_ns() // 1_000_000
    key = new_key()
    after = time.time_ns() // 1_000_000

    assert before <= key.int >> 80 <= after


def test_no_two_keys_are_the_same():
    assert len({new_key() for _ in range(10_000)}) == 10_000


def test_a_later_key_sorts_after_an_earlier_one():
    first = new_key()
    time.sleep(0.002)

    assert first < new_key()
