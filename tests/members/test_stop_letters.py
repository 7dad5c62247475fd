"""Stopping letters from a letter itself: one press, no signing in, for ever (RFC 8058)."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members import clock
from members.actions import choose_notices, send_letters
from members.actions.notices import Chosen, Hours, choices_of
from members.models import Letter, Member, NoticeChoice
from members.notices import DIGEST, DONE_FOR_YOU, KINDS, Kind, stop_path
from tests import make
from timebank.notices import EXCHANGE_RECORDED

ONE_CLICK = {"List-Unsubscribe": "One-Click"}

pytestmark = pytest.mark.django_db


def path_for(member, kind):
    return stop_path(Letter(member=member, kind=kind.name))


@pytest.fixture
def a_machine():
    """A mail program: it has no cookie, and no token of ours."""
    return Client(enforce_csrf_checks=True)


def test_the_button_of_a_mail_program_stops_that_kind(a_machine, ana, ben, settings):
    make.exchange(ana, ben)
    send_letters()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<> \n")
    assert url.startswith(settings.PUBLIC_URL)

    answer = a_machine.post(url.removeprefix(settings.PUBLIC_URL), ONE_CLICK)

    assert answer.status_code == 200
    chosen = choices_of(ana)
    assert chosen[EXCHANGE_RECORDED] == Chosen(in_app=True, pace="never")
    assert chosen[DONE_FOR_YOU].pace == "at_once"


def test_looking_at_it_stops_nothing(client, ana):
    page = client.get(path_for(ana, EXCHANGE_RECORDED))

    assert page.status_code == 200
    assert "Stop these letters" in page.text
    assert "Ana" not in page.text
    assert not NoticeChoice.objects.exists()


def test_it_works_again_and_again_and_in_years(a_machine, ana):
    path = path_for(ana, EXCHANGE_RECORDED)
    for _ in range(2):
        assert a_machine.post(path, ONE_CLICK).status_code == 200
    choose_notices(
        by=make.acting(ana),
        choices={EXCHANGE_RECORDED: Chosen(in_app=True, pace="at_once")},
        hours=Hours(None, None, 8, 0),
    )

    assert a_machine.post(path, ONE_CLICK).status_code == 200

    assert choices_of(ana)[EXCHANGE_RECORDED].pace == "never"


def test_it_keeps_what_was_chosen_for_the_app(a_machine, ana):
    NoticeChoice.objects.create(
        member=ana, kind="exchange_recorded", in_app=False, pace="daily"
    )

    a_machine.post(path_for(ana, EXCHANGE_RECORDED), ONE_CLICK)

    assert choices_of(ana)[EXCHANGE_RECORDED] == Chosen(in_app=False, pace="never")


def test_from_a_collected_letter_all_that_is_collected_stops(a_machine, ana, ben):
    for kind, pace in ((EXCHANGE_RECORDED, "daily"), (DONE_FOR_YOU, "at_once")):
        NoticeChoice.objects.create(member=ana, kind=kind.name, in_app=True, pace=pace)
    make.exchange(ana, ben)

    a_machine.post(path_for(ana, DIGEST), ONE_CLICK)

    assert choices_of(ana)[EXCHANGE_RECORDED].pace == "never"
    assert choices_of(ana)[DONE_FOR_YOU].pace == "at_once"
    assert ana.notices.get().awaits == ""


def test_signed_in_as_somebody_else_it_stops_the_readers(client, ana, ben):
    client.force_login(ben)

    client.post(path_for(ana, EXCHANGE_RECORDED), ONE_CLICK)

    assert choices_of(ana)[EXCHANGE_RECORDED].pace == "never"
    assert choices_of(ben)[EXCHANGE_RECORDED].pace == "at_once"


def test_who_has_left_is_thanked_all_the_same(a_machine, ana):
    path = path_for(ana, EXCHANGE_RECORDED)
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())

    assert a_machine.post(path, ONE_CLICK).status_code == 200
    assert not NoticeChoice.objects.exists()


def test_a_kind_that_is_no_more_is_stopped_already(a_machine, ana):
    kind = Kind("of_long_ago", "Of long ago")
    KINDS[kind.name] = kind
    path = path_for(ana, kind)
    del KINDS[kind.name]

    assert a_machine.post(path, ONE_CLICK).status_code == 200
    assert a_machine.get(path).status_code == 200
    assert not NoticeChoice.objects.exists()


def test_what_is_needed_and_what_strangers_get_has_no_such_link(ana):
    needed = Kind("needed_too", "x", is_needed=True)
    KINDS[needed.name] = needed
    try:
        assert path_for(ana, needed) == ""
    finally:
        del KINDS[needed.name]
    assert stop_path(Letter(address="x@example.org", kind="exchange_recorded")) == ""


@pytest.mark.parametrize("token", ["x", "1-exchange_recorded", "é.é", "a.b.c", "-.x"])
def test_a_bent_link_stops_nothing(a_machine, ana, token):
    path = reverse("members:stop-letters", args=[token])

    assert a_machine.post(path, ONE_CLICK).status_code == 410
    assert a_machine.get(path).status_code == 410
    assert not NoticeChoice.objects.exists()
