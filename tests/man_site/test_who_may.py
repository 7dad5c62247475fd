"""The table that everybody can read: who may do what."""

import pytest

import members.permissions
import timebank.permissions
from man_site.views import who_may_in

ROOMS = [members.permissions, timebank.permissions]


def rules(module) -> list[str]:
    return [name for name in vars(module) if name.startswith("may_")]


@pytest.mark.parametrize("room", ROOMS)
def test_every_rule_is_a_sentence_and_stands_in_the_table(room):
    table = dict(who_may_in(room))

    # What a room borrows from the floor below stands in that room's own table.
    own = [
        name for name in rules(room) if getattr(room, name).__module__ == room.__name__
    ]
    assert sorted(table) == sorted(
        name.removeprefix("may_").replace("_", " ") for name in own
    )
    assert [deed for deed, words in table.items() if not words.endswith(".")] == []
    assert [deed for deed, words in table.items() if not words[:1].isupper()] == []


def test_a_rule_of_the_floor_below_stands_there_alone():
    assert "act for" in dict(who_may_in(members.permissions))
    assert "act for" not in dict(who_may_in(timebank.permissions))


def test_anybody_may_read_it(client, db):
    page = client.get("/people/who-may/")

    assert page.status_code == 200
    assert "Coordinators write down what members tell them" in page.content.decode()
