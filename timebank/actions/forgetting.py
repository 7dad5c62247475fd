"""Somebody is forgotten: the words about their help go, the hours stay in the books."""

from django.db.models import Q
from django.utils.translation import gettext as _

from members.mentions import Mentions
from members.models import Member
from timebank.models import Exchange, Forgiveness


def forget_words(*, member: Member, mentions: Mentions) -> None:
    """Put neutral words in the place of what was said about a member's help and hours."""
    mentions.erase_in("timebank")
    theirs = Exchange.objects.filter(Q(giver=member) | Q(receiver=member))
    theirs.update(what=_("Help between neighbours"))
    Forgiveness.objects.filter(member=member).update(words=_("Words that were erased"))
