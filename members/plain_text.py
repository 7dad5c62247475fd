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


def is_seen(mark: str) -> bool:
    """Whether a reader sees it: a letter, a number, a sign."""
    return unicodedata.category(mark)[0] in "LNPS" and mark not in UNSEEN
