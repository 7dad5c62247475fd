"""Hours as people write them: "2", "1:30", "1 h 30", "2,5", "45 min"."""

import re

HOURS_AND_MINUTES = re.compile(
    r"(?P<hours>\d{1,4})\s*(?::|h|hours?|hrs?\.?)\s*(?:(?P<minutes>[0-5]?\d)\s*(?:m|min|minutes?)?\.?)?"
)
PARTS_OF_AN_HOUR = re.compile(
    r"(?P<whole>\d{0,4})[.,](?P<part>\d{1,2})\s*(?:h|hours?|hrs?\.?)?"
)
HOURS = re.compile(r"(?P<hours>\d{1,4})")
MINUTES = re.compile(r"(?P<minutes>\d{1,5})\s*(?:m|min|minutes?)\.?")


def read_minutes(words: str) -> int:
    """Read what somebody wrote as whole minutes; ValueError where it can't be read.

    A part of an hour must come out at a whole minute: "1.25" is 75 and "0.33" is an
    error, since the ledger rounds nothing behind anybody's back.
    """
    words = words.strip().lower()
    if match := HOURS_AND_MINUTES.fullmatch(words):
        return int(match["hours"]) * 60 + int(match["minutes"] or 0)
    if match := PARTS_OF_AN_HOUR.fullmatch(words):
        scale = 10 ** len(match["part"])
        minutes, rest = divmod(60 * int((match["whole"] or "0") + match["part"]), scale)
        if rest:
            raise ValueError(words)
        return int(minutes)
    if match := HOURS.fullmatch(words):
        return int(match["hours"]) * 60
    if match := MINUTES.fullmatch(words):
        return int(match["minutes"])
    raise ValueError(words)
