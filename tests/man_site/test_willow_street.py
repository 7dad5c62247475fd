"""The demo network: the same everywhere, whole, and made through the real actions."""

import pytest
from django.core.management import call_command

from ledger.models import Transfer
from man_site import willow_street
from members import clock
from members.models import Letter, Member, Notice, Role
from tests import make
from timebank.models import Exchange

pytestmark = pytest.mark.django_db


def test_the_first_neighbours_are_there_and_their_books_balance(client):
    willow_street.found_willow_street()

    assert Member.objects.count() == len(willow_street.NEIGHBOURS)
    assert Member.objects.get(name=willow_street.TREASURER).has_role(Role.TREASURER)
    assert Exchange.objects.count() > 60
    assert make.books().is_sound
    for name in (willow_street.FOUNDER, willow_street.TREASURER, willow_street.MEMBER):
        member = Member.objects.get(name=name)
        assert member.check_password(willow_street.PASSWORD)


def test_founding_it_again_changes_nothing():
    willow_street.found_willow_street()
    before = Transfer.objects.count()

    willow_street.found_willow_street()

    assert Transfer.objects.count() == before


def test_the_street_fills_in_and_a_broken_off_filling_goes_on():
    willow_street.found_willow_street()
    filling = willow_street.fill_street()
    for _ in range(3):
        next(filling)
    half = Exchange.objects.count()

    progress = list(willow_street.fill_street())

    whole = Exchange.objects.count()
    assert progress[-1][0] == progress[-1][1]
    assert half < whole
    assert list(willow_street.fill_street()) == []
    assert Exchange.objects.count() == whole
    assert make.books().is_sound
    assert Member.objects.count() == len(
        willow_street.NEIGHBOURS + willow_street.THE_STREET
    )


def test_nobody_gets_letters_about_an_invented_past():
    willow_street.found_willow_street()

    assert Notice.objects.exists()
    assert Letter.objects.count() == 0


def test_the_same_is_drawn_each_time():
    willow_street.found_willow_street()
    drawn = {"weeks": 26, "each_week": 3, "seed": 1}
    names, today = willow_street.NEIGHBOURS, clock.now()

    first = list(willow_street.help_among(names, today, **drawn))

    assert first == list(willow_street.help_among(names, today, **drawn))


def test_the_command_writes_the_sign_ins(settings, tmp_path):
    settings.DEMO_DATA = str(tmp_path)

    call_command("fill_demo")

    written = (tmp_path / "sign-ins.txt").read_text()
    assert "ana@willow.example" in written
    assert willow_street.PASSWORD in written
