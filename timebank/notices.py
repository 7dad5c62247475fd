"""What neighbours are told about hours."""

from django.utils.translation import gettext as _

from ledger.amounts import hours_in_words
from members.models import Member
from members.notices import in_language_of, notify
from timebank.models import Exchange


def exchange_recorded(exchange: Exchange) -> None:
    """Tell each side who did not write it down that hours moved."""
    for member in (exchange.giver, exchange.receiver):
        if member != exchange.recorded_by:
            _tell(member, exchange)


def _tell(member: Member, exchange: Exchange) -> None:
    with in_language_of(member):
        words = {
            "who": exchange.recorded_by,
            "hours": hours_in_words(exchange.minutes),
            "giver": exchange.giver,
        }
        notify(
            member,
            kind="exchange_recorded",
            subject=_("Hours were recorded with you"),
            headline=(
                _("%(who)s recorded %(hours)s of your help") % words
                if member == exchange.giver
                else _("%(who)s recorded %(hours)s of help from %(giver)s") % words
            ),
            template="timebank/notices/exchange_recorded.txt",
            context={"exchange": exchange, **words},
            about=exchange,
            at=exchange.recorded_at,
        )
