"""`{{ minutes|hours }}`, `{{ cents|money }}`: amounts as people say them."""

from django import template

from ledger.amounts import cents_in_words, hours_in_words

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Say 150 as "2 h 30 min"."""
    return hours_in_words(minutes)


@register.filter
def money(cents: int) -> str:
    """Say 1250 as "$12.50"."""
    return cents_in_words(cents)


@register.filter
def signed_hours(minutes: int) -> str:
    """Say 150 as "+2 h 30 min" and −150 as "−2 h 30 min"."""
    words = hours_in_words(minutes)
    return f"+{words}" if minutes > 0 else words
