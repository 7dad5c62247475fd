"""What a stranger, a member, a blocked member and a coordinator can learn of one address."""

import pytest
from django.urls import reverse

from members.models import Letter, Neighbourhood, Opened
from tests import make
from tests.who_may_open import PAGES, a_world

pytestmark = pytest.mark.django_db

SECRETS = {
    "phone": "555-0142-77",
    "email": "ana@example.org",
    "address": "17 Hidden Heron Lane",
    "emergency": "Ngozi Farfield",
}
# What somebody might type to find out whose it is.
GUESSES = [*SECRETS.values(), "0142", "heron"]


@pytest.fixture
def readers(rosa, ana, ben, cleo):
    """Ana hides her neighbourhood too; she wrote and exchanged with all, and blocked Cleo."""
    told = {field: value for field, value in SECRETS.items() if field != "email"}
    make.tells(
        ana, neighbourhood=Neighbourhood.objects.create(name="Secret Corner"), **told
    )
    make.shows(ana, neighbourhood="nobody")
    for other in (ben, cleo, rosa):
        make.message(ana, other, "Good day")
        make.message(other, ana, "Good day, Ana")
    make.exchange(ana, ben)
    make.exchange(cleo, ana)
    make.block(ana, cleo)
    return {"stranger": None, "member": ben, "blocked": cleo, "coordinator": rosa}


def comes_in(client, reader, for_whom=None):
    client.logout()
    if reader:
        client.force_login(reader)
    if for_whom:
        session = client.session
        session["acting_for"] = {"member": for_whom.pk, "channel": "phone"}
        session.save()


def learned(text: str) -> set[str]:
    return {field for field, words in SECRETS.items() if words in text}


def looks(ana):
    """Every page of this area and every search, with all that could be guessed."""
    people, choose = reverse("members:people"), reverse("timebank:record-exchange")
    corner = Neighbourhood.objects.get(name="Secret Corner").pk
    for words in [*GUESSES, "okafro", str(ana.number), ""]:
        yield people, {"q": words}
        yield choose, {"q": words}
    yield people, {"neighbourhood": corner}
    yield people, {"after": ana.pk}
    for path in (
        ana.get_absolute_url(),
        reverse("members:send-message", args=[ana.pk]),
        reverse("members:block-member", args=[ana.pk]),
        reverse("timebank:statement-of", args=[ana.pk]),
        *map(
            reverse,
            (
                "home",
                "books",
                "timebank:statement",
                "members:messages",
                "members:notices",
                "members:blocks",
                "members:opened",
                "members:change-profile",
                "members:change-privacy",
            ),
        ),
    ):
        yield path, {}
    yield choose, {"neighbour": ana.pk}
    yield reverse("timebank:record-exchange-for-others"), {"giver": ana.pk}


def test_no_page_of_these_shows_it_by_itself(client, readers, ana):
    found = {}
    for name, reader in readers.items():
        comes_in(client, reader)
        for path, asked in looks(ana):
            typing = {"HX-Target": "people"} if asked else {}
            page = client.get(path, asked, headers=typing).text
            # What was typed is answered with, whoever asks.
            page = page.replace(asked.get("q") or "\0", "")
            is_found = asked.get("q") in GUESSES and "Okafor" in page
            if learned(page) or is_found:
                found[name, path, str(asked)] = learned(page)

    assert found == {}


def test_a_hidden_neighbourhood_is_nowhere(client, readers, ana):
    """But in the list of all neighbourhoods to choose from."""
    for name, reader in readers.items():
        comes_in(client, reader)
        page = client.get(ana.get_absolute_url()).text
        assert "Secret Corner" not in page
        corner = Neighbourhood.objects.get(name="Secret Corner").pk
        people = client.get(reverse("members:people"), {"neighbourhood": corner})
        assert "Okafor" not in people.text, name


def test_who_presses_the_button(client, readers, ana):
    url = reverse("members:open-field", args=[ana.pk])
    found = {}
    for name, reader in readers.items():
        comes_in(client, reader)
        found[name] = set()
        for field in SECRETS:
            found[name] |= learned(client.post(url, {"field": field}).text)

    assert found == {
        "stranger": set(),
        "member": set(),
        "blocked": set(),
        "coordinator": set(SECRETS),
    }
    assert set(Opened.objects.values_list("recorded_by", "field")) == {
        (readers["coordinator"].pk, field) for field in SECRETS
    }


def test_no_letter_to_others_holds_it(readers, ana):
    letters = Letter.objects.exclude(member=ana)

    assert letters.exists()
    for letter in letters:
        text = f"{letter.subject} {letter.text} {letter.path}"
        assert learned(text) == set()


def test_no_page_of_the_whole_site_shows_it_to_others(client, rosa, ana, ben, cleo):
    """It opens every page there is, which takes a while, so that a new one is not forgotten."""
    told = {field: value for field, value in SECRETS.items() if field != "email"}
    make.tells(ana, **told)
    world = a_world(rosa, ana, ben, cleo)
    found = {}
    for page, *rest in PAGES:
        address = make.address(page, *(rest[1](world) if len(rest) > 1 else []))
        for name, *reader in (
            ("stranger", None),
            ("member", cleo),
            ("coordinator", rosa),
            ("coordinator for her", rosa, ana),
        ):
            comes_in(client, *reader)
            answer = client.get(address)
            text = "" if answer.streaming else answer.content.decode(errors="replace")
            if learned(text):
                found[name, page] = learned(text)

    assert found == {}


def test_nor_how_far_away_it_is_while_one_acts_for_her(client, rosa, ana, cleo):
    """From distances to several neighbours one could reckon where she lives."""
    for member, name, degrees in ((ana, "Secret Corner", 1.0), (cleo, "Old Town", 2.0)):
        centre = {"latitude": degrees, "longitude": degrees}
        make.tells(member, neighbourhood=make.neighbourhood(rosa, name, **centre))
    make.shows(ana, neighbourhood="nobody")

    for reader, is_told in (((ana,), True), ((rosa, ana), False)):
        comes_in(client, *reader)
        km = client.get(cleo.get_absolute_url()).context["km"]
        assert (km is not None) == is_told
