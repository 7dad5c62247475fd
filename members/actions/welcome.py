"""How somebody comes to belong."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from members import clock, permissions
from members.acting import Acting
from members.models import Member, Role, RoleGrant
from members.signals import member_welcomed


@transaction.atomic
def welcome_member(*, by: Acting, name: str, email: str | None = None) -> Member:
    """Take somebody in: a member number, and whatever the other rooms open for them."""
    if not permissions.may_welcome_member(by):
        raise PermissionDenied
    member = _new_member(name=name, email=email)
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
    founder = _new_member(name=name, email=email)
    founder.set_password(password)
    founder.save(update_fields=["password"])
    RoleGrant.objects.create(
        member=founder,
        role=Role.COORDINATOR,
        granted_by=founder,
        started_at=founder.welcomed_at,
    )
    member_welcomed.send(sender=Member, member=founder, by=Acting.as_oneself(founder))
    return founder


def _new_member(*, name: str, email: str | None) -> Member:
    email = email.strip().lower() if email else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('members_member_number')")
        (number,) = cursor.fetchone()
    member = Member(
        name=name.strip(), email=email or None, number=number, welcomed_at=clock.now()
    )
    member.set_unusable_password()
    member.full_clean(exclude=["is_active"], validate_constraints=False)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        # The database knows best: two may ask for one address at the same moment.
        raise ValidationError(
            _("Somebody here has this e-mail address already. Use another, or none."),
            code="email_taken",
        ) from None
    return member
