"""How somebody comes to belong."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import (
    ContactWay,
    LifeStep,
    Member,
    MemberKind,
    Profile,
    Role,
    RoleGrant,
    Step,
)
from members.signals import member_welcomed, network_founded

# The database makes these itself.
GENERATED = ["is_active", "folded_name"]


@deed
def welcome_member(
    *,
    by: Acting,
    name: str,
    email: str | None = None,
    kind: MemberKind = MemberKind.PERSON,
    language: str = "en",
    **tells: Any,
) -> Member:
    """Take somebody in: a member number, and whatever the other rooms open for them.

    `tells` is what they tell of themselves, as columns of their profile. The step of
    life is recorded as theirs, on the word of whoever welcomes.
    """
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    member = _new_member(
        by=by, name=name, email=email, kind=kind, language=language, **tells
    )
    member_welcomed.send(sender=Member, member=member, by=by)
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
    by = Acting.as_oneself(founder)
    network_founded.send(sender=Member, by=by)
    member_welcomed.send(sender=Member, member=founder, by=by)
    return founder


def _new_member(
    *, by: Acting | None, name: str, email: str | None, **more: Any
) -> Member:
    """Write the member, their profile and their first step; the founder welcomes themselves."""
    email = email.strip().lower() if email else None
    columns = {key: more.pop(key) for key in ("kind", "language") if key in more}
    now = clock.now()
    member = Member(
        name=name.strip(), email=email or None, number=_next_number(), **columns
    )
    member.welcomed_at = now
    member.set_unusable_password()
    member.full_clean(exclude=GENERATED, validate_constraints=False)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        # The database knows best: two may ask for one address at the same moment.
        raise ValidationError(
            _("Somebody here has this e-mail address already. Use another, or none."),
            code="email_taken",
        ) from None
    if not email:
        more.setdefault("contact_way", ContactWay.PHONE)
    profile = Profile(member=member, **more)
    profile.full_clean(exclude=["member"], validate_constraints=False)
    profile.save(force_insert=True)
    by = by or Acting.as_oneself(member)
    LifeStep.objects.create(member=member, step=Step.WELCOMED, **by.recorded(now))
    return member


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('members_member_number')")
        (number,) = cursor.fetchone()
    return int(number)
