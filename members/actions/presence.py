"""Taking a member's row before something about their belonging changes."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from members.models import Member
from members.refusals import left


def present(member: Member, message: str | None = None) -> Member:
    """Take the member's row for this deed, and refuse where they have left meanwhile.

    `message` says what can't be done then, and names them by %(name)s.
    """
    found: Member = Member.objects.held(member.pk)
    if found.left_at:
        usual = _("%(name)s has left the network. A coordinator knows more.")
        raise left(found, message or usual)
    return found


def pseudonym(member: Member) -> str:
    """Say what stands for somebody who left: their number, and no name."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Former member %(number)s") % {"number": member.number}
