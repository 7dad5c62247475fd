"""The doors of the books, and the proof that they balance."""

from ledger.actions.books import check_books
from ledger.actions.limits import set_limits
from ledger.actions.transfers import Move, reverse, transfer, transfer_all

__all__ = ["Move", "check_books", "reverse", "set_limits", "transfer", "transfer_all"]
