"""The outbox: a letter for each notice, and a bad one holds up nobody."""

import json
from datetime import timedelta
from smtplib import SMTPServerDisconnected

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
from members.models import Member, Notice
from members.models.letters import WAITS
from members.notices import SEND_LETTERS, WOKEN
from tests import make
from tests.marks import committed

pytestmark = pytest.mark.django_db


class PickyPost(EmailBackend):
    """A server that hangs up on Ana."""

    def send_messages(self, messages):
        if "ana@example.org" in messages[0].to:
            raise SMTPServerDisconnected
        return super().send_messages(messages)


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
