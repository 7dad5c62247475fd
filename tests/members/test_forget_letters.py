"""Letters, links and notices are kept for a while, and no longer."""

from datetime import timedelta

import pytest
import time_machine

from members import clock
from members.actions import (
    Asked,
    apply,
    change_policy,
    forget_letters,
    send_letters,
    write_about_sign_in,
)
from members.models import ActionLink, Letter, Notice
from members.policies.letters import LETTERS_KEPT_DAYS, NOTICES_KEPT_DAYS
from tests import make

pytestmark = pytest.mark.django_db


def days_later(days):
    return time_machine.travel(clock.now() + timedelta(days=days))


def test_a_month_after_it_went_out_a_letter_is_gone_and_its_notice_stays(ana, ben):
    make.exchange(ana, ben)
    send_letters()

    with days_later(29):
        assert forget_letters() == 0
    with days_later(31):
        assert forget_letters() == 1

    assert not Letter.objects.exists()
    assert ana.notices.get().letter is None


def test_what_is_still_to_be_sent_is_kept(ana, ben):
    make.exchange(ana, ben)

    with days_later(31):
        forget_letters()

    assert Letter.objects.count() == 1


def test_what_nobody_saw_to_is_not_kept_for_ever(ana, ben):
    make.exchange(ana, ben)
    Letter.objects.update(due_at=None, gave_up_at=clock.now())

    with days_later(31):
        forget_letters()

    assert not Letter.objects.exists()


def test_links_go_when_they_are_long_spent(client, ana, ben):
    make.exchange(ana, ben)
    path = make.link(ana)

    with days_later(43):
        forget_letters()
        assert ActionLink.objects.exists()
    with days_later(45):
        forget_letters()
        assert not ActionLink.objects.exists()
        assert client.get(path).status_code == 410


def test_notices_go_after_a_year_and_a_day(ana, ben):
    make.exchange(ana, ben)

    with days_later(365):
        forget_letters()
        assert Notice.objects.count() == 1
    with days_later(367):
        forget_letters()
        assert not Notice.objects.exists()


def test_the_network_decides_for_how_long(rosa, ana, ben):
    for policy, days in ((LETTERS_KEPT_DAYS, 7), (NOTICES_KEPT_DAYS, 30)):
        change_policy(
            by=make.acting(rosa), policy=policy, value=days, decision="Circle, May"
        )
    make.exchange(ana, ben)
    send_letters()

    with days_later(8):
        assert forget_letters() == 1
    with days_later(31):
        assert forget_letters() == 1


def test_a_letter_that_opens_a_door_is_gone_once_its_key_is_spent(ana, ben):
    write_about_sign_in(
        address=ana.email,
        template="account/email/login_code",
        context={"code": "AAAA-BBBB"},
    )
    make.exchange(ana, ben)
    send_letters()

    with days_later(3):
        assert forget_letters() == 1

    assert Letter.objects.get().kind == "exchange_recorded"


def test_what_is_entered_as_of_the_past_is_not_written_about(ana, rosa):
    with clock.as_of(clock.now() - timedelta(days=3)):
        asked = Asked(name="Noor Haddad", email="noor@example.org")
        apply(key=make.key(), asked=asked)

    assert Letter.objects.filter(address="noor@example.org").exists()
    assert Letter.objects.filter(due_at__isnull=False).count() == 0
