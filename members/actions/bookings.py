"""Whose time is taken, when and for what: one door for all rooms."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.models import Booking, Member
from members.signals import booking_causes_asked

AWAY = "away"
LONGEST = timedelta(days=366)
FURTHEST = timedelta(days=5 * 366)


@transaction.atomic
def book(
    *,
    by: Acting,
    member: Member,
    during: DateTimeTZRange,
    cause: tuple[str, UUID],
    allow_overlap: bool = False,
) -> Booking:
    """Take a stretch of a member's time for a room's row: from (included) until (not).

    Every room that makes a date calls this in the transaction of its deed, and asks for
    itself who may. Booked twice for one cause is booked once. Over a time that is taken
    it is refused ("busy"), unless somebody who may allows exactly this overlap.
    """
    if allow_overlap and not permissions.may_allow_overlap(by):
        raise PermissionDenied
    _check_stretch(during)
    _hold(member)
    known = Booking.objects.for_cause(cause).filter(member=member).first()
    if known:
        if known.during == during:
            return known
        raise ValidationError(
            _("There is a time for this already. Move it instead."),
            code="booked_before",
        )
    words = {"member": member, "during": during}
    words |= {"cause_kind": cause[0], "cause_id": cause[1]}
    clash = Booking.objects.over(member, during).first()
    allowed_by = _allowed_by(by, member, clash, allow_overlap=allow_overlap)
    try:
        with transaction.atomic():
            return Booking.objects.create(
                **words, overlap_allowed_by=allowed_by, **by.recorded(clock.now())
            )
    except IntegrityError:
        # Written past this door; the database refuses it all the same.
        raise _busy(by, member, Booking.objects.over(member, during).first()) from None


@transaction.atomic
def move_booking(
    *,
    by: Acting,
    member: Member,
    during: DateTimeTZRange,
    cause: tuple[str, UUID],
    allow_overlap: bool = False,
) -> Booking:
    """Move what a member has booked for a cause to another time, if they are free then."""
    if allow_overlap and not permissions.may_allow_overlap(by):
        raise PermissionDenied
    _check_stretch(during)
    _hold(member)
    booking = Booking.objects.for_cause(cause).filter(member=member).first()
    if booking is None:
        raise ValidationError(
            _("That time was released before. Book it afresh."), code="not_booked"
        )
    clash = Booking.objects.over(member, during).exclude(pk=booking.pk).first()
    booking.overlap_allowed_by = _allowed_by(
        by, member, clash, allow_overlap=allow_overlap
    )
    booking.during = during
    booking.save(update_fields=["during", "overlap_allowed_by"])
    return booking


@transaction.atomic
def release_booking(*, cause: tuple[str, UUID], member: Member | None = None) -> int:
    """Give back what was booked for a cause, for one member or all; say how much it was."""
    booked = Booking.objects.for_cause(cause)
    if member is not None:
        booked = booked.filter(member=member)
    return booked.update(released_at=clock.now())


@deed(words=gettext_lazy("wrote down time away"))
def book_time_away(
    *, by: Acting, during: DateTimeTZRange, key: UUID, allow_overlap: bool = False
) -> Booking:
    """Say that one is away for a time, so that nobody counts on it."""
    if not permissions.may_book_time_away(by):
        raise PermissionDenied
    me = by.for_member
    before = Booking.objects.filter(member=me, cause_kind=AWAY, cause_id=key).first()
    if before:
        return before
    _check_stretch(during)
    now = clock.now()
    if during.upper <= now:
        raise ValidationError(
            _("That time is over. Choose one that is still to come."), code="in_past"
        )
    if during.upper - during.lower > LONGEST or during.upper > now + FURTHEST:
        raise ValidationError(
            _(
                "That is very long, or very far off. Say it for a year at most; for "
                "longer, go on leave."
            ),
            code="too_long",
        )
    return book(
        by=by,
        member=me,
        during=during,
        cause=(AWAY, key),
        allow_overlap=allow_overlap,
    )


@deed(words=gettext_lazy("took back time away"))
def release_time_away(*, by: Acting, booking: Booking) -> Booking:
    """Say that one is here after all."""
    if not permissions.may_book_time_away(by) or booking.member != by.for_member:
        raise PermissionDenied
    if booking.cause_kind != AWAY:
        raise ValidationError(
            _("This time belongs to a date you made. Change it there."),
            code="belongs_elsewhere",
        )
    release_booking(cause=(AWAY, booking.cause_id), member=booking.member)
    booking.refresh_from_db()
    return booking


def causes_of(bookings: Iterable[Booking]) -> dict[UUID, tuple[str, str]]:
    """Say what bookings are for, in words and with a page to go to, as their rooms know."""
    bookings = list(bookings)
    told = {
        one.cause_id: (_("You are away"), "")
        for one in bookings
        if one.cause_kind == AWAY
    }
    for _room, causes in booking_causes_asked.send(sender=Booking, bookings=bookings):
        # A signal's answers have no type of their own.
        told.update(causes)  # type: ignore[arg-type]
    return told


def _check_stretch(during: DateTimeTZRange) -> None:
    if not during.lower or not during.upper or during.lower >= during.upper:
        raise ValidationError(
            _("The end lies before the beginning. Look at both again."),
            code="no_time",
        )


def _hold(member: Member) -> None:
    """Let nobody else book this member until the deed is done."""
    present(member, _("%(name)s has left the network. Ask somebody else."))


def _allowed_by(
    by: Acting, member: Member, clash: Booking | None, *, allow_overlap: bool
) -> Member | None:
    """Say who allows the overlap, if there is one; refuse it if nobody does."""
    if clash is None:
        return None
    if not allow_overlap:
        raise _busy(by, member, clash)
    return by.member


def _busy(by: Acting, member: Member, clash: Booking | None) -> ValidationError:
    """Say when somebody is busy; with what, only to themselves."""
    words = {"name": member, "when": clash.when if clash else ""}
    if by.for_member == member and clash:
        words["what"] = causes_of([clash]).get(clash.cause_id, (_("a date"), ""))[0]
        message = _(
            "There is something at that time already: %(what)s, %(when)s. "
            "Choose another time, or look at that first."
        )
    else:
        message = _("%(name)s is busy then: %(when)s. Choose another time.")
    return ValidationError(message, code="busy", params=words)
