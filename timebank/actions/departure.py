"""Somebody leaves: their hours are settled, and their account is closed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ledger.actions import set_limits, transfer
from ledger.models import COMMONS, Account, Reason, Unit
from members.acting import Acting
from members.keys import new_key
from members.models import Member
from timebank.settlement import HOURS, TO_COMMONS


def settle_hours(*, member: Member, by: Acting, choices: dict[str, str]) -> None:
    """Give what is above zero to the commons, and close the account for good.

    Runs within the deed of leaving. Whatever moved since the page was shown is settled
    with the rest; whoever fell below zero meanwhile can't leave yet.
    """
    balance = Account.objects.balance(member, Unit.MINUTE)
    if balance > 0:
        if choices.get(HOURS) != TO_COMMONS:
            raise ValidationError(
                _("Say what becomes of the hours above zero."), code="no_choice"
            )
        transfer(
            source=member,
            target=COMMONS,
            unit=Unit.MINUTE,
            amount=balance,
            reason=Reason.TO_COMMONS,
            by=by,
            key=new_key(),
        )
    try:
        set_limits(holder=member, unit=Unit.MINUTE, floor=0, closed=True, by=by)
    except ValidationError as refused:
        if refused.code != "not_empty":
            raise
        raise ValidationError(
            _(
                "The hours moved just now, so they are not at zero. Look at them again "
                "and send this once more."
            ),
            code="hours_moved",
        ) from None
