"""The deeds of this room."""

from timebank.actions.departure import settle_hours
from timebank.actions.exchanges import record_exchange
from timebank.actions.forgetting import forget_words
from timebank.actions.forgiveness import (
    propose_forgiveness,
    second_forgiveness,
    withdraw_forgiveness,
)

__all__ = [
    "forget_words",
    "propose_forgiveness",
    "record_exchange",
    "second_forgiveness",
    "settle_hours",
    "withdraw_forgiveness",
]
