"""How members ask others to join: by a letter, on a slip, or a whole list at once."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet, TextChoices
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions import joining_letters as letters
from members.actions.applications import belongs
from members.deeds import deed
from members.keys import new_key
from members.models import Invitation, InvitationState, Member
from members.plain_text import check_lines, check_name
from members.policies import InForce, in_force
from members.policies.joining import INVITATION_DAYS, INVITATIONS_A_MONTH
from members.refusals import beside

SIGNER = Signer(salt="members.invitation")
# Nothing that is mistaken for something else on paper: no 0 O, 1 I L, 5 S, 8 B.
LETTERS = "ACDEFGHJKMNPQRTUVWXYZ234679"
CODE = 8
MONTH = timedelta(days=30)
MOST_LINES = 500


@deed(words=gettext_lazy("invited somebody"))
def invite(
    *, by: Acting, key: UUID, email: str, name: str = "", words: str = ""
) -> Invitation:
    """Invite somebody by a letter. Whether they belong already, only they are told."""
    now, rules = _may_go_on(by)
    email = email.strip().lower()
    validate_email(email)
    if before := _as_before(key, by):
        return before
    _check_not_too_many(by, now, rules)
    Invitation.objects.run_out(now).filter(email__iexact=email).update(withdrawn_at=now)
    invitation = _invitation(by, key, now, rules, name=name, email=email, words=words)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise beside(
            "email",
            _("This address has an invitation that still waits. Ask them about it."),
            "already_invited",
        ) from None
    if belongs(email):
        letters.invited_though_member(invitation)
    else:
        letters.invited(invitation, path=path_of(invitation))
    return invitation


@deed(words=gettext_lazy("printed an invitation"))
def invite_by_slip(
    *, by: Acting, key: UUID, name: str = "", words: str = ""
) -> Invitation:
    """Invite somebody on a slip of paper, with a code to type in."""
    now, rules = _may_go_on(by)
    if before := _as_before(key, by):
        return before
    _check_not_too_many(by, now, rules)
    invitation = _invitation(by, key, now, rules, name=name, email=None, words=words)
    invitation.code_hash = _hash_of(code_of(invitation))
    invitation.save(force_insert=True)
    return invitation


@deed(words=gettext_lazy("took an invitation back"))
def withdraw_invitation(*, by: Acting, invitation: Invitation) -> Invitation:
    """Take an invitation back. What was taken up stays."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if not permissions.may_withdraw_invitation(by, invitation=invitation):
        raise PermissionDenied
    if invitation.accepted_at:
        raise ValidationError(
            _("They have used it to apply. Talk with them, or with a coordinator."),
            code="taken_up",
        )
    if not invitation.withdrawn_at:
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
    return invitation


class Fate(TextChoices):
    """What becomes of a line of a pasted list."""

    FINE = "fine", gettext_lazy("Gets a letter")
    INVITED = "invited", gettext_lazy("Invited already")
    BELONGS = "belongs", gettext_lazy("Belongs already")
    TWICE = "twice", gettext_lazy("Stands here twice")
    NO_ADDRESS = "no_address", gettext_lazy("No e-mail address")
    NO_NAME = "no_name", gettext_lazy("The name can't be read")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pasted list: its number from 1, what it says, what becomes of it."""

    number: int
    words: str
    name: str = ""
    email: str = ""
    fate: Fate = Fate.FINE


ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


def read_lines(text: str) -> list[Line]:
    """Read a list as people paste it: Name <address>, address, Name; address, columns.

    Empty lines are passed over, and keep their number. An address twice counts once.
    """
    lines: list[Line] = []
    seen: set[str] = set()
    for number, words in enumerate(text.splitlines(), start=1):
        if not words.strip():
            continue
        line = _read_line(number, words.strip())
        if line.fate == Fate.FINE and line.email in seen:
            line = replace(line, fate=Fate.TWICE)
        seen.add(line.email)
        lines.append(line)
    if len(lines) > MOST_LINES:
        raise beside(
            "lines",
            _("That is more than %(most)s lines. Invite them in several parts."),
            "too_many_lines",
            most=MOST_LINES,
        )
    return lines


def look_at_lines(text: str) -> list[Line]:
    """Say what would become of each line, without doing it."""
    lines = read_lines(text)
    emails = {line.email for line in lines if line.fate == Fate.FINE}
    belong = set(_lowered(Member.objects.present(), emails))
    invited = set(_lowered(Invitation.objects.open(clock.now()), emails))
    fates = dict.fromkeys(invited, Fate.INVITED) | dict.fromkeys(belong, Fate.BELONGS)
    return [
        replace(line, fate=fates[line.email])
        if line.fate == Fate.FINE and line.email in fates
        else line
        for line in lines
    ]


@deed(words=gettext_lazy("invited a whole list"))
def invite_many(*, by: Acting, lines: str, words: str = "") -> list[Invitation]:
    """Invite everybody on a list who isn't yet; again, it invites only who is missing."""
    if not permissions.may_invite_many(by):
        raise PermissionDenied
    now, rules = clock.now(), in_force()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members_invite_many'))")
    fine = [line for line in look_at_lines(lines) if line.fate == Fate.FINE]
    emails = [line.email for line in fine]
    Invitation.objects.run_out(now).filter(email__in=emails).update(withdrawn_at=now)
    rows = [
        _invitation(
            by, new_key(), now, rules, name=line.name, email=line.email, words=words
        )
        for line in fine
    ]
    # A member may invite one of them at this very moment: theirs stands.
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    written = list(
        Invitation.objects.filter(pk__in=[row.pk for row in rows]).select_related(
            "recorded_for"
        )
    )
    for invitation in written:
        letters.invited(invitation, path=path_of(invitation))
    return written


