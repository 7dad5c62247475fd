"""Exchanges, and hours that were forgiven: each noun stands in the file of its name."""

from timebank.models.exchanges import Exchange
from timebank.models.forgiveness import Forgiveness

__all__ = ["Exchange", "Forgiveness"]
