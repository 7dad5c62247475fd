"""Sample letters about hours, for those who build."""

from members import clock
from members.keys import new_key
from members.models import Channel, Member
from members.notices import Sample, declare_sample
from timebank.models import Exchange, Forgiveness
from timebank.notices import (
    EXCHANGE_RECORDED,
    FORGIVENESS_PROPOSED,
    HOURS_FORGIVEN,
)

EDNA = Member(pk=1, name="Edna Moreau")
ROSA = Member(pk=2, name="Rosa Alvarez")
BEN = Member(pk=3, name="Ben de Vries")


@declare_sample
def exchange_recorded() -> Sample:
    """A neighbour recorded hours with Edna."""
    exchange = Exchange(
        id=new_key(),
        giver=EDNA,
        receiver=BEN,
        minutes=120,
        what="Mended a bicycle",
        helped_on=clock.today(),
        recorded_by=BEN,
        recorded_for=BEN,
        channel=Channel.WEB,
        recorded_at=clock.now(),
    )
    return Sample(
        EXCHANGE_RECORDED,
        subject="Hours were recorded with you",
        headline="Ben de Vries recorded 2 h of your help",
        template="timebank/notices/exchange_recorded.txt",
        context={
            "member": EDNA,
            "exchange": exchange,
            "who": BEN,
            "hours": "2 h",
            "giver": EDNA,
            "receiver": BEN,
        },
        path=exchange.get_absolute_url(),
    )


def _forgiveness() -> Forgiveness:
    return Forgiveness(
        id=new_key(),
        member=BEN,
        minutes=600,
        words="He was ill for a year.",
        recorded_by=ROSA,
        seconded_by=EDNA,
    )


@declare_sample
def forgiveness_proposed() -> Sample:
    """A second coordinator is asked for."""
    return Sample(
        FORGIVENESS_PROPOSED,
        subject="A second coordinator is asked for",
        headline="Rosa Alvarez proposes to forgive Ben de Vries 10 h",
        template="timebank/notices/forgiveness_proposed.txt",
        context={
            "forgiveness": _forgiveness(),
            "who": ROSA,
            "name": BEN,
            "hours": "10 h",
        },
    )


@declare_sample
def hours_forgiven() -> Sample:
    """Hours below zero were forgiven."""
    return Sample(
        HOURS_FORGIVEN,
        subject="Your hours are at zero again",
        headline="The commons took over 10 h for you",
        template="timebank/notices/hours_forgiven.txt",
        context={"forgiveness": _forgiveness(), "hours": "10 h"},
    )
