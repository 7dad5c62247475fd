"""A task ends: by a coordinator, or because whoever carries it lays it down."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import end_role, grant_role, keep_a_coordinator
from members.models import Member, Role, RoleGrant
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db


def grant_of(member: Member) -> RoleGrant:
    return RoleGrant.objects.get(member=member)


def again(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def path_of(grant: RoleGrant) -> str:
    return f"/people/roles/{grant.pk}/end/"


def test_a_coordinator_ends_it_and_it_is_known_by_whom(client, rosa, ana):
    make.role(rosa, ana, Role.TREASURER)
    client.force_login(rosa)
    make.sure(client)
    path = path_of(grant_of(ana))

    assert client.get(path).status_code == 200
    assert again(ana).has_role(Role.TREASURER)
    assertRedirects(client.post(path), "/people/roles/")

    assert not again(ana).has_role(Role.TREASURER)
    assert grant_of(ana).ended_by == rosa
    assert ana.notices.latest("pk").headline == "You no longer carry a task: treasurer"


def test_everybody_may_lay_down_their_own(rosa, ana):
    ana = make.role(rosa, ana, Role.TREASURER)

    end_role(by=make.acting(ana), grant=grant_of(ana))

    assert not again(ana).roles
    assert ana.notices.count() == 1


def test_nobody_else_ends_it(client, rosa, ana, ben):
    make.role(rosa, ana, Role.TREASURER)
    client.force_login(ben)
    make.sure(client)

    assert client.post(path_of(grant_of(ana))).status_code == 403
    with pytest.raises(PermissionDenied):
        end_role(by=make.acting(ben), grant=grant_of(ana))


def test_ended_twice_it_ended_once(rosa, ana):
    make.role(rosa, ana, Role.TREASURER)
    first = end_role(by=make.acting(rosa), grant=grant_of(ana))

    second = end_role(by=make.acting(rosa), grant=grant_of(ana))

    assert second.ended_at == first.ended_at
    assert ana.notices.count() == 2


def test_a_task_that_ended_leads_back_to_the_list(client, rosa, ana):
    make.role(rosa, ana, Role.TREASURER)
    end_role(by=make.acting(rosa), grant=grant_of(ana))
    client.force_login(rosa)
    make.sure(client)

    assertRedirects(client.get(path_of(grant_of(ana))), "/people/roles/")


def test_the_last_coordinator_stays(client, rosa, ana):
    client.force_login(rosa)
    make.sure(client)

    response = client.post(path_of(grant_of(rosa)), follow=True)

    assert again(rosa).has_role(Role.COORDINATOR)
    said = [str(message) for message in response.context["messages"]]
    assert said[-1].startswith("Nobody else coordinates the network")


def test_one_who_coordinates_for_a_time_does_not_keep_the_network(rosa, ana):
    until = clock.today()
    by = make.acting(rosa)
    grant_role(by=by, member=ana, role=Role.COORDINATOR, until=until)

    with pytest.raises(ValidationError) as caught:
        end_role(by=by, grant=grant_of(rosa))

    assert caught.value.code == "last_coordinator"


def test_one_who_has_left_does_not_keep_it_either(rosa, ana):
    make.role(rosa, ana, Role.COORDINATOR)
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())

    with pytest.raises(ValidationError) as caught:
        keep_a_coordinator(without=rosa)

    assert caught.value.code == "last_coordinator"


def test_where_there_are_two_one_may_go(rosa, ana):
    ana = make.role(rosa, ana, Role.COORDINATOR)

    end_role(by=make.acting(rosa), grant=grant_of(rosa))

    assert not again(rosa).is_coordinator
    assert again(ana).is_coordinator


@committed
@pytest.mark.parametrize("round_", range(3))
def test_two_who_end_each_other_at_one_moment_leave_one(rosa, ana, round_):
    ana = make.role(rosa, ana, Role.COORDINATOR)
    ends = [(again(rosa), grant_of(ana)), (again(ana), grant_of(rosa))]

    at_once(
        [
            lambda who=w, what=g: end_role(by=make.acting(who), grant=what).pk
            for w, g in ends
        ]
    )

    assert RoleGrant.objects.in_force().filter(role=Role.COORDINATOR).count() == 1


@committed
def test_two_who_lay_it_down_at_one_moment_leave_one(rosa, ana):
    ana = make.role(rosa, ana, Role.COORDINATOR)
    ends = [(again(rosa), grant_of(rosa)), (again(ana), grant_of(ana))]

    answers = at_once(
        [
            lambda who=w, what=g: end_role(by=make.acting(who), grant=what).pk
            for w, g in ends
        ]
    )

    assert answers.count("last_coordinator") == 1
    assert RoleGrant.objects.in_force().filter(role=Role.COORDINATOR).count() == 1


def test_who_was_a_coordinator_when_the_page_opened_and_is_none_now_ends_nothing(
    rosa, ana, ben
):
    """They hold an old copy of themselves; what counts is asked again under the lock."""
    ana = make.role(rosa, ana, Role.COORDINATOR)
    make.role(rosa, ben, Role.TREASURER)
    assert ana.is_coordinator
    end_role(by=make.acting(rosa), grant=grant_of(ana))

    with pytest.raises(PermissionDenied):
        end_role(by=make.acting(ana), grant=grant_of(ben))


def test_a_role_that_ends_while_signed_in_is_gone_at_the_next_page(client, rosa, ana):
    make.role(rosa, ana, Role.COORDINATOR)
    client.force_login(ana)
    assert client.get("/people/credentials/").status_code == 200

    end_role(by=make.acting(rosa), grant=grant_of(ana))

    assert client.get("/people/credentials/").status_code == 403
    assert b"/end/" not in client.get("/people/roles/").content
