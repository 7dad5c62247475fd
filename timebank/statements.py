"""Statements: a member's hours, line by line, with the words of each exchange."""

from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from ledger.models import Account, Line, Reason, Transfer, Unit
from members.models import Member
from timebank.models import Exchange

LINES_A_PAGE = 25


class StatementLine(NamedTuple):
    """One line as a member reads it."""

    day: date | datetime
    words: str
    with_whom: str
    change: int
    balance: int
    url: str


class StatementPage(NamedTuple):
    """A page of a statement, newest line first, and where the neighbouring pages start."""

    balance: int
    floor: int | None
    lines: list[StatementLine]
    newer: int | None
    older: int | None


def statement_page(member: Member, *, latest: int | None = None) -> StatementPage:
    """Read the page that starts at line `latest`; the newest page unless given."""
    account = Account.objects.standing(member, Unit.MINUTE)
    if account is None:
        return StatementPage(balance=0, floor=0, lines=[], newer=None, older=None)
    top = min(latest or account.sequence, account.sequence)
    lines = Transfer.objects.lines(account.account_id, latest=top, limit=LINES_A_PAGE)
    return StatementPage(
        balance=account.balance,
        floor=account.floor,
        lines=with_words(lines),
        newer=min(top + LINES_A_PAGE, account.sequence)
        if top < account.sequence
        else None,
        older=top - LINES_A_PAGE if top > LINES_A_PAGE else None,
    )


def with_words(lines: list[Line]) -> list[StatementLine]:
    """Put the rooms' words to the ledger's lines, in one query."""
    ids = [line.cause_id for line in lines if line.cause_kind == "exchange"]
    exchanges = Exchange.objects.select_related("giver", "receiver").in_bulk(ids)
    return [_with_words(line, exchanges.get(line.cause_id)) for line in lines]


def _with_words(line: Line, exchange: Exchange | None) -> StatementLine:
    if exchange is None:
        words = str(dict(Reason.choices).get(line.reason, line.reason))
        url = ""
        if line.cause_kind == "forgiveness":
            url = reverse("timebank:forgiveness", args=[line.cause_id])
        return StatementLine(line.at, words, "", line.change, line.balance, url)
    other = exchange.receiver if line.change > 0 else exchange.giver
    return StatementLine(
        day=exchange.helped_on,
        words=exchange.what,
        with_whom=other.name,
        change=line.change,
        balance=line.balance,
        url=exchange.get_absolute_url(),
    )
