"""Accounts, transfers, limits, and the nightly proof that they agree."""

from ledger.models.accounts import (
    COMMONS,
    OUTSIDE,
    Account,
    Fund,
    Holder,
    Standing,
    Unit,
    holder_columns,
)
from ledger.models.checks import BooksCheck
from ledger.models.limits import LimitChange
from ledger.models.recording import Cause, Recorder
from ledger.models.transfers import MOST, Line, Reason, Transfer

__all__ = [
    "COMMONS",
    "MOST",
    "OUTSIDE",
    "Account",
    "BooksCheck",
    "Cause",
    "Fund",
    "Holder",
    "LimitChange",
    "Line",
    "Reason",
    "Recorder",
    "Standing",
    "Transfer",
    "Unit",
    "holder_columns",
]
