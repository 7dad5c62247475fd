"""The numbers that keep members' addresses and their peace safe."""

from django.utils.translation import gettext_lazy as _

from members.policies.register import Measure, Policy, declare

ROOM = _("People")

OPENINGS_AN_HOUR = declare(
    Policy(
        name="openings_an_hour",
        room=ROOM,
        label=_("Phone numbers and addresses that one person may open in an hour"),
        about=_(
            "Whoever opens one after another may be copying them. Everybody sees who "
            "opened theirs."
        ),
        measure=Measure.COUNT,
        default=30,
        least=1,
        most=1000,
        source=_("A busy hour at the telephone takes about twenty."),
    )
)
MESSAGES_A_DAY = declare(
    Policy(
        name="messages_a_day",
        room=ROOM,
        label=_("Messages that one member may send in a day"),
        about=_("Enough for a lively day, too few for advertising."),
        measure=Measure.COUNT,
        default=60,
        least=1,
        most=10_000,
        source=_("A guard against advertising."),
    )
)
