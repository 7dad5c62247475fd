"""A new e-mail address: confirmed from a letter to it, or told to a coordinator."""

import hashlib
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.sign_in import SIGNING_IN, refuse_whoever_carries_a_task
from members.deeds import deed
from members.models import ActionLink, Channel, Member
from members.models.links import ABOUT
from members.notices import in_language_of, write_to
from members.refusals import beside

CONFIRM = "confirm_email"
SALT = "members.email"
CONFIRM_WITHIN = timedelta(days=2)


@transaction.atomic
def ask_for_new_email(*, by: Acting, email: str) -> None:
    """Write to a new address, one's own or one's organisation's: it counts once answered.

    Whether somebody here has the address already, only its reader is told.
    """
    member = by.for_member
    if not permissions.may_change_email(by, member=member):
        raise PermissionDenied
    email = _checked(email, member)
    if Member.objects.filter(email=email).exists():
        _write(member, email, "email_is_in_use")
        return
    now = clock.now()
    _end_links(member)
    link = ActionLink.objects.create(
        member=member,
        deed=CONFIRM,
        about=_digest(email),
        made_at=now,
        expires_at=now + CONFIRM_WITHIN,
    )
    token = signing.dumps([link.pk.hex, email], salt=SALT, compress=True)
    _write(
        member, email, "confirm_email", reverse("members:confirm-email", args=[token])
    )


def read_email_link(token: str) -> tuple[ActionLink, str]:
    """Say which link it is and which address it confirms, or refuse one that is spent."""
    try:
        number, email = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise _spent() from None
    link = ActionLink.objects.filter(
        pk=number, deed=CONFIRM, used_at__isnull=True, about=_digest(email)
    ).first()
    if link is None or link.expires_at <= clock.now() or link.member.left_at:
        raise _spent()
    return link, email


@transaction.atomic
def confirm_email(*, token: str) -> Member:
    """Use the address that a letter was answered from. Works once."""
    link, email = read_email_link(token)
    member = Member.objects.held(link.member_id)
    read_email_link(token)
    by = Acting(member, member, Channel.LETTER)
    return change_email(by=by, member=member, email=email)


@deed(words=gettext_lazy("changed the e-mail address"))
def change_email(*, by: Acting, member: Member, email: str) -> Member:
    """Write down a member's new address: confirmed by a letter, or told by phone."""
    if not permissions.may_change_email(by, member=member):
        raise PermissionDenied
    assert by.for_member == member
    locked: Member = Member.objects.held(member.pk)
    if by.is_for_another:
        if by.channel == Channel.WEB:
            # A steward's word is no letter from that address: see `ask_for_new_email`.
            raise PermissionDenied
        refuse_whoever_carries_a_task(locked)
    before, locked.email = locked.email, _checked(email, locked)
    try:
        with transaction.atomic():
            locked.save(update_fields=["email"])
    except IntegrityError:
        raise beside(
            "email",
            _("Somebody here has this e-mail address already. Use another one."),
            "email_taken",
        ) from None
    # What allauth may have kept of the old one would open the door with it.
    EmailAddress.objects.filter(user=locked).delete()
    _end_links(locked)
    if before:
        _write(locked, before, "email_changed")
    return locked


def _checked(email: str, member: Member) -> str:
    """Read an address as it is kept; refuse what is none, or is theirs already."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise beside(
            "email", _("This is no e-mail address. Look for a slip in it."), "invalid"
        ) from None
    if email == member.email:
        raise beside("email", _("This is the address that we have already."), "same")
    return email


def _end_links(member: Member) -> None:
    """What was asked for before is overtaken."""
    member.action_links.filter(deed=CONFIRM, used_at__isnull=True).update(
        used_at=clock.now()
    )


def _write(member: Member, address: str, template: str, path: str = "") -> None:
    with in_language_of(member):
        write_to(
            address,
            name=member.first_name,
            kind=SIGNING_IN,
            subject=_("About your e-mail address"),
            template=f"members/notices/{template}.txt",
            context={"member": member},
            path=path,
        )


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:ABOUT]


def _spent() -> ValidationError:
    return ValidationError(
        _(
            "This link no longer works: it was used already, or it is too old. Sign in and "
            "ask for a new letter."
        ),
        code="link_spent",
    )
