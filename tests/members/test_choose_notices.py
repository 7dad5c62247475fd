"""How somebody likes to be told: of what, in which way, and when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import change_policy, choose_notices, send_letters
from members.actions.notices import Chosen, Hours, choices_of, hours_of
from members.models import DeedForAnother, NoticeChoice, NoticeHours
from members.notices import DONE_FOR_YOU, KINDS, Kind, notify
from members.policies.letters import QUIET_FROM, QUIET_UNTIL
from tests import make
from tests.marks import committed
from tests.races import at_once
from timebank.notices import EXCHANGE_RECORDED

URL = reverse("members:choose-notices")
CHICAGO = ZoneInfo("America/Chicago")
USUAL = Hours(None, None, 8, 0)

pytestmark = pytest.mark.django_db


@pytest.fixture
def needed():
    kind = Kind("needed_here", "Somebody came in", is_needed=True)
    KINDS[kind.name] = kind
    yield kind
    del KINDS[kind.name]


def chooses(member, *, in_app=True, pace="at_once", hours=USUAL):
    return choose_notices(
        by=make.acting(member),
        choices={EXCHANGE_RECORDED: Chosen(in_app, pace)},
        hours=hours,
    )


def typed(member, **changed):
    """The form as it is shown, with some of it changed."""
    form = {
        "quiet_from": "",
        "quiet_until": "",
        "digest_hour": "8",
        "digest_weekday": "0",
    }
    for kind, chosen in choices_of(member).items():
        if not kind.is_needed:
            form[f"{kind.name}-pace"] = chosen.pace
            if chosen.in_app:
                form[f"{kind.name}-in_app"] = "on"
    form |= changed
    return {name: value for name, value in form.items() if value is not None}


def test_i_choose_on_the_page(client, ana):
    client.force_login(ana)

    answer = client.post(
        URL,
        typed(
            ana,
            **{
                "exchange_recorded-pace": "daily",
                "exchange_recorded-in_app": None,
                "quiet_from": "22",
                "quiet_until": "7",
                "digest_hour": "18",
                "digest_weekday": "4",
            },
        ),
    )

    assertRedirects(answer, URL)
    assert choices_of(ana)[EXCHANGE_RECORDED] == Chosen(in_app=False, pace="daily")
    assert hours_of(ana) == Hours(22, 7, 18, 4)


def test_the_page_shows_what_holds(client, ana):
    chooses(ana, in_app=False, pace="weekly", hours=Hours(22, 7, 18, 4))
    client.force_login(ana)

    form = client.get(URL).context["form"]

    assert form["exchange_recorded-in_app"].value() is False
    assert form["exchange_recorded-pace"].value() == "weekly"
    assert [field.value() for field in form.hours_fields] == [22, 7, 18, 4]


def test_what_is_left_as_usual_is_not_kept_and_follows_the_network(client, ana):
    chooses(ana, pace="daily", hours=Hours(22, 7, 8, 0))
    client.force_login(ana)

    client.post(URL, typed(ana, **{"exchange_recorded-pace": "at_once"}))

    assert not NoticeChoice.objects.exists()
    assert not NoticeHours.objects.exists()


def test_what_others_chose_stays_theirs(client, ana, ben):
    chooses(ben, pace="never")

    chooses(ana, pace="daily")

    assert choices_of(ben)[EXCHANGE_RECORDED].pace == "never"


def test_never_means_no_letter(ana, ben):
    chooses(ana, pace="never")

    make.exchange(ana, ben)

    notice = ana.notices.get()
    assert (notice.letter, notice.awaits, notice.in_app) == (None, "", True)


def test_not_in_the_app_means_a_letter_alone(client, ana, ben):
    chooses(ana, in_app=False)
    make.exchange(ana, ben)
    client.force_login(ana)

    assert client.get(reverse("members:notices")).context["notices"] == []
    assert client.get("/").context["notices"].count() == 0
    assert send_letters() == 1


def test_collected_means_that_it_waits(ana, ben):
    chooses(ana, pace="weekly")

    make.exchange(ana, ben)

    assert (ana.notices.get().letter, ana.notices.get().awaits) == (None, "weekly")


def test_without_an_address_nothing_waits(edna, ben, rosa):
    chooses(edna, pace="daily")

    make.exchange(edna, ben)

    assert (edna.notices.get().letter, edna.notices.get().awaits) == (None, "")


def chicago(day, hour):
    return datetime(2026, 5, day, hour, tzinfo=CHICAGO)


def test_at_night_a_letter_waits_for_the_end_of_the_rest(ana, ben):
    with time_machine.travel(chicago(4, 23), tick=False) as frozen:
        chooses(ana, hours=Hours(22, 7, 8, 0))
        make.exchange(ana, ben)

        assert ana.notices.get().letter.due_at == chicago(5, 7)
        assert send_letters() == 0
        frozen.move_to(chicago(5, 7))
        assert send_letters() == 1


def test_by_day_it_goes_at_once(ana, ben):
    with time_machine.travel(chicago(4, 12), tick=False):
        chooses(ana, hours=Hours(22, 7, 8, 0))
        make.exchange(ana, ben)

        assert send_letters() == 1


@pytest.mark.parametrize(
    ("evening", "morning", "hours"),
    [((3, 7), (3, 8), 8), ((10, 31), (11, 1), 10)],
)
def test_when_clocks_are_changed_the_morning_is_still_the_morning(
    ana, ben, evening, morning, hours
):
    now = datetime(2026, *evening, 22, tzinfo=CHICAGO)
    with time_machine.travel(now, tick=False):
        chooses(ana, hours=Hours(22, 7, 8, 0))
        make.exchange(ana, ben)
        due = ana.notices.get().letter.due_at

        assert due == datetime(2026, *morning, 7, tzinfo=CHICAGO)
        assert due - clock.now() == timedelta(hours=hours)


def test_the_network_may_let_all_letters_rest(rosa, ana, ben):
    with time_machine.travel(chicago(4, 23), tick=False) as frozen:
        for policy, hour in ((QUIET_FROM, 21), (QUIET_UNTIL, 6)):
            change_policy(
                by=make.acting(rosa), policy=policy, value=hour, decision="Circle, May"
            )
        make.exchange(ana, ben)
        chooses(ben, hours=Hours(None, None, 9, 0))
        make.exchange(ben, ana)

        assert ana.notices.get().letter.due_at == chicago(5, 6)
        assert ben.notices.get().letter.due_at == clock.now()
        frozen.shift(1)
        assert hours_of(ana) == Hours(21, 6, 8, 0)


def test_what_is_needed_comes_at_once_at_night_too(ana, ben, needed):
    exchange = make.exchange(ana, ben)
    with time_machine.travel(chicago(4, 23), tick=False):
        chooses(ana, pace="never", hours=Hours(22, 7, 8, 0))
        NoticeChoice.objects.create(
            member=ana, kind=needed.name, in_app=False, pace="never"
        )
        notice = notify(
            ana,
            kind=needed,
            subject="s",
            headline="h",
            template="members/notices/done_for_you.txt",
            context={},
            about=exchange,
            at=clock.now(),
        )

        assert (notice.in_app, notice.letter.due_at) == (True, clock.now())


def test_nobody_goes_without_what_is_needed(client, ana, needed):
    with pytest.raises(ValidationError) as refused:
        choose_notices(
            by=make.acting(ana),
            choices={needed: Chosen(in_app=True, pace="never")},
            hours=USUAL,
        )
    assert refused.value.code == "needed"

    client.force_login(ana)
    answer = client.post(URL, typed(ana, **{f"{needed.name}-pace": "never"}))
    assertRedirects(answer, URL)
    assert not NoticeChoice.objects.exists()


@pytest.mark.parametrize(
    "bent",
    [
        {"exchange_recorded-pace": "hourly"},
        {"exchange_recorded-pace": None},
        {"exchange_recorded-pace": "\x00"},
        {"digest_hour": "24"},
        {"digest_hour": "-1"},
        {"digest_hour": ""},
        {"digest_weekday": "7"},
        {"quiet_from": "x"},
        {"quiet_from": "22", "quiet_until": ""},
        {"quiet_from": "", "quiet_until": "7"},
        {"quiet_until": "9" * 400},
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(client, ana, bent):
    client.force_login(ana)

    answer = client.post(URL, typed(ana, **bent))

    assert answer.status_code == 422
    assert not NoticeChoice.objects.exists()
    assert not NoticeHours.objects.exists()


def test_half_a_rest_is_refused_beside_its_other_half(client, ana):
    client.force_login(ana)

    form = client.post(URL, typed(ana, quiet_from="22")).context["form"]

    assert form.errors.as_data()["quiet_until"][0].code == "half_a_rest"


def test_the_same_hour_twice_is_no_rest(client, ana):
    client.force_login(ana)

    client.post(URL, typed(ana, quiet_from="7", quiet_until="7", digest_hour="9"))

    assert hours_of(ana) == Hours(None, None, 9, 0)


@pytest.mark.parametrize(
    ("pace", "awaits"),
    [("daily", "daily"), ("at_once", "daily"), ("weekly", "weekly"), ("never", "")],
)
def test_what_waits_waits_as_is_now_chosen(ana, ben, pace, awaits):
    chooses(ana, pace="weekly")
    make.exchange(ana, ben)

    chooses(ana, pace=pace)

    assert ana.notices.get().awaits == awaits


def test_chosen_for_somebody_who_phones_it_is_told_to_them(client, rosa, ana):
    by = Acting(rosa, for_member=ana, channel="phone")

    choose_notices(
        by=by, choices={DONE_FOR_YOU: Chosen(in_app=True, pace="daily")}, hours=USUAL
    )

    assert choices_of(ana)[DONE_FOR_YOU].pace == "daily"
    assert choices_of(rosa)[DONE_FOR_YOU].pace == "at_once"
    assert DeedForAnother.objects.get().recorded_for == ana


@committed
def test_chosen_twice_at_the_same_moment_it_is_kept_once(ana):
    at_once(
        [
            lambda: chooses(ana, pace="daily", hours=Hours(22, 7, 8, 0)),
            lambda: chooses(ana, pace="weekly", hours=Hours(23, 7, 8, 0)),
        ]
        * 4
    )

    assert NoticeChoice.objects.count() == 1
    assert NoticeHours.objects.count() == 1


@committed
def test_the_page_asks_little(client, ana, django_assert_max_num_queries):
    client.force_login(ana)
    client.get(URL)

    with django_assert_max_num_queries(8):
        client.get(URL)


def test_what_only_coordinators_are_told_stands_on_no_other_page(client, rosa, ana):
    shown = {}
    for member in (rosa, ana):
        client.force_login(member)
        shown[member] = "Somebody asks to join" in client.get(URL).text

    assert shown == {rosa: True, ana: False}


def test_whoever_has_no_e_mail_is_not_asked_about_letters(client, edna):
    client.force_login(edna)

    page = client.get(URL)

    assert "When letters come" not in page.text
    assert 'type="hidden" name="exchange_recorded-pace"' in page.text
    assert 'type="hidden" name="digest_weekday" value="0"' in page.text
    assertRedirects(client.post(URL, typed(edna, digest_weekday="3")), URL)
    assert hours_of(edna).digest_weekday == 3
