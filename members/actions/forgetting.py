"""Forgetting somebody who left: their name and words go, the books stay whole."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import pseudonym
from members.deeds import deed
from members.keys import new_key
from members.mentions import Mentions
from members.models import (
    Application,
    Block,
    DeedForAnother,
    FormerContact,
    Invitation,
    Letter,
    LifeStep,
    Member,
    Message,
    NameChange,
    Notice,
    NoticeChoice,
    NoticeHours,
    Opened,
    Scan,
    Signature,
    SignInCode,
    Step,
)
from members.policies import in_force
from members.policies.life import FORMER_CONTACT_DAYS
from members.signals import member_forgotten


@deed(words=gettext_lazy("erased the name and the words of somebody who left"))
def forget_member(*, by: Acting, member: Member) -> Member:
    """Erase the name and the words of somebody who left. It can't be undone.

    Hours, money and votes stay in the books, under "Former member" and a number.
    """
    if not permissions.may_forget_member(by):
        raise PermissionDenied
    found: Member = Member.objects.held(member.pk)
    if not found.left_at:
        raise ValidationError(
            _("%(name)s still belongs. Whoever leaves can be forgotten."),
            code="not_left",
            params={"name": found},
        )
    if found.forgotten_at:
        raise ValidationError(
            _("They were forgotten before. Nothing of their words is left."),
            code="forgotten_before",
        )
    erase(member=found, by=by, now=clock.now())
    return found


def forget_former_contacts() -> int:
    """Delete how those could be reached who left long ago; say how many they were."""
    kept = timedelta(days=in_force()[FORMER_CONTACT_DAYS])
    old = FormerContact.objects.filter(member__left_at__lt=clock.now() - kept)
    return old.delete()[0]


def erase(*, member: Member, by: Acting, now: datetime) -> None:
    """Erase it, in every room, within the deed that asks for it."""
    sought = _sought(member)
    member_forgotten.send(sender=Member, member=member, by=by, mentions=sought)
    _erase_own_rows(member)
    _erase_joining(member, sought, now)
    _erase_signatures(member, sought)
    _erase_mentions(sought)
    member.name, member.email = pseudonym(member), None
    member.forgotten_at = now
    member.save(update_fields=["name", "email", "forgotten_at"])
    LifeStep.objects.create(member=member, step=Step.FORGOTTEN, **by.recorded(now))


def _sought(member: Member) -> Mentions:
    """Say what is known of how they were called, and where they could be reached."""
    names = {member.name}
    names |= set(
        NameChange.objects.filter(member=member).values_list("name", flat=True)
    )
    contacts = {member.email}
    applications = Application.objects.filter(member=member)
    for name, email, phone in applications.values_list("name", "email", "phone"):
        names.add(name)
        contacts |= {email, phone}
    former = FormerContact.objects.filter(member=member).first()
    if former:
        names.add(former.name)
        contacts |= {former.email, former.phone, former.address, former.emergency}
    instead = pseudonym(member)
    return Mentions(
        names=frozenset(names - {"", instead}),
        contacts=frozenset(one for one in contacts if one),
        instead=instead,
    )


def _erase_own_rows(member: Member) -> None:
    """What was theirs alone goes; what they wrote to others loses its words."""
    # Some of these are told by name alone, so that they read as a list.
    own: list[Any] = [
        Notice, NoticeChoice, NoticeHours, Opened, SignInCode, FormerContact, NameChange
    ]  # fmt: skip
    for model in own:
        model.objects.filter(member=member).delete()
    Letter.objects.filter(member=member).delete()
    Block.objects.filter(member=member).delete()
    Message.objects.filter(sender=member).update(words="")
    DeedForAnother.objects.filter(recorded_for=member).update(contest="", answer="")


def _erase_joining(member: Member, sought: Mentions, now: datetime) -> None:
    """How they came here, and whom they asked to come: the rows stay, without words."""
    emails = Q()
    for one in sought.contacts:
        emails |= Q(email__iexact=one)
    answered = Application.objects.filter(
        Q(member=member) | (emails & Q(answered_at__isnull=False))
    )
    answered.blank()
    theirs = Invitation.objects.filter(Q(recorded_for=member) | emails)
    for invitation in theirs:
        # A slip's code that nobody holds stands where the address stood.
        invitation.name, invitation.email, invitation.words = "", None, ""
        invitation.code_hash = hashlib.sha256(new_key().bytes).hexdigest()
        if not invitation.accepted_at:
            invitation.withdrawn_at = invitation.withdrawn_at or now
        invitation.save()
    for one in sought.contacts:
        Letter.objects.filter(address__iexact=one).delete()


def _erase_signatures(member: Member, sought: Mentions) -> None:
    """That they signed stays; the name they typed and the picture of their hand go."""
    theirs = Signature.objects.filter(
        Q(member=member) | Q(typed_name__in=sought.names, recorded_for=member)
        | Q(typed_name__in=sought.names, recorded_by=member)
    )  # fmt: skip
    scans = list(theirs.exclude(scan=None).values_list("scan", flat=True))
    theirs.update(typed_name="", scan=None)
    Scan.objects.filter(pk__in=scans).delete()


def _erase_mentions(sought: Mentions) -> None:
    """What others were told of them becomes the neutral line that stood outside."""
    told = Notice.objects.filter(sought.met_in("headline", "text"))
    told.update(headline=F("subject"), text=F("subject"))
    Letter.objects.filter(sought.met_in("text")).update(text=F("subject"))
    sought.erase_in("members", but=(Signature,))
