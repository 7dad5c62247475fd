"""What stands in letters."""

from members.acting import Acting
from members.actions import mark_notices_read
from members.links import LinkDeed, declare_link, link_for
from members.models import Letter, Member
from members.notices import stop_path


def _read(by: Acting, about: str) -> None:
    mark_notices_read(by=by, latest=int(about))


# The smallest deed that a link can do: put away what one was told.
READ_IT = declare_link(
    LinkDeed(
        name="read_it",
        title="Put it away",
        words="The notice is marked as read.",
        action="Yes, put it away",
        run=_read,
        done="It is put away.",
    )
)


def link(member: Member, **words) -> str:
    """The path of a link that puts a member's latest notice away."""
    latest = member.notices.latest("pk").pk
    return link_for(member, READ_IT, **{"about": latest} | words)


def stop_token(member: Member) -> str:
    """What a letter about hours holds to stop its kind."""
    path = stop_path(Letter(member=member, kind="exchange_recorded"))
    return path.removeprefix("/notices/stop/").rstrip("/")
