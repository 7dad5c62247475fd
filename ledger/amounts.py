"""Amounts in words: minutes as hours, cents as money. Integers only, never a fraction."""

from django.conf import settings
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


def cents_in_words(cents: int) -> str:
    """Say cents as money: 1250 is "$12.50", −5 is "−$0.05"."""
    whole, rest = divmod(abs(cents), 100)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{settings.CURRENCY_SIGN}{whole:,}.{rest:02}"
