"""How people are found: by words that their name's words begin with, or by near misses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Func, Q, TextField, Value

if TYPE_CHECKING:
    from members.models.members import Member

# What parts words; PostgreSQL's members_words() knows the same marks.
BETWEEN_WORDS = re.compile(r"[\s\-'’`´.,;:()/\"&+_%\\\0]+")
MOST_WORDS = 6
LONGEST_WORD = 40

# Nearest first: letters that differ, are missing or too many, also where the word is not
# finished yet. Two letters that changed places count as one slip.
NEAR_WORDS = """
WITH typed AS (
    SELECT members_folded(%s::text) AS word, char_length(%s::text) AS long,
           CASE WHEN char_length(%s::text) < 6 THEN 1 ELSE 2 END AS slips,
           ARRAY(SELECT members_folded(swap) FROM unnest(%s::text[]) swap) AS swaps)
SELECT k.word
  FROM members_nameword k, typed t,
       LATERAL (SELECT CASE WHEN left(k.word, t.long) = ANY (t.swaps) THEN 1 ELSE least(
           levenshtein_less_equal(k.word, t.word, t.slips),
           levenshtein_less_equal(left(k.word, t.long), t.word, t.slips),
           levenshtein_less_equal(left(k.word, t.long + 1), t.word, t.slips)
           ) END AS slips) far
 WHERE char_length(k.word) >= t.long - t.slips AND far.slips <= t.slips
 ORDER BY far.slips, abs(char_length(k.word) - t.long), k.word
 LIMIT 4
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Some members by name: those shown, whether more follow or stand before them.

    `meant` are the words of names that were shown instead, where nobody is called so.
    """

    members: "list[Member]"
    has_more: bool = False
    meant: tuple[str, ...] = ()


def words_of(typed: str) -> list[str]:
    """Part what was typed into words."""
    words = (word[:LONGEST_WORD] for word in BETWEEN_WORDS.split(typed) if word)
    return list(dict.fromkeys(words))[:MOST_WORDS]


def number_in(typed: str) -> int | None:
    """Read a member number, with or without a # before it; None where it is none."""
    digits = typed.strip().removeprefix("#")
    return min(int(digits), 2**31 - 1) if digits.isdecimal() else None


def begins_a_word(word: str) -> Q:
    """Say that some word of a name begins so, whatever its accents and capitals."""
    begun = Func(Value(f" {word}"), function="members_folded", output_field=TextField())
    return Q(name_words__contains=begun)


def near_words(word: str) -> list[str]:
    """Say which words of names are nearly this one, the nearest first."""
    if len(word) < 3:
        return []
    word = word.lower()
    swaps = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(len(word) - 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(NEAR_WORDS, [word, word, word, swaps])
        return [found for (found,) in cursor.fetchall()]


@contextmanager
def planned_afresh() -> Iterator[None]:
    """Have PostgreSQL plan for the very words: "ma" begins many names, "xy" hardly any."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield
