"""Willow Street, the demo network: invented neighbours, and two years of their life together.

Everything goes through the real actions, is drawn from one seed, and is dated back from
the day on which the demo was made, so it is the same on every machine and always "today".
"""

from man_site.willow_street.filling import fill_street, found_willow_street
from man_site.willow_street.help import help_among
from man_site.willow_street.names import (
    FOUNDER,
    MEMBER,
    NEIGHBOURS,
    PASSWORD,
    THE_STREET,
    TREASURER,
    email_of,
)

__all__ = [
    "FOUNDER",
    "MEMBER",
    "NEIGHBOURS",
    "PASSWORD",
    "THE_STREET",
    "TREASURER",
    "email_of",
    "fill_street",
    "found_willow_street",
    "help_among",
]
