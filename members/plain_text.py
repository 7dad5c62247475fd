"""Words that people type: what may stand in them, so that nobody is fooled by them."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of what follows can make a name read as another's.
# (Plain left-to-right and right-to-left marks stay: Arabic and Hebrew need them.)
TURNING = set("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters and line breaks: in a letter they would begin a paragraph of their own.
BREAKING = {"Cc", "Cs", "Zl", "Zp"}
# Letters and symbols by name, which nobody sees.
UNSEEN = set("\u115f\u1160\u2800\u3164\uffa0")


def check_one_line(words: str) -> None:
    """Refuse what does not read as it looks: a line has no breaks, no tricks, and is seen."""
    if any(mark in TURNING or unicodedata.category(mark) in BREAKING for mark in words):
        raise ValidationError(
            _("This holds invisible marks that change how it reads. Type it afresh."),
            code="invisible_marks",
        )
    if not any(is_seen(mark) for mark in words):
        raise ValidationError(
            _("Nobody could read this. Write it with letters."), code="nothing_to_see"
        )


def check_lines(words: str) -> None:
    """Refuse the same in a text of several lines."""
    for line in words.replace("\t", " ").splitlines():
        if line.strip():
            check_one_line(line)


def is_seen(mark: str) -> bool:
    """Whether a reader sees it: a letter, a number, a sign."""
    return unicodedata.category(mark)[0] in "LNPS" and mark not in UNSEEN


# Alphabets in which letters of one look like letters of another: Rosa and Rоsа.
ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
APOSTROPHES = "'’ʼ"


def check_one_script_per_word(words: str) -> None:
    """Refuse a word that mixes alphabets whose letters look alike (Unicode TS 39, §5).

    Words side by side may each be in their own: Anna Мария, 王 Wang. What looks wide or
    bold is taken for the plain letter that it stands for (NFKC).
    """
    for word in _words_of(unicodedata.normalize("NFKC", words)):
        if len({script for letter in word if (script := _script_of(letter))}) > 1:
            raise ValidationError(
                _(
                    "“%(word)s” mixes letters of two alphabets that look alike. Type it "
                    "afresh, all of it on one keyboard."
                ),
                code="mixed_scripts",
                params={"word": word},
            )


def check_name(words: str) -> None:
    """Refuse a name that doesn't read as it looks, or that passes for another's."""
    check_one_line(words)
    check_one_script_per_word(words)


def _words_of(words: str) -> list[str]:
    """Part words at gaps, dashes and signs; marks that nobody sees part nothing."""
    parted = (
        " "
        if unicodedata.category(mark)[0] in "ZPS" and mark not in APOSTROPHES
        else mark
        for mark in words
    )
    return "".join(parted).split()


def _script_of(letter: str) -> str:
    """Say which of the alphabets alike a letter is of; nothing for all others."""
    if not letter.isalpha():
        return ""
    script = unicodedata.name(letter, "").split(" ", 1)[0]
    return script if script in ALIKE else ""


def as_paragraphs(text: str) -> str:
    """Answer a longer text as paragraphs with an empty line between them, or refuse tricks."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for line in filter(None, lines):
        check_one_line(line)
    paragraphs = "\n".join(lines).strip("\n").split("\n\n")
    return "\n\n".join(kept for one in paragraphs if (kept := one.strip("\n")))


# Letters that are no other letter with an accent, as those type them who lack the key.
TYPED_AS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def reads_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for accents, capitals, hyphens and spaces."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(TYPED_AS))
    letters = "".join(mark for mark in plain if unicodedata.category(mark)[0] in "LN")
    return letters or name
