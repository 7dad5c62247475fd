"""How somebody comes to belong."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions import joining_letters
from members.actions.agreements import begin_agreements
from members.actions.applications import Asked, asked_as_row, check_is_open, locked
from members.actions.orientation import begin_orientation
from members.deeds import deed
from members.models import (
    Answer,
    Application,
    Channel,
    ContactWay,
    LifeStep,
    Member,
    MemberKind,
    Neighbourhood,
    OrientationStep,
    Profile,
    Role,
    RoleGrant,
    Step,
)
from members.plain_text import check_name
from members.policies import in_force
from members.policies.joining import REFERENCES_ASKED
from members.refusals import beside
from members.signals import member_welcomed, network_founded

# The database makes these itself.
GENERATED = ["is_active", "folded_name", "name_words"]


@deed(words=gettext_lazy("welcomed a new member"))
def welcome_member(
    *,
    by: Acting,
    name: str,
    email: str | None = None,
    kind: MemberKind = MemberKind.PERSON,
    language: str = "en",
    phone: str = "",
    contact_way: ContactWay | None = None,
    neighbourhood: Neighbourhood | None = None,
) -> Member:
    """Take somebody in: a member number, and whatever the other rooms open for them.

    The step of life is recorded as theirs, on the word of whoever welcomes.
    """
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    member = _new_member(
        by=by,
        name=name,
        email=email,
        kind=kind,
        language=language,
        profile=Profile(
            phone=phone,
            contact_way=contact_way or _usual_way(email),
            neighbourhood=neighbourhood,
        ),
    )
    member_welcomed.send(sender=Member, member=member, by=by)
    return member


@deed(words=gettext_lazy("welcomed a new member"))
def welcome_somebody(
    *, by: Acting, key: UUID, asked: Asked, channel: Channel
) -> Member:
    """Welcome somebody without more ado, whom we know: by phone, on paper, at the door.

    It stands among the answered applications, so everybody's way in can be read; and a
    form that is sent twice welcomes once.
    """
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    now = clock.now()
    application = asked_as_row(key, asked)
    waiting = Application.objects.of(
        email=application.email, phone_digits=application.phone_digits
    )
    if (application.email or application.phone_digits) and waiting.exists():
        raise ValidationError(
            _("They have applied already. Answer their application in the queue."),
            code="applied_already",
        )
    application.answer, application.answered_at = Answer.WELCOMED, now
    application.answered_by = application.recorded_by = by.member
    application.channel = channel
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        # Asked for with its member, so there is one.
        return Application.objects.get(key=key, member__isnull=False).member  # type: ignore[return-value]
    return _welcomed(application, by)


@deed(words=gettext_lazy("welcomed a new member"))
def welcome_applicant(*, by: Acting, application: Application) -> Member:
    """Welcome somebody who applied, once they took every step and people vouch for them."""
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    application = locked(application)
    if application.member:
        return application.member
    check_is_open(application)
    _check_is_ready(application)
    application.answer, application.answered_at = Answer.WELCOMED, clock.now()
    application.answered_by = by.member
    application.save(update_fields=["answer", "answered_at", "answered_by"])
    return _welcomed(application, by)


def _check_is_ready(application: Application) -> None:
    """Name what is missing before a welcome."""
    steps = list(OrientationStep.objects.in_use())
    if to_come := application.steps_to_come(steps):
        raise ValidationError(
            _("First comes: %(steps)s. Note it on this page once it has been."),
            code="steps_to_come",
            params={"steps": ", ".join(step.title for step in to_come)},
        )
    asked = in_force()[REFERENCES_ASKED]
    if more := application.vouchers_to_come(asked):
        raise ValidationError(
            ngettext_lazy(
                "One more person must vouch for them. Ask, and note the answer here.",
                "%(count)s more people must vouch for them. Ask, and note the answers here.",
                more,
            ),
            code="references_to_come",
            params={"count": more},
        )


def _welcomed(application: Application, by: Acting) -> Member:
    """Make a member of somebody whose application was just answered, and greet them."""
    member = welcome_member(
        by=by,
        name=application.name,
        email=application.email,
        kind=MemberKind(application.kind),
        language=application.language,
        phone=application.phone,
        contact_way=ContactWay(application.contact_way),
        neighbourhood=application.neighbourhood,
    )
    application.member = member
    application.save(update_fields=["member"])
    joining_letters.greeted(member)
    return member


@transaction.atomic
def found_network(*, name: str, email: str, password: str) -> Member:
    """Begin: the first member, who is coordinator by founding it. Works only once."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE members_member IN SHARE ROW EXCLUSIVE MODE")
    if Member.objects.exists():
        raise ValidationError(
            _("This network was founded before. Ask a coordinator to welcome you."),
            code="founded_before",
        )
    founder = _new_member(by=None, name=name, email=email)
    founder.set_password(password)
    founder.save(update_fields=["password"])
    RoleGrant.objects.create(
        member=founder,
        role=Role.COORDINATOR,
        granted_by=founder,
        started_at=founder.welcomed_at,
        decision=_("By founding the network"),
    )
    begin_orientation()
    by = Acting.as_oneself(founder)
    begin_agreements(by=by)
    network_founded.send(sender=Member, by=by)
    member_welcomed.send(sender=Member, member=founder, by=by)
    return founder


def _new_member(
    *,
    by: Acting | None,
    name: str,
    email: str | None,
    kind: MemberKind = MemberKind.PERSON,
    language: str = "en",
    profile: Profile | None = None,
) -> Member:
    """Write the member, their profile and their first step; the founder welcomes themselves."""
    email = email.strip().lower() if email else None
    now = clock.now()
    check_name(name.strip())
    member = Member(
        name=name.strip(),
        email=email or None,
        number=_next_number(),
        kind=kind,
        language=language,
        welcomed_at=now,
    )
    member.set_unusable_password()
    member.full_clean(exclude=GENERATED, validate_constraints=False)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        # The database knows best: two may ask for one address at the same moment.
        raise beside(
            "email",
            _("Somebody here has this e-mail address already. Use another, or none."),
            "email_taken",
        ) from None
    profile = profile or Profile(contact_way=_usual_way(email))
    profile.member = member
    profile.full_clean(exclude=["member"], validate_constraints=False)
    profile.save(force_insert=True)
    by = by or Acting.as_oneself(member)
    LifeStep.objects.create(member=member, step=Step.WELCOMED, **by.recorded(now))
    return member


def _usual_way(email: str | None) -> ContactWay:
    return ContactWay.EMAIL if email else ContactWay.PHONE


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('members_member_number')")
        (number,) = cursor.fetchone()
    return int(number)
