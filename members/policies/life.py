"""The numbers that govern the life of a membership: silence, and what follows from it."""

from django.utils.translation import gettext_lazy as _

from members.policies.register import Measure, Policy, declare

ROOM = _("Belonging")

DORMANT_AFTER_DAYS = declare(
    Policy(
        name="dormant_after_days",
        room=ROOM,
        label=_("We ask after somebody who was silent for"),
        about=_(
            "Whoever neither signed in nor exchanged help for so long is asked whether "
            "they are still with us. Nobody is removed by this number."
        ),
        measure=Measure.DAYS,
        default=365,
        least=30,
        most=3650,
        source=_(
            "Dane County Timebank looks again after two idle years; we ask after one."
        ),
    )
)
NEWCOMER_AFTER_DAYS = declare(
    Policy(
        name="newcomer_after_days",
        room=ROOM,
        label=_("We ask after newcomers who exchanged nothing for"),
        about=_(
            "A newcomer without a first exchange is called once, to find it together."
        ),
        measure=Measure.DAYS,
        default=30,
        least=1,
        most=365,
        source=_("Dane County Timebank calls its newcomers within a month."),
    )
)
FORMER_CONTACT_DAYS = declare(
    Policy(
        name="former_contact_days",
        room=ROOM,
        label=_("Name and address of those who left are kept for"),
        about=_(
            "Apart from everything else, for coordinators alone: should something be left "
            "to settle, or should they want to be forgotten. Then they are deleted."
        ),
        measure=Measure.DAYS,
        default=366,
        least=0,
        most=3660,
        source=_("A year: by then the last dues and the last notices are old, too."),
    )
)
CONTACT_AGAIN_DAYS = declare(
    Policy(
        name="contact_again_days",
        room=ROOM,
        label=_("Asked once, we ask again after"),
        about=_("Until then they don't stand in the list of those to be asked."),
        measure=Measure.DAYS,
        default=30,
        least=1,
        most=365,
        source=_(
            "A month is time enough to answer, and short enough to be remembered."
        ),
    )
)
