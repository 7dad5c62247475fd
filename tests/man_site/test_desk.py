"""The desk: what waits for those who carry a task, and the way to all they have at hand."""

from datetime import timedelta

import pytest

from members import clock
from members.actions import Asked, apply, grant_role
from members.models import Application, Member, Role
from members.policies.money import MEMBERSHIP_SHARE
from tests import make
from tests.marks import committed

URL = make.address("desk")

pytestmark = pytest.mark.django_db


def waiting(client) -> dict[str, int]:
    page = client.get(URL).context
    return {str(one.title): one.count for one in page["waiting"]}


def applications(number: int) -> None:
    for one in range(number):
        asked = Asked(name=f"Noor {'ab'[one % 2]}", phone=f"608 555 {one:04}")
        apply(key=make.key(), asked=asked)


def test_what_waits_is_counted_and_nothing_else_is_shown(client, rosa):
    client.force_login(rosa)
    assert waiting(client) == {}

    applications(3)

    assert waiting(client) == {"People who would like to join": 3}


def test_it_is_for_those_who_carry_a_task(client, rosa, ana):
    client.force_login(ana)
    assert client.get(URL).status_code == 403
    for role in (Role.MEMBERSHIP, Role.TREASURER):
        make_role(rosa, ana, role)
        assert client.get(URL).status_code == 200


def make_role(rosa, member, role):
    grant_role(by=make.acting(rosa), member=member, role=role, decision="Meeting")


def test_whoever_welcomes_sees_no_more_than_that(client, rosa, ana):
    applications(1)
    make_role(rosa, ana, Role.MEMBERSHIP)
    client.force_login(ana)

    assert waiting(client) == {"People who would like to join": 1}
    page = client.get(URL).text
    assert make.address("members:dormant") in page
    assert make.address("members:letters") not in page


def test_every_tool_opens_for_whoever_is_shown_it(client, rosa, ana, ben):
    make_role(rosa, ana, Role.MEMBERSHIP)
    make_role(rosa, ben, Role.TREASURER)
    applications(1)
    for member in (rosa, ana, ben):
        client.force_login(Member.objects.get(pk=member.pk))
        page = client.get(URL).context
        links = [one.url for one in [*page["waiting"], *page["tools"]]]
        assert links
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(
            links, 200
        )


@committed
@pytest.mark.parametrize("rows", [1, 30])
def test_much_that_waits_costs_what_little_does(
    client, rosa, rows, django_assert_max_num_queries
):
    applications(rows)
    client.force_login(rosa)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_my_page_leads_to_all_that_is_mine(client, ana):
    client.force_login(ana)

    page = client.get(make.address("members:me"))

    assert page.status_code == 200
    for name in ("change-profile", "change-privacy", "opened", "agreements", "my-dues"):
        assert f'href="{make.address(f"members:{name}")}"' in page.text


def test_each_row_says_since_when_the_oldest_waits(client, rosa):
    applications(2)
    client.force_login(rosa)

    page = client.get(URL)

    [row] = page.context["waiting"]
    assert row.since == Application.objects.order_by("applied_at")[0].applied_at
    assert "the oldest since" in page.text


def test_treasurers_see_how_many_have_something_open_as_their_page_says(
    client, rosa, ben
):
    make.policy(rosa, MEMBERSHIP_SHARE, 2000)
    make_role(rosa, ben, Role.TREASURER)
    client.force_login(Member.objects.get(pk=ben.pk))

    counted = waiting(client)["Members with a share or dues open"]

    listed = client.get(make.address("members:dues")).context["numbered"]
    assert counted == listed.paginator.count > 0
    client.force_login(rosa)
    assert "Members with a share or dues open" not in waiting(client)


def test_those_silent_for_long_wait_at_the_desk_as_on_their_page(client, rosa, ana):
    begun = clock.now() - timedelta(days=60)
    Member.objects.filter(pk__in=[rosa.pk, ana.pk]).update(welcomed_at=begun)
    client.force_login(rosa)

    counted = waiting(client)

    listed = client.get(make.address("members:dormant")).context["numbered"]
    assert counted == {"Members whom nobody heard of for long": 1}
    assert listed.paginator.count == 1


def test_credentials_that_run_out_say_no_day_on_which_they_were_entered(
    client, rosa, ana
):
    make.credential(rosa, ana, expires_on=clock.today() + timedelta(days=3))
    client.force_login(rosa)

    [row] = client.get(URL).context["waiting"]

    assert (row.count, row.since) == (1, None)
