"""The outbox: a letter for each notice, and a bad one holds up nobody."""

import json
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import redis
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend

from members import clock
from members.acting import Acting
from members.actions import send_letters, welcome_member
from members.models import Letter, Member, Notice
from members.models.letters import ADDRESS_REFUSED, INTERRUPTED, WAITS
from members.notices import (
    SEND_LETTERS,
    WOKEN,
)
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


class PickyPost(EmailBackend):
    """A server that hangs up on Ana."""

    fault: Exception = SMTPServerDisconnected()

    def send_messages(self, messages):
        if "ana@example.org" in messages[0].to:
            raise self.fault
        return super().send_messages(messages)


class StrictPost(PickyPost):
    """A server that knows no Ana."""

    fault = SMTPRecipientsRefused({"ana@example.org": (550, b"No such user")})


class GreyPost(PickyPost):
    """A server that wants to be asked again."""

    fault = SMTPRecipientsRefused({"ana@example.org": (450, b"Come back later")})


class NoPost(EmailBackend):
    """A server that is away."""

    def open(self):
        raise ConnectionRefusedError


@pytest.fixture
def _picky_post(settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyPost"


def test_the_letter_says_who_what_and_where(ana, ben, settings):
    exchange = make.exchange(ana, ben, 120, what="Mended a bicycle")

    assert send_letters() == 1

    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    body = letter.body.replace("\xa0", " ")
    assert "Ana" in body
    assert "Ben de Vries recorded 2 h of your help" in body
    assert "Mended a bicycle" in body
    assert settings.PUBLIC_URL + exchange.get_absolute_url() in body


def test_the_outside_of_a_letter_names_nobody(ana, ben, settings):
    make.exchange(ana, ben, what="A secret")

    send_letters()

    assert (
        mail.outbox[0].subject
        == f"{settings.NETWORK_NAME}: Hours were recorded with you"
    )


def test_a_letter_is_not_html(ana, ben):
    make.exchange(ana, ben, what="Salt & pepper <3")

    send_letters()

    assert "Salt & pepper <3" in mail.outbox[0].body


def test_a_letter_goes_out_once(ana, ben):
    make.exchange(ana, ben)

    assert (send_letters(), send_letters()) == (1, 0)
    notice = Notice.objects.get()
    assert notice.letter.sent_at is not None
    assert notice.letter.due_at is None


@pytest.mark.usefixtures("_picky_post")
def test_a_letter_that_fails_holds_up_nobody(ana, ben, cleo):
    make.exchange(ana, ben)
    make.exchange(cleo, ben)

    assert send_letters() == 1

    assert [letter.to for letter in mail.outbox] == [["cleo@example.org"]]
    notice = ana.notices.get()
    assert (notice.letter.tries, notice.letter.fault) == (
        1,
        "SMTPServerDisconnected",
    )
    assert notice.letter.due_at > clock.now()


@pytest.mark.usefixtures("_picky_post")
def test_it_is_tried_again_ever_later_and_at_last_rests(ana, ben):
    with time_machine.travel(clock.now(), tick=False) as frozen:
        make.exchange(ana, ben)
        for wait in WAITS:
            send_letters()
            assert ana.notices.get().letter.due_at == clock.now() + wait
            frozen.shift(wait - timedelta(seconds=1))
            send_letters()
            frozen.shift(timedelta(seconds=1))
        send_letters()

    notice = ana.notices.get()
    assert (notice.letter.tries, notice.letter.due_at) == (len(WAITS) + 1, None)


def test_after_a_failure_it_still_arrives(ana, ben, settings):
    with time_machine.travel(clock.now(), tick=False) as frozen:
        make.exchange(ana, ben)
        settings.EMAIL_BACKEND = f"{__name__}.PickyPost"
        send_letters()
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        frozen.shift(WAITS[0])

        assert send_letters() == 1


@pytest.fixture
def queued(settings):
    """The tasks that wait in the real queue, by name."""
    broker = redis.from_url(settings.REDIS_URL)
    queue = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] + "celery"
    broker.delete(queue)
    cache.delete(WOKEN)
    yield lambda: [
        json.loads(one)["headers"]["task"] for one in broker.lrange(queue, 0, -1)
    ]
    broker.delete(queue)
    broker.close()
    cache.delete(WOKEN)


@committed
def test_the_worker_is_woken_after_the_deed_and_once(ana, ben, queued):
    make.exchange(ana, ben)
    make.exchange(ana, ben)

    assert queued() == [SEND_LETTERS]


@committed
def test_it_can_be_woken_again_once_it_ran(ana, ben, queued):
    make.exchange(ana, ben)
    send_letters()
    make.exchange(ana, ben)

    assert queued() == [SEND_LETTERS, SEND_LETTERS]


@committed
def test_a_deed_that_is_undone_wakes_nobody(ana, ben, queued):
    with pytest.raises(ValidationError):
        make.exchange(ana, ben, minutes=1215)

    assert queued() == []


def test_nobody_who_left_or_lost_their_address_gets_a_letter(ana, ben, cleo):
    make.exchange(ana, ben)
    make.exchange(cleo, ben)
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())
    Member.objects.filter(pk=cleo.pk).update(email=None)

    assert send_letters() == 0

    assert mail.outbox == []
    for member in (ana, cleo):
        assert (
            member.notices.get().letter.due_at,
            member.notices.get().letter.sent_at,
        ) == (None, None)


