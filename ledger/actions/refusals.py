"""What the doors answer when they don't open, in members' words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "below_floor": _(
        "That would go further below zero than is agreed. Help somebody first, "
        "record less, or talk with a coordinator: the limit can be looked at together."
    ),
    "above_ceiling": _(
        "That would go further above zero than is agreed. Ask for some help first, "
        "pass hours on, or talk with a coordinator."
    ),
    "account_closed": _(
        "One of the two accounts is closed, so nothing can move there. "
        "A coordinator knows more."
    ),
    "same_account": _("Giver and receiver are the same. Choose two different people."),
    "key_reused": _(
        "This form was already sent with other words in it, and that stands. "
        "Look at your statement; to record something more, open a fresh form."
    ),
    "in_future": _("That moment is still to come. Record it once it has happened."),
    "too_early": _(
        "The books already go on from a later moment, so nothing can be written "
        "before it. Record it as of today."
    ),
    "unknown_recorder": _(
        "Whoever writes this down has no account here. A coordinator can open one."
    ),
    "amount": _("That is not an amount that can be moved."),
    "already_reversed": _("That was reversed before. Once is enough."),
    "not_its_reversal": _("That isn't the other way round of what is being reversed."),
    "reversal_of_reversal": _(
        "A reversal isn't reversed again. Record what happened as something new."
    ),
    "floor_above_ceiling": _("The lower limit would lie above the upper one."),
    "not_empty": _("The account isn't at zero yet, so it can't be closed."),
}


def refusal(code: str, *, place: int = 1) -> ValidationError:
    """Say kindly why the books did not change; of a batch, at which place (from 1)."""
    return ValidationError(REFUSALS[code], code=code, params={"place": place})
