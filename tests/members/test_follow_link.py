"""Links in letters: they ask first, do it once, and tell a stranger nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from members import clock
from members.acting import Acting
from members.actions import follow_link, welcome_member
from members.links import LINKS, LinkDeed, declare_link, find_link, link_for
from members.models import ActionLink, Channel, Member, Stewardship
from members.policies import in_force
from members.policies.letters import LINK_DAYS
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(ana, ben):
    make.exchange(ana, ben)
    return make.link(ana)


def by_letter(member: Member) -> Acting:
    return Acting(member, member, Channel.LETTER)


def refuses(member, exchange):
    raise ValidationError("Somebody was quicker.", code="taken")


REFUSES = declare_link(
    LinkDeed(
        name="refuses",
        title="Take it",
        words="You take it.",
        action="Take",
        run=refuses,
    )
)


def test_looking_at_it_only_asks(client, ana, path):
    page = client.get(path)

    assert page.status_code == 200
    assert "Yes, put it away" in page.text
    assert ana.notices.unread().count() == 1
    assert ActionLink.objects.get().used_at is None


def test_it_says_the_first_name_and_nothing_else_of_its_reader(client, ana, path):
    page = client.get(path).text

    assert "Ana" in page
    assert "Okafor" not in page
    assert "ana@example.org" not in page
    assert "Ben" not in page


def test_the_button_does_it_without_signing_in(client, ana, path):
    page = client.post(path)

    assert page.status_code == 200
    assert "It is put away." in page.text
    assert not ana.notices.unread().exists()
    assert ActionLink.objects.get().used_at is not None


def test_the_deed_is_done_in_ones_own_name_from_a_letter(ana, path):
    seen = []
    deed = LinkDeed("seen", "t", "w", "a", run=lambda by, _about: seen.append(by))
    LINKS["seen"] = deed
    try:
        link = find_link(link_for(ana, deed)[3:-1])
        follow_link(by=by_letter(ana), link=link)
    finally:
        del LINKS["seen"]

    assert seen == [by_letter(ana)]


def test_a_second_click_does_nothing_and_is_told_kindly(client, ana, ben, path):
    client.post(path)
    make.exchange(ana, ben)

    page = client.post(path)

    assert page.status_code == 410
    assert "done already" in page.text
    assert client.get(path).status_code == 410
    assert ana.notices.unread().count() == 1


@committed
def test_two_clicks_at_the_same_moment_do_it_once(ana, ben):
    make.exchange(ana, ben)
    done = []
    deed = LinkDeed("counted", "t", "w", "a", run=lambda by, _about: done.append(by))
    LINKS["counted"] = deed
    try:
        link = find_link(link_for(ana, deed)[3:-1])
        clicks = [lambda: follow_link(by=by_letter(ana), link=link)] * 8
        answers = at_once(clicks)
    finally:
        del LINKS["counted"]

    assert len(done) == 1
    assert sorted(answers, key=str) == [None] + ["link_used"] * 7


def test_it_grows_too_old(client, ana, path):
    days = in_force()[LINK_DAYS]
    with time_machine.travel(clock.now() + timedelta(days=days, seconds=-5)):
        assert client.get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=days, seconds=1)):
        assert client.get(path).status_code == 410
        page = client.post(path)

    assert page.status_code == 410
    assert "too old" in page.text
    assert ana.notices.unread().count() == 1


def test_a_room_may_let_it_grow_old_sooner(client, ana, path):
    make.link(ana, days=1)

    link = ActionLink.objects.latest("made_at")
    assert link.expires_at - link.made_at == timedelta(days=1)


@pytest.mark.parametrize(
    "bend",
    [
        lambda token: token[:-2],
        lambda token: token + "x",
        lambda token: "A" + token[1:] if token[0] != "A" else "B" + token[1:],
        lambda _token: "x",
        lambda _token: ".",
        lambda _token: "é€😀",
        lambda token: token.split(".")[0],
        lambda _token: "9" * 3000,
    ],
)
def test_a_bent_link_is_no_link(client, ana, path, bend):
    page = client.post(f"/l/{bend(path[3:-1])}/")

    assert page.status_code == 410
    assert "whole" in page.text
    assert ana.notices.unread().count() == 1


def test_one_that_was_cleared_away_is_too_old(client, path):
    ActionLink.objects.all().delete()

    assert "too old" in client.get(path).text


def test_one_whose_deed_is_no_more_is_too_old(client, path):
    ActionLink.objects.update(deed="of_long_ago")

    assert client.get(path).status_code == 410


def test_for_somebody_who_has_left_it_does_nothing(client, ana, path):
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())

    page = client.post(path)

    assert page.status_code == 410
    assert "Ana" not in page.text
    assert ana.notices.unread().count() == 1
    assert client.get(path).status_code == 410


def test_forwarded_to_somebody_who_is_signed_in_it_does_nothing(
    client, ana, cleo, path
):
    client.force_login(cleo)

    for page in (client.get(path), client.post(path)):
        assert page.status_code == 409
        assert "somebody else" in page.text
        assert "Ana" not in page.text
    assert ana.notices.unread().count() == 1

    client.force_login(ana)
    assert client.post(path).status_code == 200


def test_whoever_it_was_sent_to_may_be_signed_in(client, ana, path):
    client.force_login(ana)

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200


def test_a_steward_follows_it_for_the_organisation(client, rosa, ana, ben):
    by = make.acting(rosa)
    bakery = welcome_member(by=by, name="The Bakery", kind="organisation")
    Stewardship.objects.create(
        steward=ana,
        organisation=bakery,
        **by.recorded(clock.now()),
    )
    make.exchange(bakery, ben)
    path = make.link(bakery)

    client.force_login(ana)
    assert client.post(path).status_code == 200
    client.force_login(ben)
    assert client.post(path).status_code == 409


def test_no_other_door_lets_somebody_else_follow_it(ana, cleo, path):
    with pytest.raises(PermissionDenied):
        follow_link(by=make.acting(cleo), link=ActionLink.objects.get())


def test_where_the_deed_is_refused_the_link_stays_good(client, ana, path):
    path = link_for(ana, REFUSES)

    page = client.post(path)

    assert page.status_code == 409
    assert "Somebody was quicker." in page.text
    assert client.get(path).status_code == 200


def test_it_is_kept_by_nobody_on_the_way(client, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_a_name_is_given_to_one_deed(path):
    with pytest.raises(AssertionError):
        declare_link(make.READ_IT)
