"""What this room knows of one member, for them to take along."""

from django.utils.translation import gettext_lazy as _

from ledger.models import Account, Line, Transfer, Unit
from members.downloads import RECORDED, Part, Shelf
from members.models import Member
from timebank.models import Exchange, Forgiveness

SHELVES = [
    Shelf(
        "exchanges",
        _("Help that I gave and received"),
        Exchange,
        ("giver", "receiver"),
        (
            "id",
            ("giver", "giver__name"),
            ("receiver", "receiver__name"),
            "minutes",
            "what",
            "helped_on",
            *RECORDED,
        ),
    ),
    Shelf(
        "forgiveness",
        _("Hours that were forgiven"),
        Forgiveness,
        ("member",),
        (
            "id",
            "minutes",
            ("minutes_moved", "transfer__amount"),
            "words",
            "decision",
            "decision_url",
            ("seconded_by", "seconded_by__name"),
            "seconded_at",
            "withdrawn_at",
            *RECORDED,
        ),
    ),
]


def hours_known(member: Member) -> list[Part]:
    """Say this room's part: exchanges, what was forgiven, and every line in the books."""
    return [*(shelf.part_of(member) for shelf in SHELVES), _statement(member)]


def _statement(member: Member) -> Part:
    """Read the whole statement of hours, the oldest line first."""
    standing = Account.objects.standing(member, Unit.MINUTE)
    lines: list[Line] = []
    if standing:
        lines = Transfer.objects.lines(
            standing.account_id, latest=standing.sequence, limit=standing.sequence
        )
    rows = [
        {
            "line": line.sequence,
            "at": line.at,
            "reason": line.reason,
            "minutes": line.change,
            "balance": line.balance,
            "cause": line.cause_kind,
            "cause_id": str(line.cause_id) if line.cause_id else None,
        }
        for line in reversed(lines)
    ]
    return Part("statement", str(_("My statement of hours")), rows)
