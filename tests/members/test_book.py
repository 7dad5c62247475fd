"""Nobody is in two places at once: the one door through which all rooms take time."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from members import clock
from members.actions import book, move_booking, release_booking
from members.models import Booking, Member, Role
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


def refused(deed, *args, **words) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        deed(*args, **words)
    return caught.value


def test_a_time_that_is_taken_is_not_taken_again(ana):
    make.booked(ana, make.tomorrow(10), hours=2)

    for begin, hours in ((10, 2), (9, 2), (11, 2), (9, 4), (11, 0.5)):
        assert refused(make.booked, ana, make.tomorrow(begin), hours).code == "busy"


def test_back_to_back_is_fine(ana):
    make.booked(ana, make.tomorrow(10))
    make.booked(ana, make.tomorrow(11))
    make.booked(ana, make.tomorrow(9))

    assert Booking.objects.standing().count() == 3


def test_two_members_have_each_their_time(ana, ben):
    make.booked(ana, make.tomorrow())
    make.booked(ben, make.tomorrow())

    assert Booking.objects.count() == 2


def test_what_is_released_is_free_again(ana):
    first = make.booked(ana, make.tomorrow())

    released = release_booking(cause=("visit", first.cause_id), member=ana)

    assert released == 1
    assert make.booked(ana, make.tomorrow()) != first
    assert release_booking(cause=("visit", first.cause_id)) == 0


def test_one_date_takes_the_time_of_all_who_come(ana, ben):
    cause = ("visit", make.key())
    make.booked(ana, make.tomorrow(), cause=cause)
    make.booked(ben, make.tomorrow(), cause=cause)

    assert release_booking(cause=cause, member=ana) == 1
    assert release_booking(cause=cause) == 1


def test_booked_twice_for_one_cause_is_booked_once(ana):
    cause = ("visit", make.key())
    first = make.booked(ana, make.tomorrow(), cause=cause)

    assert make.booked(ana, make.tomorrow(), cause=cause) == first
    assert refused(make.booked, ana, make.tomorrow(15), cause=cause).code == (
        "booked_before"
    )


def test_one_is_told_what_it_clashes_with_and_others_are_not(ana, ben):
    away = make.away(ana)

    mine = refused(make.booked, ana, make.tomorrow()).messages[0]
    others = refused(make.booked, ana, make.tomorrow(), by=make.acting(ben)).messages[0]

    assert "You are away" in mine
    assert away.when in mine
    assert others == f"Ana Okafor is busy then: {away.when}. Choose another time."


def test_a_coordinator_may_allow_exactly_one_overlap(rosa, ana):
    make.booked(ana, make.tomorrow(10), hours=2)
    by = make.acting(rosa)

    allowed = make.booked(ana, make.tomorrow(11), hours=2, by=by, allow_overlap=True)

    assert allowed.overlap_allowed_by == rosa
    # What was allowed takes the time, too: over it there is no third.
    assert refused(make.booked, ana, make.tomorrow(12)).code == "busy"


def test_an_overlap_that_is_none_is_not_noted_as_allowed(rosa, ana):
    booking = make.booked(
        ana, make.tomorrow(), by=make.acting(rosa), allow_overlap=True
    )

    assert booking.overlap_allowed_by is None
    assert refused(make.booked, ana, make.tomorrow()).code == "busy"


def test_nobody_else_allows_an_overlap(rosa, ana, ben):
    make.booked(ana, make.tomorrow())
    with pytest.raises(PermissionDenied):
        make.booked(ana, make.tomorrow(), allow_overlap=True)

    ben = make.role(rosa, ben, Role.CARE_COORDINATOR)
    assert (
        make.booked(
            ana, make.tomorrow(), by=make.acting(ben), allow_overlap=True
        ).overlap_allowed_by
        == ben
    )


def test_a_date_moves_to_a_free_time_and_to_no_other(ana):
    cause = ("visit", make.key())
    make.booked(ana, make.tomorrow(10), cause=cause)
    make.booked(ana, make.tomorrow(14))
    by = make.acting(ana)
    move = {"by": by, "member": ana, "cause": cause}

    moved = move_booking(during=make.stretch(make.tomorrow(12), 2), **move)
    assert moved.during.lower == make.tomorrow(12)
    # Over its own old time it may lie.
    move_booking(during=make.stretch(make.tomorrow(11), 2), **move)
    taken = refused(move_booking, during=make.stretch(make.tomorrow(13), 2), **move)

    assert taken.code == "busy"
    assert Booking.objects.for_cause(cause).get().during.lower == make.tomorrow(11)


def test_what_was_released_does_not_move(ana):
    move = {"by": make.acting(ana), "member": ana, "cause": ("visit", make.key())}

    code = refused(move_booking, during=make.stretch(make.tomorrow()), **move).code
    assert code == "not_booked"


def test_nobody_moves_over_another_date_by_allowing_it_themselves(ana):
    move = {"by": make.acting(ana), "member": ana, "cause": ("visit", make.key())}
    with pytest.raises(PermissionDenied):
        move_booking(during=make.stretch(make.tomorrow()), allow_overlap=True, **move)


def test_an_end_before_the_beginning_is_refused(ana):
    for hours in (0, -1):
        assert refused(make.booked, ana, make.tomorrow(), hours).code == "no_time"


def test_who_has_left_is_asked_for_nothing(gus):
    assert refused(make.booked, gus, make.tomorrow()).code == "member_left"


def test_the_database_refuses_what_comes_past_the_door(ana):
    first = make.booked(ana, make.tomorrow())

    words = make.acting(ana).recorded(clock.now())
    words |= {"cause_kind": "visit", "cause_id": make.key()}
    with (
        pytest.raises(IntegrityError, match="booking_is_in_one_place"),
        transaction.atomic(),
    ):
        Booking.objects.create(member=ana, during=first.during, **words)


@committed
def test_of_many_who_book_one_hour_one_stands(ana):
    answers = at_once([lambda: make.booked(ana, make.tomorrow()).pk] * 8)

    assert Counter(answers)["busy"] == 7
    assert Booking.objects.count() == 1


@committed
def test_of_many_who_move_to_one_hour_one_stands(ana):
    causes = [("visit", make.key()) for _ in range(8)]
    for hour, cause in enumerate(causes):
        make.booked(ana, make.tomorrow(hour), cause=cause)

    answers = at_once(
        [
            lambda cause=cause: (
                move_booking(
                    by=make.acting(ana),
                    member=ana,
                    cause=cause,
                    during=make.stretch(make.tomorrow(20)),
                ).pk
            )
            for cause in causes
        ]
    )

    assert Counter(answers)["busy"] == 7
    assert Booking.objects.over(ana, make.stretch(make.tomorrow(20))).count() == 1


@committed
def test_a_plain_date_and_an_allowed_one_at_one_moment_do_not_both_slip_in(rosa, ana):
    """The exclusion constraint does not see the allowed one; the lock does."""
    make.booked(ana, make.tomorrow(10))
    rosas = make.acting(rosa)
    deeds = [
        lambda: (
            make.booked(
                ana, make.tomorrow(10), hours=3, by=rosas, allow_overlap=True
            ).pk
        )
    ]
    deeds += [lambda: make.booked(ana, make.tomorrow(12)).pk] * 7

    answers = at_once(deeds)

    standing = Booking.objects.over(ana, make.stretch(make.tomorrow(12)))
    plain = standing.filter(overlap_allowed_by=None)
    # Whoever came first stands; plain ones only where nothing stood.
    assert plain.count() <= 1
    assert Counter(answers)["busy"] >= 6


STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("book"), some.integers(0, 20), some.integers(1, 6)),
        some.tuples(some.just("allow"), some.integers(0, 20), some.integers(1, 6)),
        some.tuples(some.just("release"), some.integers(0, 30), some.just(0)),
        some.tuples(some.just("move"), some.integers(0, 20), some.integers(1, 6)),
    ),
    max_size=14,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_bookings_are_what_a_plain_list_of_hours_says(rosa, ana, steps):
    """Against a model: sets of whole hours, each of which is taken or free."""
    Booking.objects.all().update(released_at=clock.now())
    taken: dict[object, set[int]] = {}
    for deed, number, long in steps:
        wanted = set(range(number, number + long))
        cause = ("visit", make.key())
        if deed == "release":
            if taken:
                cause = list(taken)[number % len(taken)]
                assert release_booking(cause=cause) == 1
                del taken[cause]
            continue
        words = {"member": ana, "cause": cause}
        words["during"] = make.stretch(make.tomorrow(0) + timedelta(hours=number), long)
        words["by"] = make.acting(rosa if deed == "allow" else ana)
        others = dict(taken)
        if deed == "move" and taken:
            words["cause"] = cause = list(taken)[number % len(taken)]
            others.pop(cause)
        do = move_booking if deed == "move" else book
        is_free = not any(wanted & hours for hours in others.values())
        if deed == "move" and not taken:
            assert refused(do, **words).code == "not_booked"
        elif is_free or deed == "allow":
            do(**words, allow_overlap=deed == "allow")
            taken[cause] = wanted
        else:
            assert refused(do, **words).code == "busy"
    for hour in range(27):
        at = make.stretch(make.tomorrow(0) + timedelta(hours=hour))
        found = Booking.objects.over(ana, at).values_list("cause_kind", "cause_id")
        assert set(found) == {cause for cause, hours in taken.items() if hour in hours}


def test_who_is_held_is_asked_afresh(ana):
    """An object that somebody held since before does not hide that they left."""
    before = Member.objects.get(pk=ana.pk)
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())

    assert refused(make.booked, before, make.tomorrow()).code == "member_left"
