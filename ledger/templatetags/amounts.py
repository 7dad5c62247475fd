"""`{{ minutes|hours }}`: amounts as people say them."""

from django import template

from ledger.amounts import hours_in_words

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Say 150 as "2 h 30 min"."""
    return hours_in_words(minutes)


@register.filter
def signed_hours(minutes: int) -> str:
    """Say 150 as "+2 h 30 min" and −150 as "−2 h 30 min"."""
    words = hours_in_words(minutes)
    return f"+{words}" if minutes > 0 else words
