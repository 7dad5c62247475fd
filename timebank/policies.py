"""The numbers that govern hours. The network may decide others; these hold until then."""

from django.utils.translation import gettext_lazy as _

from members.policies import Measure, Policy, declare

ROOM = _("Hours")

QUARTER = declare(
    Policy(
        name="exchange_step",
        room=ROOM,
        label=_("Hours are counted in steps of"),
        about=_("Help is recorded in whole steps of this many minutes."),
        measure=Measure.MINUTES,
        default=15,
        least=1,
        most=60,
        source=_("Quarter hours are what most timebanks count."),
    )
)
LONGEST = declare(
    Policy(
        name="longest_exchange",
        room=ROOM,
        label=_("The longest single record of help"),
        about=_(
            "More than this is recorded in several parts, so that slips are noticed."
        ),
        measure=Measure.MINUTES,
        default=100 * 60,
        least=60,
        most=1000 * 60,
        source=_("A guard against slips of the keyboard."),
    )
)
OLDEST = declare(
    Policy(
        name="oldest_exchange",
        room=ROOM,
        label=_("Help can be recorded for so long afterwards"),
        about=_("What happened longer ago is entered by a coordinator."),
        measure=Measure.DAYS,
        default=366,
        least=1,
        most=3660,
        source=_("A year and a day."),
    )
)
OPENING_FLOOR = declare(
    Policy(
        name="opening_floor",
        room=ROOM,
        label=_("How far below zero everybody may go"),
        about=_(
            "So many hours may be received before any were given, so that nobody must "
            "earn first. Limits that were agreed with one member alone stay as they are."
        ),
        measure=Measure.MINUTES,
        default=20 * 60,
        most=10_000 * 60,
        source=_(
            "Peers set 10 to 20 hours; one that starts at zero keeps newcomers away."
        ),
    )
)
WELCOME_MINUTES = declare(
    Policy(
        name="welcome_minutes",
        room=ROOM,
        label=_("Hours that the commons gives a newcomer"),
        about=_("Given once, with the welcome, out of the commons."),
        measure=Measure.MINUTES,
        default=0,
        most=100 * 60,
        source=_("Some networks give two hours for the orientation, others none."),
    )
)
COMMONS_FLOOR = declare(
    Policy(
        name="commons_floor",
        room=ROOM,
        label=_("How far below zero the commons may go"),
        about=_(
            "The commons gives welcome hours and takes over what is forgiven; neighbours "
            "pass hours on to it."
        ),
        measure=Measure.MINUTES,
        default=1000 * 60,
        most=1_000_000 * 60,
        source=_("A guard; the network watches it on the page of the books."),
    )
)