def test_the_longest_names_still_fit_the_notice(rosa, client):
    by = make.acting(rosa)
    giver = welcome_member(by=by, name="G" * 80)
    receiver = welcome_member(by=by, name="R" * 80)

    make.exchange(giver, receiver, by=Acting(rosa, for_member=giver, channel="phone"))

    assert receiver.notices.get().headline.endswith("gave you")


# Letters that can't be delivered


def test_at_last_it_is_given_up_and_people_see_to_it(ana, ben, settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyPost"
    with time_machine.travel(clock.now(), tick=False) as frozen:
        make.exchange(ana, ben)
        for wait in [*WAITS, timedelta()]:
            send_letters()
            frozen.shift(wait)

        letter = Letter.objects.given_up().get()
        assert (letter.tries, letter.unclear, letter.gave_up_at) == (
            len(WAITS) + 1,
            0,
            clock.now(),
        )


def test_an_unknown_address_is_tried_twice_and_no_more(ana, ben, settings):
    settings.EMAIL_BACKEND = f"{__name__}.StrictPost"
    with time_machine.travel(clock.now(), tick=False) as frozen:
        make.exchange(ana, ben)
        send_letters()
        assert Letter.objects.get().due_at == clock.now() + timedelta(hours=1)
        frozen.shift(timedelta(hours=1))
        send_letters()

        letter = Letter.objects.given_up().get()
    assert (letter.tries, letter.fault) == (2, ADDRESS_REFUSED)
    assert "no such address" in str(letter.fault_in_words)


def test_a_server_that_wants_to_be_asked_again_is_asked_again(ana, ben, settings):
    settings.EMAIL_BACKEND = f"{__name__}.GreyPost"
    make.exchange(ana, ben)

    send_letters()

    letter = Letter.objects.get()
    assert (letter.fault, letter.gave_up_at) == ("SMTPRecipientsRefused", None)
    assert letter.due_at - clock.now() < timedelta(minutes=2)


def test_while_the_post_is_away_no_letter_is_blamed(ana, ben, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoPost"
    make.exchange(ana, ben)

    assert send_letters() == 0

    letter = Letter.objects.get()
    assert (letter.tries, letter.begun_at, letter.fault) == (0, None, "")
    assert list(Letter.objects.due(clock.now())) == [letter]


# Workers that die, and workers at the same time


def begun(ago: timedelta, **columns):
    """A letter that some worker took up a while ago and said no more about."""
    Letter.objects.update(
        begun_at=clock.now() - ago, **{"tries": 1, "unclear": 1} | columns
    )


def test_a_letter_in_somebodys_hands_is_left_to_them(ana, ben, settings):
    make.exchange(ana, ben)
    begun(timedelta(seconds=settings.LETTERS_LEASE - 5))

    assert send_letters() == 0


def test_a_dead_workers_letter_is_sent_once_more(ana, ben, settings):
    make.exchange(ana, ben)
    begun(timedelta(seconds=settings.LETTERS_LEASE + 1))

    assert send_letters() == 1

    assert (Letter.objects.get().tries, Letter.objects.get().unclear) == (2, 1)


def test_what_broke_off_twice_is_left_to_people(ana, ben, settings):
    make.exchange(ana, ben)
    begun(timedelta(seconds=settings.LETTERS_LEASE + 1), tries=2, unclear=2)

    assert send_letters() == 0

    letter = Letter.objects.given_up().get()
    assert letter.fault == INTERRUPTED
    assert "perhaps twice" in str(letter.fault_in_words)


def test_a_failure_in_between_does_not_make_a_third_copy(ana, ben, settings):
    """Interrupted, then refused, then interrupted again: it may have arrived twice."""
    late = timedelta(seconds=settings.LETTERS_LEASE + 1)
    make.exchange(ana, ben)
    begun(late)
    settings.EMAIL_BACKEND = f"{__name__}.PickyPost"
    send_letters()
    assert Letter.objects.get().unclear == 1
    Letter.objects.update(due_at=clock.now())
    begun(late, tries=3, unclear=2)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send_letters() == 0
    assert Letter.objects.get().fault == INTERRUPTED


def test_a_slow_workers_letter_that_went_out_stays_sent(ana, ben):
    make.exchange(ana, ben)
    letter = Letter.objects.get()
    send_letters()

    letter.failed("SMTPServerDisconnected", WAITS, clock.now())

    assert Letter.objects.get().sent_at is not None
    assert Letter.objects.get().due_at is None


@committed
def test_two_workers_never_send_the_same_letter(ana, ben):
    for _ in range(24):
        make.exchange(ana, ben, 15)

    sent = at_once([send_letters] * 4)

    assert sum(sent) == 24
    numbers = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert len(set(numbers)) == len(numbers) == 24
    assert not Letter.objects.due(clock.now()).exists()


@committed
def test_a_letter_costs_one_question(ana, ben, django_assert_num_queries):
    for _ in range(10):
        make.exchange(ana, ben, 15)

    # Those that broke off, whether any is due, one for each and a last one.
    with django_assert_num_queries(2 + 10 + 1):
        send_letters()
