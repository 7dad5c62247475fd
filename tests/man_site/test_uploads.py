"""Files that are handed in stay in memory, and never more of them than is allowed."""

from man_site.uploads import InMemoryUpToASize
from members.pictures import MOST_BYTES


def handed_in(size: int):
    handler = InMemoryUpToASize()
    handler.new_file("paper", "signed.jpg", "image/jpeg", None)
    for start in range(0, size, 64 * 1024):
        part = b"x" * min(64 * 1024, size - start)
        assert handler.receive_data_chunk(part, start) is None
    return handler.file_complete(size)


def test_a_file_is_kept_whole():
    kept = handed_in(MOST_BYTES)

    assert (kept.size, kept.name) == (MOST_BYTES, "signed.jpg")
    assert kept.read() == b"x" * MOST_BYTES


def test_of_a_file_that_is_too_large_only_its_size_is_kept():
    kept = handed_in(MOST_BYTES + 1)

    assert kept.size == MOST_BYTES + 1
    assert kept.read() == b""
