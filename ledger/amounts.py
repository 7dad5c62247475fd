"""Amounts in words: minutes as hours, cents as money. Integers only, never a fraction."""

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


def hundredths_in_words(hundredths: int) -> str:
    """Say credits or cents with two decimals: −123456 is "−1,234.56"."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{MINUS if hundredths < 0 else ''}{whole:,}.{rest:02}"


def in_words(amount: int, unit: str) -> str:
    """Say an amount of any unit."""
    return hours_in_words(amount) if unit == "minute" else hundredths_in_words(amount)
