"""Recording help that was given."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.actions import transfer
from ledger.actions.refusals import refusal
from ledger.amounts import hours_in_words
from ledger.models import Cause, Reason, Unit
from members import clock
from members.acting import Acting
from members.deeds import deed
from members.models import Member
from members.policies import InForce, in_force
from members.refusals import beside, left
from timebank import notices, permissions
from timebank.models import Exchange
from timebank.policies import LONGEST, OLDEST, QUARTER


@deed(words=gettext_lazy("recorded hours"))
def record_exchange(
    *,
    by: Acting,
    giver: Member,
    receiver: Member,
    minutes: int,
    what: str,
    helped_on: date,
    key: UUID,
    at: datetime | None = None,
) -> Exchange:
    """Record help that was given, and move its minutes from receiver to giver.

    The same key with the same content answers with the same exchange: no second row, no
    second letter. `at` is the moment in the books, now unless given.
    """
    people = {"giver": giver, "receiver": receiver}
    if not permissions.may_record_exchange(by, **people):
        raise PermissionDenied
    _check_minutes(minutes, rules := in_force(at))
    moved = transfer(
        source=receiver,
        target=giver,
        unit=Unit.MINUTE,
        amount=minutes,
        reason=Reason.EXCHANGE,
        cause=Cause("exchange", key),
        by=by,
        key=key,
        at=at,
    )
    if not moved.is_new:
        return _as_recorded_before(key, what, helped_on)
    _check_facts(people.values(), helped_on, at, rules)
    exchange = Exchange.objects.create(
        id=key,
        **people,
        minutes=minutes,
        what=what,
        helped_on=helped_on,
        transfer=moved,
        **by.recorded(moved.at),
    )
    notices.exchange_recorded(exchange)
    return exchange


def _as_recorded_before(key: UUID, what: str, helped_on: date) -> Exchange:
    """Answer a form that was sent before. What was done stands, whatever changed since."""
    exchange = Exchange.objects.get(pk=key)
    if (exchange.what, exchange.helped_on) != (what, helped_on):
        raise refusal("key_reused")
    return exchange


def _check_facts(
    people: Iterable[Member], helped_on: date, at: datetime | None, rules: InForce
) -> None:
    """People who belong, and a day that has been and is not forgotten."""
    for member in people:
        if member.left_at:
            raise left(
                member,
                _(
                    "%(name)s has left the network, so no hours can move. A coordinator knows more."
                ),
            )
    today = clock.day_of(at) if at else clock.today()
    if helped_on > today:
        raise beside(
            "helped_on",
            _("That day is still to come. Record the help once it was given."),
            "in_future",
        )
    if helped_on < today - timedelta(days=rules[OLDEST]):
        raise beside(
            "helped_on",
            _("That is too long ago to record here. A coordinator can help with it."),
            "too_long_ago",
        )


def _check_minutes(minutes: int, rules: InForce) -> None:
    """Whole steps (quarter hours), and not a fortnight at once."""
    step, longest = rules[QUARTER], rules[LONGEST]
    if minutes <= 0 or minutes % step:
        raise beside(
            "minutes",
            _("Hours are counted in steps of %(step)s.")
            % {"step": hours_in_words(step)},
            "not_in_quarters",
        )
    if minutes > longest:
        raise beside(
            "minutes",
            _("That is more than %(most)s. Record it in several parts.")
            % {"most": hours_in_words(longest)},
            "too_long",
        )
