"""What a reader does with what they were told."""

from members import clock
from members.acting import Acting
from members.models import Notice


def mark_notices_read(*, by: Acting, latest: int) -> None:
    """Put away what was told up to the latest notice that the reader was shown."""
    shown = Notice.objects.visible_to(by.for_member).unread().filter(pk__lte=latest)
    shown.update(read_at=clock.now())
