"""Somebody says when they are away: in days and hours as their clocks show them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import release_time_away
from members.models import Booking, Channel, DeedForAnother
from members.signals import booking_causes_asked
from tests import make
from tests.refusals import codes

pytestmark = pytest.mark.django_db

URL = "/me/times/away/"
TIMES = "/me/times/"
AUTUMN = date(2026, 11, 1)
SPRING = date(2027, 3, 14)
HOUR = timedelta(hours=1)


def form(first: date, last: date | None = None, **words):
    given = {
        "first_day": first.isoformat(),
        "last_day": (last or first).isoformat(),
        "key": str(make.key()),
    }
    return given | words


@pytest.fixture
def in_october(settings):
    """Before both nights on which the clocks change."""
    with time_machine.travel(datetime(2026, 10, 20, 18, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def before_welcome(in_october, rosa, ana):
    return ana


def test_a_day_away_is_from_midnight_to_midnight(client, ana):
    client.force_login(ana)
    day = clock.today() + timedelta(days=3)

    response = client.post(URL, form(day))

    assertRedirects(response, TIMES)
    booking = Booking.objects.get()
    assert (booking.member, booking.cause_kind) == (ana, "away")
    assert clock.day_of(booking.during.lower) == day
    assert clock.day_of(booking.during.upper) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "hours"), [(AUTUMN, 25), (SPRING, 23), (date(2026, 10, 31), 24)]
)
def test_a_day_on_which_the_clocks_change_is_a_whole_day(
    client, before_welcome, day, hours
):
    client.force_login(before_welcome)

    client.post(URL, form(day))

    during = Booking.objects.get().during
    assert during.upper - during.lower == hours * HOUR
    assert during.lower == datetime.combine(day, time(5 if day != SPRING else 6), UTC)


def test_the_hour_that_comes_twice_is_all_of_it(client, before_welcome):
    """From half past one to half past one in the night the clocks go back: an hour long."""
    client.force_login(before_welcome)

    client.post(URL, form(AUTUMN, from_time="01:30", until_time="01:30"))

    during = Booking.objects.get().during
    assert (during.lower, during.upper) == (
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
    )


def test_an_evening_before_the_change_and_a_morning_after_it(client, before_welcome):
    client.force_login(before_welcome)

    client.post(
        URL,
        form(SPRING - timedelta(days=1), SPRING, from_time="22:00", until_time="08:00"),
    )

    booking = Booking.objects.get()
    assert booking.during.upper - booking.during.lower == 9 * HOUR
    assert booking.when == ("Sat 13 Mar 2027, 22:00 CST to Sun 14 Mar 2027, 08:00 CDT")


@pytest.mark.parametrize("at", [{"from_time": "02:30"}, {"until_time": "02:30"}])
def test_a_time_that_the_clocks_leap_over_is_refused(client, before_welcome, at):
    client.force_login(before_welcome)

    response = client.post(URL, form(SPRING, **at))

    assert response.status_code == 422
    assert codes(response) == {next(iter(at)): ["leapt_over"]}


def test_around_the_change_back_to_back_is_no_clash(client, before_welcome):
    client.force_login(before_welcome)
    client.post(URL, form(AUTUMN, until_time="01:30"))
    # The second half past one is where the first time ends.
    begin = clock.moment_of(AUTUMN, time(1, 30), later=True)

    make.booked(before_welcome, begin)

    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ({}, "all of Sat 31 Oct 2026"),
        ({"last_day": "2026-11-02"}, "Sat 31 Oct 2026 to Mon 2 Nov 2026"),
        (
            {"from_time": "09:00", "until_time": "11:30"},
            "Sat 31 Oct 2026, 09:00 to 11:30 CDT",
        ),
    ],
)
def test_a_time_is_said_as_people_say_it(client, before_welcome, words, when):
    client.force_login(before_welcome)
    client.post(URL, form(date(2026, 10, 31), **words))

    assert Booking.objects.get().when == when


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"last_day": "2026-10-30"}, {"last_day": ["no_time"]}),
        ({"from_time": "11:00", "until_time": "11:00"}, {"last_day": ["no_time"]}),
        ({"first_day": ""}, {"first_day": ["required"]}),
        ({"first_day": "soon"}, {"first_day": ["invalid"]}),
        ({"first_day": "0001-01-01"}, {"first_day": ["strange_year"]}),
        ({"last_day": "9999-12-31"}, {"last_day": ["strange_year"]}),
        ({"from_time": "25:00"}, {"from_time": ["invalid"]}),
        (
            {"first_day": "2026-10-01", "last_day": "2026-10-19"},
            {"__all__": ["in_past"]},
        ),
        ({"last_day": "2028-01-01"}, {"__all__": ["too_long"]}),
        (
            {"first_day": "2036-01-01", "last_day": "2036-01-02"},
            {"__all__": ["too_long"]},
        ),
        ({"key": "spoilt"}, {"key": ["invalid"]}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, before_welcome, words, refused):
    client.force_login(before_welcome)

    response = client.post(URL, form(date(2026, 10, 31)) | words)

    assert response.status_code == 422
    assert codes(response) == refused
    assert not Booking.objects.exists()


def test_a_form_sent_twice_is_one_time_even_after_it_was_released(client, ana):
    client.force_login(ana)
    words = form(clock.today() + timedelta(days=3))
    client.post(URL, words)
    client.post(URL, words)
    booking = Booking.objects.get()

    client.post(f"{TIMES}{booking.pk}/release/")
    client.post(URL, words)

    assert not Booking.objects.standing().exists()


def test_over_a_date_it_is_refused_and_says_which(client, ana):
    make.booked(ana, make.tomorrow())
    client.force_login(ana)

    response = client.post(URL, form(clock.today() + timedelta(days=1)))

    assert codes(response) == {"__all__": ["busy"]}
    assert "allow_overlap" not in response.context["form"].fields


def acting_for(client, rosa, edna):
    client.force_login(rosa)
    client.post("/acting/begin/", {"member": edna.pk, "channel": "phone"})


def test_a_coordinator_says_it_for_a_member_who_phones(client, rosa, edna):
    acting_for(client, rosa, edna)
    day = clock.today() + timedelta(days=3)

    client.post(URL, form(day, acting_for=edna.pk))

    booking = Booking.objects.get()
    assert (booking.member, booking.recorded_by, booking.channel) == (
        edna,
        rosa,
        Channel.PHONE,
    )
    assert DeedForAnother.objects.get().deed == "book_time_away"


def test_a_coordinator_allows_an_overlap_in_a_second_step(client, rosa, edna):
    make.booked(edna, make.tomorrow())
    acting_for(client, rosa, edna)
    words = form(clock.today() + timedelta(days=1), acting_for=edna.pk)
    assert b"allow_overlap" not in client.get(URL).content

    first = client.post(URL, words)
    assert codes(first) == {"__all__": ["busy"]}
    assert b'name="allow_overlap"' in first.content
    client.post(URL, words | {"allow_overlap": "on"})

    away = Booking.objects.get(cause_kind="away")
    assert away.overlap_allowed_by == rosa


def test_a_member_allows_no_overlap_by_a_forged_field(client, ana):
    make.booked(ana, make.tomorrow())
    client.force_login(ana)

    words = form(clock.today() + timedelta(days=1), allow_overlap="on")
    assert codes(client.post(URL, words)) == {"__all__": ["busy"]}


def test_nobody_says_it_for_somebody_else(ana, ben):
    with pytest.raises(PermissionDenied):
        make.away(ana, by=Acting(ben, for_member=ana))


def test_here_after_all(client, ana):
    booking = make.away(ana)
    client.force_login(ana)

    response = client.post(f"{TIMES}{booking.pk}/release/")

    assertRedirects(response, TIMES)
    assert not Booking.objects.standing().exists()


def test_only_ones_own_time_away_is_released(client, ana, ben):
    away, visit = make.away(ana), make.booked(ana, make.tomorrow(15))
    client.force_login(ben)
    assert client.post(f"{TIMES}{away.pk}/release/").status_code == 404
    with pytest.raises(PermissionDenied):
        release_time_away(by=make.acting(ben), booking=away)

    with pytest.raises(ValidationError) as caught:
        release_time_away(by=make.acting(ana), booking=visit)
    assert caught.value.code == "belongs_elsewhere"
    assert Booking.objects.standing().count() == 2


def test_my_times_are_mine_and_the_soonest_first(client, ana, ben):
    later, soon = make.booked(ana, make.tomorrow(15)), make.away(ana)
    make.booked(ben, make.tomorrow())
    client.force_login(ana)

    rows = client.get(TIMES).context["rows"]

    assert [row[0] for row in rows] == [soon, later]
    assert rows[0][1:] == ("You are away", "", True)


def test_what_is_over_is_not_shown(client, ana):
    make.away(ana)
    client.force_login(ana)

    with time_machine.travel(make.tomorrow(11) + timedelta(seconds=1)):
        assert client.get(TIMES).context["rows"] == []


def test_another_room_says_what_its_times_are_for(client, ana):
    visit = make.booked(ana, make.tomorrow())

    def of_visits(bookings, **_signal):
        mine = [one for one in bookings if one.cause_kind == "visit"]
        return {one.cause_id: ("Visit Edna", "/visits/1/") for one in mine}

    booking_causes_asked.connect(of_visits)
    try:
        client.force_login(ana)
        row = client.get(TIMES).context["rows"][0]
    finally:
        booking_causes_asked.disconnect(of_visits)

    assert row == (visit, "Visit Edna", "/visits/1/", False)


def test_my_times_cost_the_same_however_many(client, ana, django_assert_num_queries):
    client.force_login(ana)
    for times in (1, 29):
        for number in range(times):
            begin = make.tomorrow() + timedelta(days=times * 30 + number)
            make.away(ana, during=make.stretch(begin))
        with django_assert_num_queries(3):
            client.get(TIMES)
