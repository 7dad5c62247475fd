"""Collected letters: one a day for all that waits, at the reader's hour, never empty."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from members import clock
from members.actions import choose_notices, send_digests, send_letters
from members.actions.digests import TOLD_AT_MOST
from members.actions.notices import Chosen, Hours
from members.models import Letter, Member, Notice, NoticeChoice
from tests import make
from tests.marks import committed
from tests.races import at_once
from timebank.notices import EXCHANGE_RECORDED

CHICAGO = ZoneInfo("America/Chicago")
MORNING = Hours(None, None, 8, 0)

pytestmark = pytest.mark.django_db


def chicago(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO)


def collects(member, pace="daily", hours=MORNING):
    choose_notices(
        by=make.acting(member),
        choices={EXCHANGE_RECORDED: Chosen(in_app=True, pace=pace)},
        hours=hours,
    )


def helped(giver, receiver, minutes=60, **words):
    """Hours that are recorded at this moment, by the frozen clock."""
    return make.exchange(giver, receiver, minutes, **{"at": clock.now()} | words)


@pytest.fixture
def frozen(ana, ben):
    """Sunday afternoon; Ana wants one letter a day, at eight."""
    Member.objects.update(welcomed_at=chicago(5, 1, 0))
    with time_machine.travel(chicago(5, 3, 15), tick=False) as frozen:
        collects(ana)
        yield frozen


def test_all_that_waits_comes_in_one_letter_at_the_readers_hour(
    ana, ben, cleo, frozen, settings
):
    helped(ana, ben, 60)
    helped(ana, cleo, 120)
    assert send_letters() == 0

    frozen.move_to(chicago(5, 4, 7, 59))
    assert send_digests() == 0
    frozen.move_to(chicago(5, 4, 8))
    assert send_digests() == 1
    assert send_letters() == 1

    (letter,) = mail.outbox
    body = letter.body.replace("\xa0", " ")
    assert letter.subject.endswith("News for you, collected")
    assert "Ben de Vries recorded 1 h of your help (Sunday 3 May)" in body
    assert "Cleo Stranger recorded 2 h of your help (Sunday 3 May)" in body
    assert body.index("Cleo") < body.index("Ben")
    assert body.count("A neighbour recorded hours with me:") == 1
    for notice in ana.notices.all():
        assert settings.PUBLIC_URL + notice.path in body
        assert (notice.awaits, notice.letter) == ("", Letter.objects.get())


def test_asked_again_it_writes_no_second(ana, ben, frozen):
    helped(ana, ben)
    frozen.move_to(chicago(5, 4, 8))

    assert [send_digests() for _ in range(3)] == [1, 0, 0]


def test_nothing_to_tell_is_no_letter(ana, frozen):
    frozen.move_to(chicago(5, 4, 8))

    assert send_digests() == 0
    assert not Letter.objects.exists()


def test_what_comes_after_the_hour_waits_for_tomorrow(ana, ben, frozen):
    frozen.move_to(chicago(5, 4, 12))
    helped(ana, ben)
    assert send_digests() == 0

    frozen.move_to(chicago(5, 5, 8))
    assert send_digests() == 1
    assert Letter.objects.get().digest_on == chicago(5, 5, 8).date()


def test_where_nobody_asked_in_time_it_comes_late_and_once(ana, ben, frozen):
    helped(ana, ben)
    frozen.move_to(chicago(5, 6, 3))

    assert [send_digests(), send_digests()] == [1, 0]

    assert Letter.objects.get().digest_on == chicago(5, 5, 8).date()
    frozen.move_to(chicago(5, 6, 8))
    assert send_digests() == 0


def test_the_weekly_one_comes_on_its_day_with_the_weeks_news(ana, ben, frozen):
    collects(ana, "weekly", Hours(None, None, 18, 4))
    helped(ana, ben)
    frozen.move_to(chicago(5, 5, 12))
    helped(ana, ben)
    frozen.move_to(chicago(5, 8, 17, 50))
    assert send_digests() == 0

    frozen.move_to(chicago(5, 8, 18))
    assert send_digests() == 1

    assert Letter.objects.get().notices.count() == 2


def test_a_weekly_one_whose_day_was_missed_comes_the_next_day(ana, ben, frozen):
    collects(ana, "weekly")
    helped(ana, ben)
    frozen.move_to(chicago(5, 5, 9))

    assert send_digests() == 1

    frozen.shift(timedelta(hours=1))
    helped(ana, ben)
    frozen.move_to(chicago(5, 10, 9))
    assert send_digests() == 0
    frozen.move_to(chicago(5, 11, 8))
    assert send_digests() == 1


def test_on_the_day_of_both_they_are_one_letter(ana, ben, frozen):
    helped(ana, ben)
    helped(ana, ben)
    Notice.objects.filter(pk=ana.notices.earliest("pk").pk).update(awaits="weekly")
    frozen.move_to(chicago(5, 4, 8))

    assert send_digests() == 1
    assert Letter.objects.get().notices.count() == 2


def test_what_was_entered_late_does_not_make_a_second_letter_of_the_day(
    ana, ben, frozen
):
    helped(ana, ben)
    frozen.move_to(chicago(5, 4, 8))
    assert send_digests() == 1
    frozen.move_to(chicago(5, 4, 9))
    helped(ana, ben, at=chicago(5, 4, 7))

    assert send_digests() == 0
    frozen.move_to(chicago(5, 5, 8))
    assert send_digests() == 1


def test_who_left_or_lost_their_address_gets_none(ana, ben, frozen):
    helped(ana, ben)
    Member.objects.filter(pk=ana.pk).update(email=None)
    frozen.move_to(chicago(5, 4, 8))

    assert send_digests() == 0
    assert ana.notices.get().awaits == ""


def test_it_speaks_the_readers_language(ana, ben, frozen):
    Member.objects.filter(pk=ana.pk).update(language="es")
    helped(ana, ben)
    frozen.move_to(chicago(5, 4, 8))

    send_digests()

    letter = Letter.objects.get()
    assert letter.language == "es"
    assert "domingo 3 mayo" in letter.text


def test_a_long_absence_is_told_in_short(ana, ben, frozen):
    helped(ana, ben)
    one = ana.notices.get()
    for _ in range(TOLD_AT_MOST + 1):
        one.pk = None
        one.save(force_insert=True)
    frozen.move_to(chicago(5, 4, 8))

    send_digests()

    text = Letter.objects.get().text
    assert text.count("recorded 1") == TOLD_AT_MOST
    assert "2 more are on your page." in text
    assert not Notice.objects.awaiting().exists()


@pytest.mark.parametrize(
    ("evening", "hour", "before", "at", "day"),
    [
        # 2:00 is skipped on 8 March: it comes at 3:00. 1:00 comes twice on 1 November.
        ((3, 7), 2, chicago(3, 8, 1, 59), chicago(3, 8, 3), (3, 8)),
        ((10, 31), 1, chicago(11, 1, 0, 59), chicago(11, 1, 1), (11, 1)),
    ],
)
def test_when_clocks_are_changed_it_comes_once(
    ana, ben, evening, hour, before, at, day
):
    with time_machine.travel(chicago(*evening, 20), tick=False) as frozen:
        Member.objects.update(welcomed_at=clock.now())
        collects(ana, hours=Hours(None, None, hour, 0))
        helped(ana, ben)
        frozen.move_to(before)
        assert send_digests() == 0
        frozen.move_to(at)
        assert send_digests() == 1
        assert Letter.objects.get().digest_on == chicago(*day, 12).date()
        # The hour after, which is the same hour again in autumn.
        helped(ana, ben, at=clock.now() - timedelta(minutes=30))
        frozen.shift(timedelta(hours=1))
        assert send_digests() == 0


@committed
def test_two_that_ask_at_once_write_one(ana, ben, cleo):
    for member in (ana, cleo):
        NoticeChoice.objects.create(
            member=member, kind="exchange_recorded", in_app=True, pace="daily"
        )
        helped(member, ben)
    Notice.objects.update(created_at=clock.now() - timedelta(days=2))

    assert sum(at_once([send_digests] * 6)) == 2
    assert Letter.objects.count() == 2


@committed
def test_many_that_wait_for_their_hour_cost_what_one_does(
    ana, ben, django_assert_max_num_queries
):
    collects(ana)
    for _ in range(12):
        helped(ana, ben)

    with django_assert_max_num_queries(4):
        send_digests()
