"""The numbers that govern letters: when they rest, when they come, how long they are kept."""

from django.utils.translation import gettext_lazy as _

from members.policies.register import Measure, Policy, declare

ROOM = _("Notices and letters")

LINK_DAYS = declare(
    Policy(
        name="link_days",
        room=ROOM,
        label=_("How long a link in a letter does what it says"),
        about=_("Afterwards one signs in and does it on the page itself."),
        measure=Measure.DAYS,
        default=14,
        least=1,
        most=90,
        source=_(
            "Long enough for a fortnight away; a letter that lies about is stale."
        ),
    )
)
QUIET_FROM = declare(
    Policy(
        name="quiet_from",
        room=ROOM,
        label=_("Letters rest from"),
        about=_(
            "For everybody who chose no other hours; the clock is the network's. What "
            "nobody can go without comes at once all the same."
        ),
        measure=Measure.HOUR_OF_DAY,
        default=0,
        most=23,
        source=_("No rest: a letter is no telephone call, and some of it is pressing."),
    )
)
QUIET_UNTIL = declare(
    Policy(
        name="quiet_until",
        room=ROOM,
        label=_("Letters rest until"),
        about=_(
            "What came up at night is sent then. The same hour twice means no rest."
        ),
        measure=Measure.HOUR_OF_DAY,
        default=0,
        most=23,
        source=_("No rest, unless the network or the reader says so."),
    )
)
DIGEST_HOUR = declare(
    Policy(
        name="digest_hour",
        room=ROOM,
        label=_("Collected letters come at"),
        about=_("For everybody who chose no other hour."),
        measure=Measure.HOUR_OF_DAY,
        default=8,
        most=23,
        source=_("With the first coffee."),
    )
)
DIGEST_WEEKDAY = declare(
    Policy(
        name="digest_weekday",
        room=ROOM,
        label=_("The weekly letter comes on"),
        about=_("For everybody who chose no other day. 0 is Monday, 6 is Sunday."),
        measure=Measure.COUNT,
        default=0,
        most=6,
        source=_("A week is planned on its first day."),
    )
)
LETTERS_KEPT_DAYS = declare(
    Policy(
        name="letters_kept_days",
        room=ROOM,
        label=_("Letters are kept for"),
        about=_("Afterwards they are deleted, sent or not, and so are their links."),
        measure=Measure.DAYS,
        default=30,
        least=7,
        most=366,
        source=_("Long enough to answer “I never got it”, and no longer."),
    )
)
NOTICES_KEPT_DAYS = declare(
    Policy(
        name="notices_kept_days",
        room=ROOM,
        label=_("Notices are kept for"),
        about=_(
            "Afterwards they are deleted; what they told of stays on its own page."
        ),
        measure=Measure.DAYS,
        default=366,
        least=30,
        most=3660,
        source=_("A year and a day."),
    )
)
