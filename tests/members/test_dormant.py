"""Asking after those who were silent for long, and their answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import (
    ask_still_here,
    change_policy,
    depart,
    go_on_leave,
    note_contact,
    still_here,
)
from members.models import Channel, LifeStep, Member, Step
from members.policies.life import DORMANT_AFTER_DAYS
from members.silence import silent_members
from tests import make
from tests.conftest import a_member

URL = "/people/dormant/"


@pytest.fixture
def pass_days(monkeypatch):
    real = clock.now
    passed = []

    def pass_days(days):
        passed.append(days)
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=sum(passed)))

    return pass_days


def silent():
    return [
        (Member.objects.get(pk=one.member_id).first_name, one.is_newcomer)
        for one in silent_members(clock.now())
    ]


def by_phone(rosa):
    return Acting(rosa, rosa, Channel.PHONE)


def test_nobody_is_silent_who_came_just_now(rosa, ana, ben):
    assert silent() == []


def test_a_newcomer_without_an_exchange_is_asked_after_a_month(
    pass_days, rosa, ana, ben, cleo
):
    make.exchange(ana, ben)
    pass_days(31)

    assert silent() == [("Rosa", True), ("Cleo", True)]
    note_contact(by=by_phone(rosa), member=cleo)
    pass_days(31)
    assert silent() == [("Rosa", True)]


def test_after_a_year_the_longest_silent_come_first(pass_days, rosa, ana, ben, cleo):
    pass_days(10)
    still_here(by=make.acting(ana))
    pass_days(20)
    Member.objects.filter(pk=cleo.pk).update(last_login=clock.now())
    pass_days(336)
    assert silent() == [("Rosa", False), ("Ben", False)]

    pass_days(10)
    assert silent() == [("Rosa", False), ("Ben", False), ("Ana", False)]
    pass_days(20)
    assert [name for name, _new in silent()] == ["Rosa", "Ben", "Ana", "Cleo"]


def test_help_that_was_given_or_received_is_a_sign_of_life(rosa, ana, ben, cleo):
    Member.objects.update(welcomed_at=clock.now() - timedelta(days=500))

    make.exchange(ana, ben)

    assert silent() == [("Rosa", False), ("Cleo", False)]


def test_the_network_decides_after_how_long(pass_days, rosa, ana, ben):
    change_policy(
        by=make.acting(rosa), policy=DORMANT_AFTER_DAYS, value=40, decision="Meeting"
    )
    make.exchange(ana, ben)
    pass_days(41)

    assert ("Ana", False) in silent()


def test_those_on_leave_and_those_who_left_are_left_in_peace(pass_days, rosa, ana, ben):
    pass_days(366)
    assert len(silent()) == 3

    go_on_leave(by=make.acting(ana))
    depart(by=make.acting(ben))

    assert silent() == [("Rosa", False)]


def test_who_was_asked_comes_up_again_after_the_days_of_the_policy(
    pass_days, rosa, ana
):
    pass_days(400)
    note_contact(by=by_phone(rosa), member=ana)
    assert silent() == [("Rosa", False)]

    pass_days(31)

    assert ("Ana", False) in silent()


def test_a_coordinator_notes_a_call_from_the_queue(client, pass_days, rosa, ana):
    pass_days(400)
    client.force_login(rosa)
    Member.objects.filter(pk=rosa.pk).update(last_login=clock.now())
    assert "Ana Okafor" in client.get(URL).text

    for _twice in range(2):
        response = client.post(f"{URL}{ana.pk}/asked/", {"channel": "phone"})

    assertRedirects(response, URL)
    step = ana.life.get(step=Step.CONTACTED)
    assert (step.recorded_by, step.channel) == (rosa, "phone")
    assert "Ana Okafor" not in client.get(URL).text
    client.post(f"{URL}{ana.pk}/asked/", {"channel": "rumour"})
    assert ana.life.filter(step=Step.CONTACTED).count() == 1


def test_a_letter_asks_and_one_press_in_it_answers(
    client, pass_days, rosa, ana, mailoutbox
):
    pass_days(400)
    client.force_login(rosa)

    client.post(f"{URL}{ana.pk}/ask/")

    assert ana.life.get(step=Step.CONTACTED).channel == Channel.LETTER
    notice = ana.notices.get(kind="asked_after")
    link = notice.letter.path
    assert link.startswith("/l/")
    client.logout()
    assert "Are you still with us?" in client.get(link).text
    assert not ana.life.filter(step=Step.STILL_HERE).exists()
    client.post(link)
    step = ana.life.get(step=Step.STILL_HERE)
    assert (step.recorded_by, step.channel) == (ana, Channel.LETTER)
    pass_days(32)
    assert "Ana" not in dict(silent())
    assert client.post(link).status_code == 410


def test_nobody_is_written_to_twice_within_the_days_of_the_policy(rosa, ana):
    ask_still_here(by=make.acting(rosa), member=ana)

    with pytest.raises(ValidationError) as refused:
        ask_still_here(by=make.acting(rosa), member=ana)

    assert refused.value.code == "asked_before"


def test_whoever_has_no_email_is_called(rosa, edna):
    with pytest.raises(ValidationError) as refused:
        ask_still_here(by=make.acting(rosa), member=edna)

    assert refused.value.code == "no_email"


def test_whoever_left_is_not_asked(client, rosa, ana):
    depart(by=make.acting(ana))
    for ask in (note_contact, ask_still_here):
        with pytest.raises(ValidationError) as refused:
            ask(by=make.acting(rosa), member=ana)
        assert refused.value.code == "member_left"
    client.force_login(rosa)
    assert client.post(f"{URL}{ana.pk}/asked/").status_code == 404


def test_only_those_who_look_after_membership_ask(client, rosa, ana, cleo):
    for ask in (note_contact, ask_still_here):
        with pytest.raises(PermissionDenied):
            ask(by=make.acting(cleo), member=ana)
        with pytest.raises(PermissionDenied):
            ask(by=Acting(rosa, cleo, Channel.PHONE), member=ana)
    client.force_login(cleo)
    assert client.get(URL).status_code == 403


def test_a_member_says_on_the_page_that_they_are_still_here(client, ana):
    client.force_login(ana)
    assert client.get("/me/still-here/").status_code == 200
    assert not ana.life.filter(step=Step.STILL_HERE).exists()

    for _twice in range(2):
        client.post("/me/still-here/")

    assert ana.life.filter(step=Step.STILL_HERE).count() == 1


def test_a_coordinator_says_it_for_who_phones_and_a_stranger_may_not(rosa, edna, cleo):
    step = still_here(by=Acting(rosa, edna, Channel.PHONE))

    assert (step.recorded_by, step.recorded_for) == (rosa, edna)
    with pytest.raises(PermissionDenied):
        still_here(by=Acting(cleo, edna))


def test_the_queue_asks_as_much_for_many_as_for_one(
    client, pass_days, rosa, ana, django_assert_num_queries
):
    client.force_login(rosa)
    pass_days(400)
    Member.objects.filter(pk=rosa.pk).update(last_login=clock.now())
    note_contact(by=by_phone(rosa), member=ana)
    pass_days(32)
    with django_assert_num_queries(8):
        client.get(URL)
    pass_days(-400)
    for number in range(32):
        a_member(rosa, f"Nn {number}", None)
    pass_days(400)

    with django_assert_num_queries(8):
        page = client.get(URL)

    assert len(page.context["rows"]) == 30
    assert len(client.get(f"{URL}?page=2").context["rows"]) == 3
    assert LifeStep.objects.filter(step=Step.CONTACTED).count() == 1
