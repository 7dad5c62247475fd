"""Doing what a link in a letter says."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from members import clock, permissions
from members.acting import Acting
from members.links import check_link
from members.models import ActionLink


@transaction.atomic
def follow_link(*, by: Acting, link: ActionLink) -> models.Model | None:
    """Do what the link says, once, and answer with the row that it is about.

    The deed itself notes whom it was done for. Where it is refused, the link stays good.
    """
    if not permissions.may_follow_link(by, link=link):
        raise PermissionDenied
    now = clock.now()
    # Nobody else locks links, so taking this one before the deed's own rows stops nobody.
    locked = ActionLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    locked.member.refresh_from_db()
    deed = check_link(locked, now)
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    return deed.run(by, locked.about)
