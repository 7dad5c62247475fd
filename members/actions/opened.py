"""Phone numbers, addresses, whole pages of others: opened one by one, and never unseen."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members import clock, permissions
from members.acting import Acting
from members.models import Member, Opened
from members.models.privacy import PAGES
from members.policies import in_force
from members.policies.people import OPENINGS_AN_HOUR

# Whoever looks again within so long still looks at the same thing.
ONE_LOOK = timedelta(minutes=10)


@transaction.atomic
def begin_acting(*, by: Acting) -> Opened | None:
    """Act for somebody from now on: their pages open, and they can read who opened them.

    Stewards open what is theirs to see to, which is no news to anybody.
    """
    member, now = by.for_member, clock.now()
    if not permissions.may_begin_acting(
        Acting.as_oneself(by.member), member=member, channel=by.channel
    ):
        raise PermissionDenied
    if permissions.is_theirs(by):
        return None
    Member.objects.held(by.member.pk)
    look = Opened.objects.filter(
        recorded_by=by.member,
        member=member,
        field=PAGES,
        recorded_at__gt=now - ONE_LOOK,
    )
    return look.first() or Opened.objects.create(
        member=member, field=PAGES, **by.recorded(now)
    )


@transaction.atomic
def open_field(*, by: Acting, member: Member, field: str) -> Opened:
    """Let somebody read a sensitive field of a member, and write down that they did.

    It is no deed for another: whoever sits there reads it, and the row says for whom.
    """
    if not permissions.may_open_field(by, member=member, field=field):
        raise PermissionDenied
    if member.pk in permissions.eyes_of(by).own:
        raise ValidationError(_("That is your own."), code="your_own")
    now = clock.now()
    # Two at once would both still be below the limit.
    Member.objects.held(by.member.pk)
    lately = Opened.objects.filter(recorded_by=by.member).exclude(field=PAGES)
    look = lately.filter(
        member=member,
        field=field,
        recorded_for=by.for_member,
        recorded_at__gt=now - ONE_LOOK,
    ).first()
    if look:
        return look
    most = in_force()[OPENINGS_AN_HOUR]
    if lately.filter(recorded_at__gt=now - timedelta(hours=1)).count() >= most:
        raise ValidationError(
            _(
                "You have opened %(most)s phone numbers and addresses within an hour. "
                "So that nobody copies them all, there is a break now. Try again later, "
                "or write a message instead."
            ),
            code="too_many_openings",
            params={"most": most},
        )
    return Opened.objects.create(member=member, field=field, **by.recorded(now))
