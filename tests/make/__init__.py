"""Worlds made by real actions, and short ways to look at them."""

from tests.make.dealings import contested, done_for
from tests.make.doors import forget_tries, sure
from tests.make.hours import books, exchange, forgiveness, limits, minutes, moved
from tests.make.joining import (
    application,
    asked,
    invitation,
    made_ready,
    signed,
    slip,
    withdrawn,
)
from tests.make.letters import READ_IT, link, stop_token
from tests.make.money import due, share
from tests.make.people import (
    block,
    coordinator,
    credential,
    message,
    neighbourhood,
    organisation,
    person,
    role,
    second_coordinator,
    shows,
    stewardship,
    stranger,
    tells,
)
from tests.make.rules import policy, published, signature, signed_paper
from tests.make.times import away, booked, stretch, tomorrow
from tests.make.values import a_day, acting, address, cause, key, picture

__all__ = [
    "READ_IT",
    "a_day",
    "acting",
    "address",
    "application",
    "asked",
    "away",
    "block",
    "booked",
    "books",
    "cause",
    "contested",
    "coordinator",
    "credential",
    "done_for",
    "due",
    "exchange",
    "forget_tries",
    "forgiveness",
    "invitation",
    "key",
    "limits",
    "link",
    "made_ready",
    "message",
    "minutes",
    "moved",
    "neighbourhood",
    "organisation",
    "person",
    "picture",
    "policy",
    "published",
    "role",
    "second_coordinator",
    "share",
    "shows",
    "signature",
    "signed",
    "signed_paper",
    "slip",
    "stewardship",
    "stop_token",
    "stranger",
    "stretch",
    "sure",
    "tells",
    "tomorrow",
    "withdrawn",
]
