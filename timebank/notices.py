"""What neighbours are told about hours."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.amounts import hours_in_words
from members.models import Member
from members.notices import Kind, declare, in_language_of, notify
from timebank.models import Exchange

EXCHANGE_RECORDED = declare(
    Kind("exchange_recorded", gettext_lazy("A neighbour recorded hours with me"))
)


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
            "receiver": exchange.receiver,
        }
        notify(
            member,
            kind=EXCHANGE_RECORDED,
            subject=_("Hours were recorded with you"),
            headline=_headline(member, exchange) % words,
            template="timebank/notices/exchange_recorded.txt",
            context={"exchange": exchange, **words},
            about=exchange,
            at=exchange.recorded_at,
        )


def _headline(member: Member, exchange: Exchange) -> str:
    """Say it as one would to this reader: they know who they are."""
    if exchange.recorded_by == exchange.receiver:
        return _("%(who)s recorded %(hours)s of your help")
    if exchange.recorded_by == exchange.giver:
        return _("%(who)s recorded %(hours)s of help for you")
    if member == exchange.receiver:
        return _("%(who)s recorded %(hours)s of help that %(giver)s gave you")
    return _("%(who)s recorded %(hours)s of your help for %(receiver)s")
