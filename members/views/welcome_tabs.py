"""The ways among the pages of those who welcome."""

from django.urls import reverse
from django.utils.translation import gettext as _

from members import permissions
from members.acting import Acting
from members.models import Member


def tabs(member: Member) -> list[tuple[str, str]]:
    """Say which of these pages somebody may open, as `parts/_tabs.html` shows them."""
    by = Acting.as_oneself(member)
    found = []
    if permissions.may_answer_application(by):
        found = [
            (reverse("members:applications"), _("Waiting")),
            (reverse("members:answered-applications"), _("Answered")),
            (reverse("members:invite-many"), _("Invite many")),
        ]
    if permissions.may_set_orientation(by):
        found.append((reverse("members:orientation"), _("Orientation")))
    if permissions.may_set_places(by):
        found += [
            (reverse("members:neighbourhoods"), _("Neighbourhoods")),
            (reverse("members:households"), _("Households")),
        ]
    return found
