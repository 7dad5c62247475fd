"""The numbers that govern how somebody comes to belong."""

from django.utils.translation import gettext_lazy as _

from members.policies.register import Measure, Policy, declare

ROOM = _("Joining")

REFERENCES_ASKED = declare(
    Policy(
        name="references_asked",
        room=ROOM,
        label=_("People who vouch for somebody who applies"),
        about=_(
            "So many people who know them gladly vouch, before they are welcomed. Whoever "
            "comes by a member's invitation is vouched for by it."
        ),
        measure=Measure.COUNT,
        default=1,
        most=5,
        source=_(
            "Lehigh Valley's Community Exchange asks for two. One opens the talk without "
            "keeping away who is new in town."
        ),
    )
)
ANSWER_WITHIN_DAYS = declare(
    Policy(
        name="answer_within_days",
        room=ROOM,
        label=_("An application is answered within"),
        about=_("What waits longer is marked as late for those who welcome."),
        measure=Measure.DAYS,
        default=30,
        least=1,
        most=366,
        source=_("Dane County TimeBank reaches new members within one month."),
    )
)
INVITATION_DAYS = declare(
    Policy(
        name="invitation_days",
        room=ROOM,
        label=_("An invitation can be taken up for"),
        about=_("Afterwards one asks for another, or applies without."),
        measure=Measure.DAYS,
        default=60,
        least=1,
        most=366,
        source=_("A slip may lie on a kitchen table for a while."),
    )
)
INVITATIONS_A_MONTH = declare(
    Policy(
        name="invitations_a_month",
        room=ROOM,
        label=_("Invitations by one member in thirty days"),
        about=_(
            "So that nobody's name is used to write to strangers. A coordinator can "
            "invite many at once."
        ),
        measure=Measure.COUNT,
        default=20,
        most=1000,
        source=_("More than most of us have friends in the street."),
    )
)
APPLY_SECONDS = declare(
    Policy(
        name="apply_seconds",
        room=ROOM,
        label=_("Seconds that it takes to fill in the form, at the least"),
        about=_("Programs that send rubbish are quicker than people."),
        measure=Measure.COUNT,
        default=3,
        most=60,
        source=_("Nobody types a name and an address in less."),
    )
)
APPLY_AN_HOUR_FROM_ONE_PLACE = declare(
    Policy(
        name="apply_an_hour_from_one_place",
        room=ROOM,
        label=_("Applications in an hour from one connection"),
        about=_("A library or a community centre may share one among many people."),
        measure=Measure.COUNT,
        default=10,
        least=1,
        most=1000,
        source=_("An information evening with ten newcomers."),
    )
)
APPLY_AN_HOUR = declare(
    Policy(
        name="apply_an_hour",
        room=ROOM,
        label=_("Applications in an hour from everywhere"),
        about=_("More than that is no crowd of neighbours, but a flood of rubbish."),
        measure=Measure.COUNT,
        default=60,
        least=1,
        most=10_000,
        source=_("A guard against floods of rubbish."),
    )
)
APPLICATIONS_KEPT_DAYS = declare(
    Policy(
        name="applications_kept_days",
        room=ROOM,
        label=_("What somebody wrote who did not join is kept for"),
        about=_(
            "Afterwards only that somebody asked, and when, is known: no name, no "
            "address, no words, and nobody who was named to vouch."
        ),
        measure=Measure.DAYS,
        default=366,
        least=30,
        most=3660,
        source=_("A year and a day: long enough to ask again."),
    )
)
