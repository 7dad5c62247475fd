"""Leaving the network: everything is settled, and the name goes."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.dues import give_back_share
from members.actions.forgetting import erase
from members.actions.presence import present, pseudonym
from members.actions.roles import keep_a_coordinator
from members.actions.sign_in import end_sessions, end_sign_in_codes
from members.deeds import deed
from members.models import (
    Booking,
    Credential,
    DuePayment,
    FormerContact,
    Invitation,
    Letter,
    LifeStep,
    Member,
    Notice,
    Profile,
    Role,
    RoleGrant,
    Step,
    Stewardship,
)
from members.notices import Kind, declare, in_language_of, notify, write_to
from members.settlement import holdings_of
from members.signals import member_departs

FAREWELL = declare(Kind("farewell", gettext_lazy("A farewell"), is_needed=True))
SHARE_TO_PAY_OUT = declare(
    Kind(
        "share_to_pay_out",
        gettext_lazy("Somebody left, and their share is paid out"),
        for_roles=frozenset({Role.COORDINATOR, Role.TREASURER}),
    )
)


@deed(words=gettext_lazy("recorded the departure from the network"))
def depart(
    *, by: Acting, choices: dict[str, str] | None = None, forget: bool = False
) -> LifeStep:
    """Leave the network: each room settles its part, or the whole is refused.

    `choices` says what becomes of each holding that leaves a choice. `forget` erases the
    name and words in the same go; then no farewell letter comes, since it would keep
    the address.
    """
    if not permissions.may_depart(by):
        raise PermissionDenied
    member = _taken(by.for_member)
    _check_obstacles(member, choices or {})
    now = clock.now()
    if share := give_back_share(by=by, member=member):
        _ask_to_pay_out(share, member, now)
    _hand_over(member, by, now)
    member_departs.send(sender=Member, member=member, by=by, choices=choices or {})
    if not forget:
        _say_farewell(member)
    _keep_aside(member)
    _close(member, now)
    step = LifeStep.objects.create(
        member=member, step=Step.DEPARTED, **by.recorded(now)
    )
    if forget:
        erase(member=member, by=by, now=now)
    by.for_member.refresh_from_db()
    return step


def _taken(member: Member) -> Member:
    """Take the rows that two who leave at once would fight over, in the house's order."""
    now = clock.now()
    organisations = Stewardship.objects.in_force(now).filter(steward=member)
    ids = {member.pk, *organisations.values_list("organisation", flat=True)}
    grants = RoleGrant.objects.in_force().filter(role=Role.COORDINATOR)
    coordinates = grants.filter(member=member).exists()
    if coordinates:
        ids |= set(grants.values_list("member", flat=True))
    Member.objects.filter(pk__in=ids).all_held()
    found = present(member)
    if coordinates:
        keep_a_coordinator(without=found)
    return found


def _check_obstacles(member: Member, choices: dict[str, str]) -> None:
    """Refuse what must be seen to first, and where a choice is still to be made."""
    for holding in holdings_of(member):
        if holding.obstacle:
            raise ValidationError(
                "%(what)s: %(obstacle)s",
                code="obstacle",
                params={"what": holding.what, "obstacle": holding.obstacle},
            )
        ways = dict(holding.choices)
        if ways and choices.get(holding.kind) not in ways:
            raise ValidationError(
                _("Say what becomes of this first: %(what)s, %(amount)s."),
                code="no_choice",
                params={"what": holding.what, "amount": holding.amount},
            )


def _ask_to_pay_out(share: DuePayment, member: Member, now: datetime) -> None:
    """Tell those who keep the money: the books have it as paid out, now it is to be done."""
    grants = RoleGrant.objects.in_force().exclude(member=member)
    present = grants.filter(member__left_at__isnull=True).select_related("member")
    for role in (Role.TREASURER, Role.COORDINATOR):
        readers = [grant.member for grant in present.filter(role=role).order_by("pk")]
        for reader in readers:
            with in_language_of(reader):
                notify(
                    reader,
                    kind=SHARE_TO_PAY_OUT,
                    subject=_("A membership share is to be paid out"),
                    headline=_("%(name)s leaves: pay out the share") % {"name": member},
                    template="members/notices/share_to_pay_out.txt",
                    context={"payment": share},
                    about=share,
                    at=now,
                )
        if readers:
            return


def _hand_over(member: Member, by: Acting, now: datetime) -> None:
    """End what a member does and may do here, and let go of what they promised."""
    grants = RoleGrant.objects.filter(member=member, started_at__lt=now)
    grants.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now)).update(
        ended_at=now, ended_by=by.member
    )
    stewardships = Stewardship.objects.filter(
        Q(steward=member) | Q(organisation=member)
    )
    stewardships.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by.member)
    Booking.objects.from_now(now).filter(member=member).update(released_at=now)
    sent = Invitation.objects.filter(recorded_for=member, accepted_at__isnull=True)
    sent.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    today = clock.day_of(now)
    for credential in Credential.objects.valid_on(today).filter(member=member):
        # Granted today, it still begins before it ends.
        credential.ended_on = max(today, credential.granted_on)
        credential.ended_by = by.member
        credential.save(update_fields=["ended_on", "ended_by"])
    end_sign_in_codes(member)


def _say_farewell(member: Member) -> None:
    """Write once more, to the address itself: the member's row forgets it now."""
    if not member.email:
        return
    with in_language_of(member):
        write_to(
            member.email,
            name=member.first_name,
            kind=FAREWELL,
            subject=_("Farewell, and thank you"),
            template="members/notices/farewell.txt",
            context={
                "since": member.welcomed_at,
                "network_name": settings.NETWORK_NAME,
            },
        )


def _keep_aside(member: Member) -> None:
    """Keep the name and address apart, until they are forgotten."""
    profile = Profile.objects.get(member=member)
    FormerContact.objects.create(
        member=member,
        name=member.name,
        email=member.email or "",
        phone=profile.phone,
        address=profile.address,
        emergency=profile.emergency,
    )


def _close(member: Member, now: datetime) -> None:
    """Take name, address and password away; whoever is signed in with them is out."""
    member.name = pseudonym(member)
    member.email = None
    member.household = None
    member.on_leave_at = None
    member.left_at = now
    member.last_login = None
    member.set_unusable_password()
    member.save(
        update_fields=[
            "name",
            "email",
            "household",
            "on_leave_at",
            "left_at",
            "last_login",
            "password",
        ]
    )
    Letter.objects.filter(member=member, due_at__isnull=False).update(due_at=None)
    Notice.objects.filter(member=member).exclude(awaits="").update(awaits="")
    EmailAddress.objects.filter(user=member).delete()
    end_sessions(member)
    Profile(member=member).save(force_update=True)
