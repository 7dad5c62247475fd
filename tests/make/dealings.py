"""What is done for others, and what they say to it."""

from members.acting import Acting
from members.actions import contest_deed
from members.models import Channel, DeedForAnother, Member
from tests.make.hours import exchange
from tests.make.people import coordinator, organisation, second_coordinator
from tests.make.values import acting


def done_for(member: Member, by: Member | None = None) -> DeedForAnother:
    """Something that a coordinator wrote down for a member who phoned."""
    exchange(
        member,
        organisation("Library"),
        by=Acting(by or coordinator(), member, Channel.PHONE),
    )
    return DeedForAnother.objects.filter(recorded_for=member).latest("pk")


def contested(member: Member) -> DeedForAnother:
    """The same, once the member said that it is not right."""
    return contest_deed(
        by=acting(member),
        contested=done_for(member, by=second_coordinator()),
        words="It was one hour.",
    )
