"""A pasted list: each line's fate, then all letters in one go."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from members.actions import invite_many, look_at_lines
from members.actions.invitations import MOST_LINES, Fate, read_lines
from members.models import Invitation, Letter, Role
from tests import make
from tests.marks import committed
from tests.races import at_once

URL = reverse("members:invite-many")
LIST = """Noor Haddad <noor@example.org>
lee@example.org

Sam Bell, sam@example.org
"Park, Kim" <kim@example.org>
uma@example.org;Uma Rao
Ida\tida@example.org\t555 0100
Ana <ana@example.org>
already@example.org
NOOR@example.org
nobody at example.org
two@example.org three@example.org
half@
Аna Fake <fake@example.org>
"""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def test_each_line_has_its_fate(rosa, ana, ben):
    make.invitation(ben, "already@example.org")

    lines = look_at_lines(LIST)

    assert [(line.number, line.name, line.email, line.fate) for line in lines] == [
        (1, "Noor Haddad", "noor@example.org", Fate.FINE),
        (2, "", "lee@example.org", Fate.FINE),
        (4, "Sam Bell", "sam@example.org", Fate.FINE),
        (5, "Park Kim", "kim@example.org", Fate.FINE),
        (6, "Uma Rao", "uma@example.org", Fate.FINE),
        (7, "Ida 555 0100", "ida@example.org", Fate.FINE),
        (8, "Ana", "ana@example.org", Fate.BELONGS),
        (9, "", "already@example.org", Fate.INVITED),
        (10, "", "noor@example.org", Fate.TWICE),
        (11, "", "", Fate.NO_ADDRESS),
        (12, "", "", Fate.NO_ADDRESS),
        (13, "", "", Fate.NO_ADDRESS),
        (14, "Аna Fake", "fake@example.org", Fate.NO_NAME),
    ]


def test_first_it_is_shown_and_nothing_is_sent(client, rosa):
    client.force_login(rosa)

    page = client.post(URL, {"lines": LIST, "words": "Hello"})

    assert page.status_code == 200
    assert len(page.context["looked"]) == 13
    assert page.text.count("Gets a letter") == 8
    assert page.text.count("No e-mail address") == 3
    assert not Invitation.objects.exists()


def test_then_all_letters_are_written_and_again_none(client, rosa, ana):
    client.force_login(rosa)
    words = {"lines": LIST, "words": "Come!", "confirmed": "yes"}

    page = client.post(URL, words, follow=True)

    assert [str(m) for m in page.context["messages"]] == ["7 letters are on their way."]
    letters = Letter.objects.filter(kind="invitation")
    assert letters.count() == Invitation.objects.count() == 7
    assert letters.get(address="noor@example.org").name == "Noor"
    assert "Come!" in letters.first().text

    again = client.post(URL, words, follow=True)
    assert [str(m) for m in again.context["messages"]] == ["Nobody was left to invite."]
    assert letters.count() == 7


@committed
def test_two_coordinators_with_one_list_at_one_moment_write_once(rosa):
    lists = [lambda: len(invite_many(by=make.acting(rosa), lines=LIST))] * 3

    assert sorted(at_once(lists)) == [0, 0, 8]
    assert Letter.objects.filter(kind="invitation").count() == 8


def test_an_empty_list_and_an_endless_one_are_refused(client, rosa):
    client.force_login(rosa)
    endless = "\n".join(f"n{number}@example.org" for number in range(MOST_LINES + 1))

    for lines in ("", endless):
        assert client.post(URL, {"lines": lines, "words": ""}).status_code == 422
    with pytest.raises(ValidationError):
        read_lines(endless)


def test_a_hundred_letters_cost_a_hundred_lines_and_little_more(
    rosa, django_assert_max_num_queries
):
    lines = "\n".join(f"N <n{number}@example.org>" for number in range(100))

    with django_assert_max_num_queries(100 + 20):
        invite_many(by=make.acting(rosa), lines=lines)


def test_those_who_welcome_invite_many_and_others_do_not(client, rosa, ana, ben):
    ben = make.role(rosa, ben, Role.MEMBERSHIP)
    for member, status in ((ana, 403), (ben, 200)):
        client.force_login(member)
        assert client.get(URL).status_code == status
    with pytest.raises(PermissionDenied):
        invite_many(by=make.acting(ana), lines=LIST)
