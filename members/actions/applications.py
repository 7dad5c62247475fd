"""How somebody asks to belong, and how that ends without a welcome."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions import joining_letters as letters
from members.deeds import deed
from members.models import (
    Answer,
    Application,
    Channel,
    ContactWay,
    Invitation,
    InvitationState,
    Member,
    MemberKind,
    Neighbourhood,
    Reference,
)
from members.plain_text import check_lines, check_name
from members.policies import in_force
from members.policies.joining import APPLICATIONS_KEPT_DAYS
from members.refusals import beside

SIGNER = Signer(salt="members.application")
# Fewer digits are no number that one could call.
SHORTEST_PHONE = 5
LONGEST_PHONE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of themselves when they ask to belong.

    `references` are people who know them: (name, phone or e-mail).
    """

    name: str
    kind: MemberKind = MemberKind.PERSON
    email: str = ""
    phone: str = ""
    contact_way: ContactWay = ContactWay.EMAIL
    neighbourhood: Neighbourhood | None = None
    language: str = "en"
    words: str = ""
    references: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def apply(
    *, key: UUID, asked: Asked, invitation: Invitation | None = None
) -> Application | None:
    """Ask to belong. Whoever asks twice, or belongs, reads so in a letter alone.

    None is answered then, and nobody who looks over a shoulder learns who belongs here.
    """
    application = asked_as_row(key, asked)
    _check_reachable(application)
    if invitation:
        # First of all, so that a form that is sent twice finds its own row.
        invitation = Invitation.objects.select_for_update(no_key=True).get(
            pk=invitation.pk
        )
    if Application.objects.filter(key=key).exists():
        return None
    if invitation:
        check_stands(invitation, application.applied_at)
    if belongs(application.email):
        letters.you_belong(application)
        return None
    application.invitation = invitation
    if not _is_written(application, asked.references):
        _asked_before(application)
        return None
    if invitation:
        invitation.accepted_at = application.applied_at
        invitation.save(update_fields=["accepted_at"])
    letters.applied(application, path=path_of(application))
    letters.somebody_applied(application)
    return application


@deed(words=gettext_lazy("wrote down an application"))
def record_application(
    *, by: Acting, key: UUID, asked: Asked, channel: Channel
) -> Application:
    """Write down that somebody asks to belong who phoned, or handed in a slip."""
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    application = asked_as_row(key, asked)
    _check_reachable(application)
    if before := Application.objects.filter(key=key).first():
        return before
    if belongs(application.email):
        raise beside("email", _("A member has this address already."), "belongs")
    application.channel = channel
    application.recorded_by = by.member
    if not _is_written(application, asked.references):
        if before := Application.objects.filter(key=key).first():
            return before
        raise ValidationError(
            _("They have applied already. Their application stands in the queue."),
            code="applied_already",
        )
    letters.applied(application, path=path_of(application))
    letters.somebody_applied(application)
    return application


@transaction.atomic
def withdraw_application(
    *, application: Application, by: Acting | None = None
) -> Application:
    """Take an application back: by the link in their letter, or for them by a coordinator.

    Withdrawn twice is withdrawn once.
    """
    if by and not permissions.may_answer_application(by):
        raise PermissionDenied
    application = locked(application)
    if application.answer == Answer.WITHDRAWN:
        return application
    check_is_open(application)
    _answer(application, Answer.WITHDRAWN, by=by)
    return application


@deed(words=gettext_lazy("declined an application"))
def decline_application(
    *, by: Acting, application: Application, words: str
) -> Application:
    """Say no, kindly and with the reason; whoever has e-mail reads it in a letter."""
    if not permissions.may_answer_application(by):
        raise PermissionDenied
    application = locked(application)
    check_is_open(application)
    if not words.strip():
        raise beside("words", _("Give them a reason, in a few kind words."), "no_words")
    _answer(application, Answer.DECLINED, by=by, words=words.strip())
    letters.declined(application)
    return application


@transaction.atomic
def forget_applications() -> int:
    """Blank what people wrote who did not join, once it is old; say how many."""
    kept = timedelta(days=in_force()[APPLICATIONS_KEPT_DAYS])
    return Application.objects.grown_old(clock.now() - kept).blank()


def locked(application: Application) -> Application:
    """Hold an application, so that it is answered once."""
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def check_is_open(application: Application) -> None:
    """Refuse what comes too late."""
    if application.answered_at:
        raise ValidationError(
            _("This application has its answer already: %(answer)s, %(day)s."),
            code="answered",
            params={
                "answer": application.get_answer_display(),
                "day": clock.day_of(application.answered_at).isoformat(),
            },
        )


