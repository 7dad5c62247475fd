"""Who carries which task, from when to when."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import grant_role
from members.models import Member, Role, RoleGrant
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import codes

pytestmark = pytest.mark.django_db


def again(member):
    return Member.objects.get(pk=member.pk)


def test_a_role_is_held_from_its_grant_on(rosa, ana):
    assert not ana.has_role(Role.TREASURER)

    grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER)

    assert again(ana).roles == {"treasurer"}
    assert RoleGrant.objects.get(member=ana).granted_by == rosa


def test_granting_it_again_changes_nothing(rosa, ana):
    first = grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER)

    assert grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER) == first


def test_a_role_that_ended_or_is_to_come_is_not_held(rosa, ana, ben):
    now = clock.now()
    words = {"role": Role.AUDITOR, "granted_by": rosa}
    day = timedelta(days=1)
    RoleGrant.objects.create(
        member=ana, started_at=now - 2 * day, ended_at=now - day, **words
    )
    RoleGrant.objects.create(member=ben, started_at=now + day, **words)

    assert again(ana).roles == again(ben).roles == frozenset()


def test_a_role_does_not_end_before_it_starts(rosa, ana):
    now = clock.now()
    with pytest.raises(IntegrityError, match="role_grant_ends_after_it_starts"):
        RoleGrant.objects.create(
            member=ana, role=Role.AUDITOR, granted_by=rosa, started_at=now, ended_at=now
        )


def test_only_coordinators_grant(ana, ben):
    with pytest.raises(PermissionDenied):
        grant_role(by=make.acting(ana), member=ben, role=Role.TREASURER)


# On the page

URL = "/people/roles/grant/"


def form(**words):
    return {"role": "treasurer", "decision": "Members' meeting, 3 May"} | words


@pytest.fixture
def sure_rosa(client, rosa):
    """Rosa, who proved a moment ago that it is she."""
    client.force_login(rosa)
    make.sure(client)
    return rosa


def test_a_coordinator_gives_a_task_by_a_decision(client, sure_rosa, ana):
    words = form(decision_url="https://example.org/minutes/3", until="2999-12-31")

    response = client.post(f"{URL}?member={ana.pk}", words)

    assertRedirects(response, "/people/roles/")
    grant = RoleGrant.objects.get(member=ana)
    assert (grant.role, grant.granted_by) == ("treasurer", sure_rosa)
    assert grant.decision == "Members' meeting, 3 May"
    assert grant.last_day == date(2999, 12, 31)
    assert ana.notices.get().headline == "You carry a task now: treasurer"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"decision": ""}, {"decision": ["required"]}),
        ({"decision": "a\nb"}, {"decision": ["invisible_marks"]}),
        ({"role": "queen"}, {"role": ["invalid_choice"]}),
        ({"decision_url": "javascript:alert(1)"}, {"decision_url": ["invalid"]}),
        ({"until": "2020-01-01"}, {"until": ["in_past"]}),
        ({"until": "soon"}, {"until": ["invalid"]}),
        ({"until": "9999-12-31"}, {"until": ["too_far_ahead"]}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, sure_rosa, ana, words, refused):
    response = client.post(f"{URL}?member={ana.pk}", form(**words))

    assert response.status_code == 422
    assert codes(response) == refused
    assert not RoleGrant.objects.filter(member=ana).exists()


def test_before_a_task_is_given_one_proves_that_it_is_oneself(client, rosa, ana):
    client.force_login(rosa)

    assert client.post(f"{URL}?member={ana.pk}", form()).status_code == 401
    assert not RoleGrant.objects.filter(member=ana).exists()


def test_a_member_gives_no_task(client, ana, ben):
    client.force_login(ana)
    make.sure(client)

    assert client.post(f"{URL}?member={ben.pk}", form()).status_code == 403


def test_a_task_with_an_end_ends_on_its_last_day(rosa, ana):
    until = clock.today() + timedelta(days=10)
    make_treasurer = {"by": make.acting(rosa), "member": ana, "role": Role.TREASURER}
    grant_role(**make_treasurer, until=until)
    end = clock.moment_of(until + timedelta(days=1))

    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert again(ana).has_role(Role.TREASURER)
    with time_machine.travel(end, tick=False):
        assert not again(ana).has_role(Role.TREASURER)
        # From then on it can be given anew.
        assert grant_role(**make_treasurer).ended_at is None


def test_a_task_that_is_held_is_not_given_for_another_time(rosa, ana):
    make_treasurer = {"by": make.acting(rosa), "member": ana, "role": Role.TREASURER}
    until = clock.today() + timedelta(days=10)
    first = grant_role(**make_treasurer, until=until)

    assert grant_role(**make_treasurer, until=until) == first
    with pytest.raises(ValidationError) as caught:
        grant_role(**make_treasurer)
    assert caught.value.code == "held_already"


@committed
def test_given_by_many_at_once_it_is_held_once(rosa, ana):
    answers = at_once(
        [lambda: grant_role(by=make.acting(rosa), member=ana, role=Role.AUDITOR).pk] * 8
    )

    assert len(set(answers)) == 1


def test_who_carries_what_is_read_by_every_member(client, rosa, ana, cleo):
    make.role(rosa, ana, Role.TREASURER)
    client.force_login(cleo)

    page = client.get("/people/roles/")

    carried = {role: grants for role, grants in page.context["carried"] if grants}
    assert {str(role): [g.member for g in held] for role, held in carried.items()} == {
        "coordinator": [rosa],
        "treasurer": [ana],
    }
    assert b"/end/" not in page.content


def test_the_list_costs_the_same_with_many(client, rosa, django_assert_num_queries):
    client.force_login(rosa)
    for members in (1, 29):
        for _ in range(members):
            make.role(rosa, make.stranger(rosa), Role.FACILITATOR)
        with django_assert_num_queries(3):
            client.get("/people/roles/")


def test_only_a_page_becomes_a_link(client, rosa, ana):
    words = {"by": make.acting(rosa), "member": ana, "decision": "Board"}
    grant_role(**words, role=Role.AUDITOR, decision_url="javascript:alert(1)")
    grant_role(**words, role=Role.SECRETARY, decision_url="https://example.org/3")
    client.force_login(ana)

    page = client.get("/people/roles/").content

    assert b"javascript:" not in page
    assert b'href="https://example.org/3"' in page
