"""What belonging costs, for how long, and who has paid it; what else has a day to end."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from members import clock
from members.models import Member
from members.models.members import MemberQuerySet
from members.policies.register import InForce, Measure, Policy, declare, in_force

ROOM = _("Belonging")

MEMBERSHIP_SHARE = declare(
    Policy(
        name="membership_share",
        room=ROOM,
        label=_("The membership share"),
        about=_(
            "Paid once, and given back on leaving: it makes everybody a co-owner. At "
            "nothing, nobody is asked for one."
        ),
        measure=Measure.CENTS,
        default=0,
        most=1_000_000,
        source=_("Networks begin without one; co-operatives ask for 5 to 25 dollars."),
    )
)
DUES = declare(
    Policy(
        name="dues",
        room=ROOM,
        label=_("Dues"),
        about=_(
            "Paid for a time. At nothing, nobody is asked for dues. Who can't pay is let "
            "off by a decision, and belongs like everybody."
        ),
        measure=Measure.CENTS,
        default=0,
        most=1_000_000,
        source=_(
            "Networks begin without dues; others ask for 25 to 75 dollars a year."
        ),
    )
)
DUES_MONTHS = declare(
    Policy(
        name="dues_months",
        room=ROOM,
        label=_("Dues are for so many months"),
        about=_("A payment covers this time, from the day after the last one's end."),
        measure=Measure.COUNT,
        default=12,
        least=1,
        most=120,
        source=_("A year is what most ask for."),
    )
)
CREDENTIAL_WARNING_DAYS = declare(
    Policy(
        name="credential_warning",
        room=ROOM,
        label=_("Credentials: a word so many days before they end"),
        about=_(
            "Whoever may drive, keep keys and so on is told so early that it runs out."
        ),
        measure=Measure.DAYS,
        default=30,
        least=1,
        most=366,
        source=_("A month is enough to look into it again."),
    )
)


def rules_on(day: date) -> InForce:
    """Say the policies as they hold when a day ends."""
    return in_force(
        clock.moment_of(day + timedelta(days=1)) - timedelta(microseconds=1)
    )


def paid_up(day: date) -> MemberQuerySet:
    """Keep those who paid by a day what was asked for then; everybody if it was nothing."""
    rules = rules_on(day)
    found: MemberQuerySet = Member.objects.all().paid_up(
        day, share=rules[MEMBERSHIP_SHARE] > 0, dues=rules[DUES] > 0
    )
    return found


def behind(day: date) -> MemberQuerySet:
    """Keep those who are here and have not paid by a day all that was asked for then."""
    rules = rules_on(day)
    found: MemberQuerySet = Member.objects.present()
    return found.behind(day, share=rules[MEMBERSHIP_SHARE] > 0, dues=rules[DUES] > 0)


def is_paid_up(member: Member, day: date) -> bool:
    """Whether somebody had paid by a day what was asked for then."""
    return paid_up(day).filter(pk=member.pk).exists()
