"""Amounts in words: minutes as hours. Integers only, never a fraction."""

from django.utils.translation import gettext as _

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NO-BREAK SPACE}"


def hours_in_words(minutes: int) -> str:
    """Say minutes as people do: 150 is "2 h 30 min", −45 is "−45 min", 0 is "0 h"."""
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours or not rest:
        parts.append(_("%(hours)s h") % {"hours": f"{hours:,}"})
    if rest:
        parts.append(_("%(minutes)s min") % {"minutes": rest})
    sign = MINUS if minutes < 0 else ""
    return sign + " ".join(parts).replace(" ", NARROW)