def check_stands(invitation: Invitation, now: datetime) -> None:
    """Refuse an invitation that was taken up, taken back, or has run out."""
    if invitation.stands(now) != InvitationState.OPEN:
        raise ValidationError(
            _(
                "This invitation can't be used any more. You can ask to join without it: "
                "a coordinator will get in touch."
            ),
            code="invitation_gone",
        )


def path_of(application: Application) -> str:
    """Say the path of the applicant's own page; whoever has the letter has it."""
    signed = SIGNER.sign(str(application.pk))
    return reverse("members:your-application", args=[signed])


def application_of(signed: str) -> Application | None:
    """Read the application that a letter's link means; None where it was not ours."""
    try:
        number = int(SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None
    known = Application.objects.with_all().exclude(name="")
    return known.filter(pk=number).first()


def digits_of(phone: str) -> str:
    """Say a phone number as it is dialled, however it was written."""
    plain = unicodedata.normalize("NFKC", phone)
    return "".join(str(int(mark)) for mark in plain if mark.isdecimal())[:LONGEST_PHONE]


def asked_as_row(key: UUID, asked: Asked) -> Application:
    """Make a row of what was asked, or refuse what can't be one."""
    email, phone = asked.email.strip().lower(), asked.phone.strip()
    way = asked.contact_way
    if way == ContactWay.EMAIL and not email:
        way = ContactWay.PHONE if phone else ContactWay.POST
    application = Application(
        key=key,
        name=asked.name.strip(),
        kind=asked.kind,
        email=email or None,
        phone=phone,
        phone_digits=digits_of(phone),
        contact_way=way,
        neighbourhood=asked.neighbourhood,
        language=asked.language,
        words=asked.words.strip(),
        applied_at=clock.now(),
    )
    check_name(application.name)
    check_lines(application.words)
    application.full_clean(validate_unique=False, validate_constraints=False)
    return application


def _check_reachable(application: Application) -> None:
    """Refuse what nobody could answer."""
    digits = application.phone_digits
    if application.email:
        validate_email(application.email)
    if application.phone and len(digits) < SHORTEST_PHONE:
        raise beside(
            "phone", _("Write the whole number, with its area code."), "no_phone"
        )
    if not application.email and not digits:
        raise beside(
            "email",
            _("Give an e-mail address or a phone number, so that we can answer."),
            "no_contact",
        )
    if application.contact_way == ContactWay.PHONE and not digits:
        raise beside(
            "phone", _("Write down your number, or choose another way."), "no_phone"
        )


def belongs(email: str | None) -> bool:
    """Whether a member has this address, as the index of addresses knows them."""
    if not email:
        return False
    lowered = Member.objects.present().annotate(lowered=Lower("email"))
    return bool(lowered.filter(lowered=email.lower()).exists())


def _is_written(
    application: Application, references: tuple[tuple[str, str], ...]
) -> bool:
    """Write the row, unless another of the same person is open (or is this one)."""
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        return False
    for name, contact in references:
        reference = Reference(application=application, name=name, contact=contact)
        reference.full_clean(exclude=["application"])
        reference.save(force_insert=True)
    return True


def _asked_before(application: Application) -> None:
    """Tell whoever asks again that we have it; what an invitation vouches for counts."""
    if Application.objects.filter(key=application.key).exists():
        return
    invitation = application.invitation
    before = Application.objects.of(
        email=application.email, phone_digits=application.phone_digits
    )
    # Only the address that was invited: a code from a slip proves nothing of it.
    is_theirs = (
        invitation and invitation.email and invitation.email == application.email
    )
    uninvited = before.filter(invitation__isnull=True)
    if invitation and is_theirs and uninvited.update(invitation=invitation):
        invitation.accepted_at = application.applied_at
        invitation.save(update_fields=["accepted_at"])
    if first := before.first():
        letters.applied_before(first, path=path_of(first))


def _answer(
    application: Application, answer: Answer, *, by: Acting | None, words: str = ""
) -> None:
    """Stamp how an application ended."""
    application.answer = answer
    application.answered_at = clock.now()
    application.answered_by = by.member if by else None
    application.answer_words = words
    application.save(
        update_fields=["answer", "answered_at", "answered_by", "answer_words"]
    )
