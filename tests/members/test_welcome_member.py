"""How somebody comes to belong."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from ledger.models import Account, Unit
from members.actions import found_network, welcome_member
from members.models import Member
from tests import make

pytestmark = pytest.mark.django_db


def test_a_welcome_gives_a_number_and_an_account_of_hours(rosa):
    ana = welcome_member(
        by=make.acting(rosa), name="Ana Okafor", email="Ana@Example.org"
    )

    assert ana.number > rosa.number
    assert ana.email == "ana@example.org"
    assert Account.objects.held_by(ana).get(unit=Unit.MINUTE).floor == -20 * 60


def test_nobody_needs_an_email(rosa):
    one = welcome_member(by=make.acting(rosa), name="Edna Moreau")
    other = welcome_member(by=make.acting(rosa), name="Ole Dahl", email="")

    assert (one.email, other.email) == (None, None)


def test_two_members_do_not_share_an_email(rosa, ana):
    with pytest.raises(ValidationError) as caught:
        welcome_member(by=make.acting(rosa), name="Anna", email="ANA@example.org")

    assert caught.value.error_dict["email"][0].code == "email_taken"


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", None),
        ("a" * 81, None),
        ("Ana \u202ekofar", None),
        ("Ana\x00", None),
        ("   ", None),
        ("\u200b\u3164", None),
        ("Ana\nRosa", None),
        ("Rоsa Alvarez", None),  # a Cyrillic о
        ("Ana", "not an address"),
        ("Ana", "ana@example.org\nBcc: all@example.org"),
    ],
)
def test_nonsense_is_refused(rosa, name, email):
    with pytest.raises(ValidationError):
        welcome_member(by=make.acting(rosa), name=name, email=email)

    assert Member.objects.get() == rosa


def test_only_coordinators_welcome(ana):
    with pytest.raises(PermissionDenied):
        welcome_member(by=make.acting(ana), name="Ben")


def test_a_network_is_founded_once(rosa):
    assert rosa.is_coordinator
    with pytest.raises(ValidationError) as caught:
        found_network(name="Mallory", email="m@example.org", password="x")
    assert caught.value.code == "founded_before"


def test_the_command_founds_a_network_and_checks_the_password(db, monkeypatch, capsys):
    words = {"name": "Rosa Alvarez", "email": "rosa@example.org"}
    command = "members.management.commands.found_network.getpass"
    monkeypatch.setattr(command, lambda _prompt: "12345")
    with pytest.raises(CommandError, match="too short"):
        call_command("found_network", **words)

    monkeypatch.setattr(command, lambda _prompt: "a-willow-by-the-river")
    call_command("found_network", **words)

    assert Member.objects.get().is_coordinator
    assert "Your member number is" in capsys.readouterr().out
