"""What neighbours are told about hours."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.amounts import hours_in_words
from members.acting import Acting
from members.models import Member, Role, RoleGrant
from members.notices import Kind, declare, in_language_of, notify
from timebank import permissions
from timebank.models import Exchange, Forgiveness

EXCHANGE_RECORDED = declare(
    Kind("exchange_recorded", gettext_lazy("A neighbour recorded hours with me"))
)

FORGIVENESS_PROPOSED = declare(
    Kind(
        "forgiveness_proposed",
        gettext_lazy("A coordinator proposes to forgive somebody's hours"),
        for_roles=frozenset({Role.COORDINATOR}),
    )
)
HOURS_FORGIVEN = declare(
    Kind("hours_forgiven", gettext_lazy("My hours below zero were forgiven"))
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


def forgiveness_proposed(proposed: Forgiveness) -> None:
    """Tell the coordinators who may second it that a proposal waits for one of them."""
    grants = RoleGrant.objects.in_force().filter(role=Role.COORDINATOR)
    for grant in grants.select_related("member").order_by("member_id"):
        reader = grant.member
        if reader == proposed.recorded_by or not permissions.may_decide_forgiveness(
            Acting.as_oneself(reader), member=proposed.member
        ):
            continue
        with in_language_of(reader):
            words = {
                "who": proposed.recorded_by,
                "name": proposed.member,
                "hours": hours_in_words(proposed.minutes),
            }
            notify(
                reader,
                kind=FORGIVENESS_PROPOSED,
                subject=_("A second coordinator is asked for"),
                headline=_("%(who)s proposes to forgive %(name)s %(hours)s") % words,
                template="timebank/notices/forgiveness_proposed.txt",
                context={"forgiveness": proposed, **words},
                about=proposed,
                at=proposed.recorded_at,
            )


def hours_forgiven(forgiveness: Forgiveness) -> None:
    """Tell a member that their hours are at zero again, and that nobody minds."""
    reader, moved = forgiveness.member, forgiveness.transfer
    assert moved is not None, "forgiveness_moves_once_seconded"
    with in_language_of(reader):
        words = {"hours": hours_in_words(moved.amount)}
        notify(
            reader,
            kind=HOURS_FORGIVEN,
            subject=_("Your hours are at zero again"),
            headline=_("The commons took over %(hours)s for you") % words,
            template="timebank/notices/hours_forgiven.txt",
            context={"forgiveness": forgiveness, **words},
            about=forgiveness,
            at=moved.at,
        )
