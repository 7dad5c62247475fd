"""What a member who leaves holds in hours."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.amounts import hours_in_words
from ledger.models import Account, Unit
from members.models import Member
from members.settlement import Holding

# How hours above zero are settled; passing them on to a neighbour will stand beside it.
HOURS = "hours"
TO_COMMONS = "commons"


def hours_held(member: Member) -> list[Holding]:
    """Hours above zero go to the commons; hours below zero are forgiven first."""
    balance = Account.objects.balance(member, Unit.MINUTE)
    hours = hours_in_words(balance)
    give, obstacle, settled_by = "", "", ""
    if balance > 0:
        give = _("Give %(hours)s to the commons, for whoever needs help")
    elif balance < 0:
        obstacle = _(
            "Help neighbours until the hours are back at zero, or ask a coordinator: two "
            "of them can decide together that the commons takes them over."
        )
    else:
        settled_by = _("The account of hours is closed.")
    return [
        Holding(
            kind=HOURS,
            what=_("Hours"),
            amount=hours,
            settled_by=settled_by,
            obstacle=obstacle,
            url=reverse("timebank:statement-of", args=[member.pk]),
            choices=((TO_COMMONS, give % {"hours": hours}),) if give else (),
        )
    ]
