"""What a reader does with what they were told."""

from members import clock
from members.acting import Acting
from members.models import Notice


def mark_notices_read(*, by: Acting) -> None:
    """Put away everything that was told so far."""
    Notice.objects.visible_to(by.for_member).unread().update(read_at=clock.now())
