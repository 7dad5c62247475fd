"""A network of the previous release migrates with its data in it, and could go back."""

import pytest
from django.core.management import call_command
from django.db import connections

from ledger.models import COMMONS, Account, Unit
from members import clock
from members.models import Letter, LifeStep, Member, Notice, Profile
from tests import make
from tests.marks import committed

# The last migrations of the previous release, and in which order to go back to them.
PREVIOUS = {
    "timebank": "0002_exchange_is_its_transfer",
    "ledger": "0002_doors_and_guards",
    "members": "0001_members_roles_notices",
}
THEIRS = """
INSERT INTO members_member (password, number, name, email, language, welcomed_at, left_at)
VALUES ('!', 1001, 'Ana Okafor', 'ana@example.org', 'en', now() - interval '1 year', NULL),
       ('!', 1002, 'Édna Moreau', NULL, 'en', now() - interval '1 year', NULL),
       ('!', 1003, 'Gus Lindqvist', 'gus@example.org', 'en', now() - interval '1 year',
        now() - interval '1 day');
INSERT INTO members_notice
       (member_id, kind, subject, headline, text, path, created_at, read_at,
        letter_due_at, letter_sent_at, letter_failures, letter_fault)
SELECT m.id, 'exchange_recorded', 'Hours', 'Ben recorded ' || said.fate, 'Soup', '/hours/',
       now() - interval '1 hour', NULL, said.due, said.sent, said.failures, ''
  FROM members_member m,
       (VALUES ('waits', now(), NULL::timestamptz, 1), ('was sent', NULL, now(), 0),
               ('was given up', NULL, NULL, 6), ('had no letter', NULL, NULL, 0)
       ) AS said(fate, due, sent, failures)
 WHERE m.number = 1001;
"""


@pytest.fixture
def _their_network(transactional_db):
    """The tables of the previous release, with members and letters in them."""
    for room, migration in PREVIOUS.items():
        call_command("migrate", room, migration, verbosity=0)
    try:
        with connections["owner"].cursor() as cursor:
            cursor.execute(THEIRS)
    finally:
        call_command("migrate", verbosity=0)


@committed
@pytest.mark.usefixtures("_their_network")
def test_everything_of_before_is_there_after():
    """One test, since migrating there and back takes its time."""
    names = Member.objects.order_by("number").values_list("folded_name", flat=True)
    assert list(names) == ["ana okafor", "edna moreau", "gus lindqvist"]
    ways = Profile.objects.order_by("member__number").values_list(
        "contact_way", "phone_audience"
    )
    assert list(ways) == [
        ("email", "coordinators"),
        ("phone", "coordinators"),
        ("email", "coordinators"),
    ]
    assert set(LifeStep.objects.values_list("member__number", "step")) == {
        (1001, "welcomed"),
        (1002, "welcomed"),
        (1003, "welcomed"),
        (1003, "departed"),
    }

    fates = {
        notice.headline.removeprefix("Ben recorded "): notice.letter
        for notice in Notice.objects.select_related("letter")
    }
    assert set(fates) == {"waits", "was sent", "was given up", "had no letter"}
    assert (fates["waits"].tries, fates["waits"].due_at is not None) == (1, True)
    assert fates["was sent"].sent_at is not None
    assert fates["was given up"].gave_up_at is not None
    assert fates["had no letter"] is None
    assert Letter.objects.due(clock.now()).count() == 1

    # The commons opens for a network that was founded before it did.
    assert Account.objects.standing(COMMONS, Unit.MINUTE).floor == -60_000
    assert make.books().is_sound
