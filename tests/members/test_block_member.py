"""Somebody wants to be left alone by somebody."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.actions import block_member, unblock_member, welcome_member
from members.models import Block, Channel, Message, Notice
from tests import make
from tests.marks import committed
from tests.races import at_once

BLOCKS = reverse("members:blocks")

pytestmark = pytest.mark.django_db


def page_of(deed, member):
    return reverse(f"members:{deed}-member", args=[member.pk])


def test_it_asks_first_and_tells_nobody(client, ana, cleo):
    client.force_login(ana)

    assert "Block Cleo Stranger?" in client.get(page_of("block", cleo)).text
    assert not Block.objects.exists()
    response = client.post(page_of("block", cleo))

    assertRedirects(response, BLOCKS)
    block = Block.objects.get()
    assert (block.member, block.blocked) == (ana, cleo)
    assert "Cleo Stranger" in client.get(BLOCKS).text
    assert not Notice.objects.filter(member=cleo).exists()


def test_the_blocked_one_finds_the_blocker_nowhere(client, ana, ben, cleo):
    make.exchange(ana, cleo)
    make.block(ana, cleo)
    client.force_login(cleo)

    people = client.get(reverse("members:people"), {"q": "okafor"})
    choose = reverse("timebank:record-exchange")
    assert people.context["people"] == []
    assert people.context["meant"] == ()
    assert (
        client.get(reverse("members:people"), {"q": ana.number}).context["people"] == []
    )
    assert client.get(ana.get_absolute_url()).status_code == 404
    assert client.get(page_of("block", ana)).status_code == 404
    assert client.get(reverse("members:send-message", args=[ana.pk])).status_code == 404
    assert "Ana Okafor" not in client.get(choose).text
    assert list(client.get(choose, {"q": "ana"}).context["found"]) == []
    assert client.get(choose, {"neighbour": ana.pk}).status_code == 404
    assert not client.get(reverse("home")).context.get("neighbours")


def test_no_hours_are_logged_with_who_hides(client, ana, cleo):
    make.block(ana, cleo)
    client.force_login(cleo)

    response = client.post(
        reverse("timebank:record-exchange"),
        {
            "neighbour": ana.pk,
            "direction": "received",
            "minutes": "2",
            "what": "Nothing",
            "helped_on": make.a_day().isoformat(),
            "key": str(make.key()),
        },
    )

    assert response.context["form"].errors.as_data()["neighbour"][0].code == (
        "invalid_choice"
    )
    assert "Ana Okafor" not in response.text


def test_history_stays(client, ana, cleo):
    exchange = make.exchange(ana, cleo)
    make.block(ana, cleo)
    client.force_login(cleo)

    assert "Ana Okafor" in client.get(exchange.get_absolute_url()).text
    assert "Ana Okafor" in client.get(reverse("timebank:statement")).text


def test_the_blocker_and_others_see_as_before(client, rosa, ana, ben, cleo):
    make.block(ana, cleo)
    for reader in (ana, ben, rosa):
        client.force_login(reader)
        assert client.get(cleo.get_absolute_url()).status_code == 200
        assert client.get(ana.get_absolute_url()).status_code == 200
    client.force_login(ana)
    assert "You blocked Cleo" in client.get(cleo.get_absolute_url()).text


def test_coordinators_find_everybody_all_the_same(client, rosa, ana):
    make.block(ana, rosa)
    client.force_login(rosa)

    found = client.get(reverse("members:people"), {"q": "okafor"}).context["people"]
    assert [one for one, _note in found] == [ana]
    assert client.get(ana.get_absolute_url()).status_code == 200
    make.message(rosa, ana)
    client.force_login(ana)
    assert "because they must be able to help" in client.get(BLOCKS).text


def test_blocking_twice_is_once(ana, cleo):
    make.block(ana, cleo)
    make.block(ana, cleo)

    assert Block.objects.count() == 1


def test_it_is_lifted_again(client, ana, cleo):
    make.block(ana, cleo)
    client.force_login(ana)

    assertRedirects(client.post(page_of("unblock", cleo)), BLOCKS)

    assert not Block.objects.exists()
    assert "You blocked nobody" in client.get(BLOCKS).text
    assert client.post(page_of("unblock", cleo)).status_code == 404


def test_nobody_lifts_the_block_of_another(client, ana, cleo):
    make.block(ana, cleo)
    client.force_login(cleo)

    assert client.post(page_of("unblock", ana)).status_code == 404
    assert client.post(page_of("unblock", cleo)).status_code == 404
    assert Block.objects.count() == 1


def test_nobody_blocks_themselves(client, ana):
    client.force_login(ana)

    assert client.get(page_of("block", ana)).status_code == 404
    with pytest.raises(ValidationError) as caught:
        make.block(ana, ana)
    assert caught.value.code == "oneself"


def test_a_coordinator_blocks_for_a_member_on_their_word(rosa, edna, cleo):
    by = Acting(rosa, edna, Channel.PHONE)

    block = block_member(by=by, member=cleo)
    assert block.member == edna
    assert unblock_member(by=by, member=cleo) == cleo
    with pytest.raises(PermissionDenied):
        block_member(by=Acting(cleo, edna, Channel.PHONE), member=rosa)


def test_somebody_blocked_sees_no_more_as_a_steward(client, ana, cleo):
    bakery = make.organisation()
    make.stewardship(cleo, bakery)
    make.block(ana, cleo)
    client.force_login(cleo)
    session = client.session
    session["acting_for"] = {"member": bakery.pk, "channel": "web"}
    session.save()

    assert client.get(ana.get_absolute_url()).status_code == 404
    with pytest.raises(ValidationError) as caught:
        make.message(bakery, ana, by=Acting(cleo, bakery, Channel.WEB))
    assert caught.value.code == "not_reached"


def test_the_page_costs_the_same_for_many(
    client, rosa, ana, cleo, django_assert_num_queries
):
    make.block(ana, cleo)
    client.force_login(ana)
    client.get(BLOCKS)
    with django_assert_num_queries(6, exact=False) as few:
        client.get(BLOCKS)
    for number in range(30):
        make.block(ana, welcome_member(by=make.acting(rosa), name=f"N {number}"))
    with django_assert_num_queries(len(few)):
        client.get(BLOCKS)


@committed
def test_both_block_each_other_at_once(ana, cleo):
    at_once([lambda: make.block(ana, cleo), lambda: make.block(cleo, ana)])

    assert Block.objects.count() == 2
    assert not Message.objects.exists()