def path_of(invitation: Invitation) -> str:
    """Say the path by which an invitation is taken up; it stands in the letter."""
    signed = SIGNER.sign(invitation.pk.hex)
    return reverse("members:apply-by-invitation", args=[signed])


def invitation_of(signed: str) -> Invitation | None:
    """Read the invitation that a letter's link means; None where it was not ours."""
    try:
        number = UUID(hex=SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("recorded_for").filter(pk=number).first()


def code_of(invitation: Invitation) -> str:
    """Say the code that stands on a slip. It is reckoned afresh, and nowhere kept."""
    mark = salted_hmac("members.invitation.code", invitation.pk.hex, algorithm="sha256")
    number = int.from_bytes(mark.digest())
    code = ""
    while len(code) < CODE:
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return f"{code[:4]}-{code[4:]}"


def invitation_with_code(code: str) -> Invitation:
    """Find the invitation of a slip, however its code was typed; or say why not."""
    now = clock.now()
    found = Invitation.objects.filter(code_hash=_hash_of(code)).first()
    if not found:
        raise beside(
            "code",
            _("We know no such code. Look at the slip again: it has eight marks."),
            "unknown_code",
        )
    if found.stands(now) != InvitationState.OPEN:
        raise beside(
            "code",
            _(
                "This code was used, taken back, or has run out. You can ask to join "
                "without it, too."
            ),
            "invitation_gone",
        )
    return found


def _may_go_on(by: Acting) -> tuple[datetime, InForce]:
    if not permissions.may_invite(by):
        raise PermissionDenied
    return clock.now(), in_force()


def _as_before(key: UUID, by: Acting) -> Invitation | None:
    """Answer a form that was sent before; hold the member, so that the next one waits."""
    Member.objects.held(by.for_member.pk)
    return Invitation.objects.filter(pk=key, recorded_for=by.for_member).first()


def _check_not_too_many(by: Acting, now: datetime, rules: InForce) -> None:
    most = rules[INVITATIONS_A_MONTH]
    of_late = Invitation.objects.filter(
        recorded_for=by.for_member, recorded_at__gt=now - MONTH
    )
    if of_late.count() >= most and not permissions.may_invite_many(by):
        raise ValidationError(
            _(
                "That makes more than %(most)s invitations in thirty days. Wait a while, "
                "or ask a coordinator to invite them."
            ),
            code="too_many_invitations",
            params={"most": most},
        )


def _invitation(
    by: Acting,
    key: UUID,
    now: datetime,
    rules: InForce,
    *,
    name: str,
    email: str | None,
    words: str,
) -> Invitation:
    """Make the row of an invitation."""
    if name.strip():
        check_name(name.strip())
    check_lines(words)
    invitation = Invitation(
        id=key,
        name=name.strip(),
        email=email,
        words=words.strip(),
        expires_at=now + timedelta(days=rules[INVITATION_DAYS]),
        **by.recorded(now),
    )
    invitation.clean_fields(exclude=["recorded_by", "recorded_for"])
    return invitation


def _hash_of(code: str) -> str:
    plain = "".join(mark for mark in code.upper() if mark.isalnum())
    return sha256(f"{plain} {settings.SECRET_KEY}".encode()).hexdigest()


def _read_line(number: int, words: str) -> Line:
    line = Line(number, words[:200])
    found = ADDRESS.findall(words)
    if len(found) != 1:
        return replace(line, fate=Fate.NO_ADDRESS)
    email = found[0].lower().removeprefix("mailto:")
    name = " ".join(re.split(r"[\s<>\"(),;:]+", words.replace(found[0], " "))).strip()
    line = replace(line, name=name, email=email)
    try:
        validate_email(email)
    except ValidationError:
        return replace(line, fate=Fate.NO_ADDRESS)
    try:
        if name:
            check_name(name)
    except ValidationError:
        return replace(line, fate=Fate.NO_NAME)
    return line if len(name) <= 80 else replace(line, fate=Fate.NO_NAME)


def _lowered(rows: QuerySet[Any], emails: set[str]) -> list[str]:
    """Say which of the addresses these rows have."""
    lowered = rows.annotate(lowered=Lower("email")).filter(lowered__in=emails)
    return [str(email) for email in lowered.values_list("lowered", flat=True)]
