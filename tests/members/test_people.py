"""The directory: everybody who is here, found by name however it is spelt."""

from datetime import timedelta

import pytest
from django.urls import reverse

from members import clock
from members.actions import welcome_member
from members.models import Member, NameWord, Neighbourhood
from members.signals import teammates_asked
from tests import make

URL = reverse("members:people")

pytestmark = pytest.mark.django_db


def welcome(rosa, *names):
    return [welcome_member(by=make.acting(rosa), name=name) for name in names]


def found(client, **asked) -> list[str]:
    return [one.name for one, _note in client.get(URL, asked).context["people"]]


@pytest.fixture
def street(rosa, ben):
    """Some names that are hard to spell."""
    welcome(
        rosa,
        "Zoë Lindström",
        "Łukasz Wójcik",
        "Anne-Marie O'Brien",
        "Søren Ærø",
        "Anna Lindqvist",
        "Mohammed Ali",
    )
    return ben


def test_everybody_who_is_here_stands_in_it_by_name(client, rosa, ana, ben, gus):
    client.force_login(ben)

    assert found(client) == ["Ana Okafor", "Ben de Vries", "Rosa Alvarez"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zoe", ["Zoë Lindström"]),
        ("LINDSTROM", ["Zoë Lindström"]),
        ("lind", ["Anna Lindqvist", "Zoë Lindström"]),
        ("lindström zoë", ["Zoë Lindström"]),
        ("li zo", ["Zoë Lindström"]),
        ("lukasz", ["Łukasz Wójcik"]),
        ("wojcik", ["Łukasz Wójcik"]),
        ("marie", ["Anne-Marie O'Brien"]),
        ("brien", ["Anne-Marie O'Brien"]),
        ("o’brien", ["Anne-Marie O'Brien"]),
        ("anne marie", ["Anne-Marie O'Brien"]),
        ("soren aero", ["Søren Ærø"]),
        # Slips: a letter wrong, missing, too many, two changed about.
        ("lindstrum", ["Zoë Lindström"]),
        ("lindtrom", ["Zoë Lindström"]),
        ("lindsttrom", ["Zoë Lindström"]),
        ("lidnstrom", ["Zoë Lindström"]),
        ("mohamad ali", ["Mohammed Ali"]),
        ("wojick lukas", ["Łukasz Wójcik"]),
        ("muhammed", ["Mohammed Ali"]),
        ("quetzal", []),
        ("--", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("\\", []),
    ],
)
def test_people_are_found_however_their_name_is_spelt(client, street, typed, names):
    client.force_login(street)

    assert found(client, q=typed) == names


def test_near_misses_say_whom_one_meant(client, street):
    client.force_login(street)

    response = client.get(URL, {"q": "lindstrum"})

    assert response.context["meant"] == ("lindstrom",)
    assert "Did you mean Lindstrom?" in response.text
    assert client.get(URL, {"q": "lindstrom"}).context["meant"] == ()


def test_everybody_finds_by_number(client, ana, ben):
    client.force_login(ben)

    assert found(client, q=str(ana.number)) == ["Ana Okafor"]
    assert found(client, q=f"#{ana.number}") == ["Ana Okafor"]
    assert found(client, q="9" * 70) == []


def test_a_search_while_typing_is_answered_with_the_list_alone(client, ana, ben):
    client.force_login(ben)

    page = client.get(URL, {"q": "oka"}, headers={"HX-Target": "people"}).text

    assert "Ana Okafor" in page
    assert "<html" not in page


def test_nobody_found_says_what_to_try(client, ben):
    client.force_login(ben)

    assert "Try fewer letters" in client.get(URL, {"q": "quetzal"}).text
    assert "Perhaps they do not show it" in client.get(URL, {"language": "yi"}).text
    both = client.get(URL, {"language": "yi", "q": "ben"}).text
    assert "narrowed it down" in both


def test_people_are_narrowed_by_what_they_tell(client, rosa, ana, ben, cleo):
    town = Neighbourhood.objects.create(name="Town")
    quarter = Neighbourhood.objects.create(name="Quarter", parent=town)
    other = Neighbourhood.objects.create(name="Elsewhere")
    make.tells(ana, neighbourhood=quarter, languages=["en", "yi"])
    make.tells(cleo, neighbourhood=other, languages=["so"])
    make.organisation("Bakery")
    Member.objects.filter(pk=ben.pk).update(
        welcomed_at=clock.now() - timedelta(days=100)
    )
    client.force_login(ben)

    assert found(client, neighbourhood=town.pk) == ["Ana Okafor"]
    assert found(client, neighbourhood=other.pk) == ["Cleo Stranger"]
    assert found(client, language="yi") == ["Ana Okafor"]
    assert found(client, kind="organisation") == ["Bakery"]
    assert "Ben de Vries" not in found(client, new="on")
    assert found(client, language="yi", q="cleo") == []


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("members", {"cleo", "rosa", "ana"}),
        ("teams", {"rosa", "ana"}),
        ("coordinators", {"rosa", "ana"}),
        ("nobody", {"ana"}),
    ],
)
def test_what_is_hidden_is_not_found_out_by_filtering(
    client, rosa, ana, cleo, audience, seen_by
):
    town = Neighbourhood.objects.create(name="Town")
    make.tells(ana, neighbourhood=town, languages=["yi"])
    make.shows(ana, neighbourhood=audience, languages=audience)
    for name, reader in {"cleo": cleo, "rosa": rosa, "ana": ana}.items():
        client.force_login(reader)
        for asked in ({"neighbourhood": town.pk}, {"language": "yi"}):
            is_found = found(client, **asked) == ["Ana Okafor"]
            assert is_found is (name in seen_by), (name, asked)
        assert ("Town" in str(client.get(URL).context["people"])) is (name in seen_by)


def test_teammates_see_what_is_meant_for_teams(client, ana, ben, cleo, teammates):
    make.tells(ana, languages=["yi"])
    make.shows(ana, languages="teams")
    teammates(ben, ana)
    client.force_login(ben)
    assert found(client, language="yi") == ["Ana Okafor"]
    client.force_login(cleo)
    assert found(client, language="yi") == []


@pytest.fixture
def teammates():
    """Two share a care team, as a later room will answer."""
    teams = {}

    def answer(member, **_signal):
        return teams.get(member.pk, set())

    def join(one, other):
        teams.setdefault(one.pk, set()).add(other.pk)
        teams.setdefault(other.pk, set()).add(one.pk)

    teammates_asked.connect(answer)
    yield join
    teammates_asked.disconnect(answer)


@pytest.mark.parametrize(
    "asked",
    [
        {"neighbourhood": "999999"},
        {"neighbourhood": "x"},
        {"language": "'; DROP"},
        {"kind": "dragon"},
        {"after": "999999"},
        {"after": "x"},
        {"before": "9" * 40},
        {"q": "a" * 1000},
        {"q": "nul \x00"},
        {"q": "\u202e"},
    ],
)
def test_a_forged_address_breaks_nothing(client, ana, ben, asked):
    client.force_login(ben)

    assert client.get(URL, asked).status_code == 200


def test_one_reads_on_by_name_and_back(client, rosa, ben):
    welcome(rosa, *(f"Neighbour {number:03}" for number in range(70)))
    client.force_login(ben)
    everybody = [one.name for one in Member.objects.by_name()]

    first = client.get(URL)
    second = client.get(URL, {"after": first.context["after"]})
    third = client.get(URL, {"after": second.context["after"]})
    back = client.get(URL, {"before": third.context["before"]})

    pages = [first, second, third]
    assert [
        one.name for page in pages for one, _note in page.context["people"]
    ] == everybody
    assert (first.context["before"], third.context["after"]) == (None, None)
    assert back.context["people"] == second.context["people"]
    again = client.get(URL, {"before": second.context["before"]})
    assert again.context["people"] == first.context["people"]
    assert again.context["before"] is None


def test_reading_on_keeps_what_was_looked_for(client, rosa, ben):
    welcome(rosa, *(f"Neighbour {number:03}" for number in range(40)), "Zoe Last")
    client.force_login(ben)

    first = client.get(URL, {"q": "nei"})
    second = client.get(URL, {"q": "nei", "after": first.context["after"]})

    assert f"q=nei&amp;after={first.context['after']}" in first.text
    assert len(first.context["people"]) + len(second.context["people"]) == 40


def test_namesakes_are_all_there(client, rosa, ben):
    welcome(rosa, *["Maria Garcia"] * 65)
    client.force_login(ben)

    seen, after = [], None
    while True:
        page = client.get(URL, {"q": "maria", **({"after": after} if after else {})})
        seen += [one.pk for one, _note in page.context["people"]]
        after = page.context["after"]
        if not after:
            break

    assert len(seen) == len(set(seen)) == 65


def test_somebody_hidden_is_no_place_in_the_list(client, rosa, ana, ben, cleo):
    """Else one could find out where a hidden name stands."""
    make.block(ana, cleo)
    client.force_login(cleo)

    assert found(client, after=ana.pk) == found(client)


def test_words_of_names_come_and_go_with_those_who_have_them(rosa, ana, gus):
    words = set(NameWord.objects.values_list("word", flat=True))
    assert {"ana", "okafor", "rosa", "gus", "lindqvist"} <= words

    gus.name = "Rosa Somebody"
    gus.save(update_fields=["name"])

    words = set(NameWord.objects.values_list("word", flat=True))
    assert {"rosa", "somebody"} <= words
    assert not {"gus", "lindqvist"} & words


@pytest.mark.parametrize(
    "asked", [{}, {"q": "neig"}, {"q": "nieghbor"}, {"language": "en"}]
)
def test_many_cost_what_one_does(client, rosa, ben, django_assert_num_queries, asked):
    make.tells(*welcome(rosa, "Neighbour 1"), languages=["en"])
    client.force_login(ben)
    client.get(URL, asked)
    with django_assert_num_queries(12, exact=False) as few:
        client.get(URL, asked)
    for one in welcome(rosa, *(f"Neighbour {number}" for number in range(2, 32))):
        make.tells(one, languages=["en"])
    with django_assert_num_queries(len(few)):
        client.get(URL, asked)


def test_what_narrows_stays_folded_until_it_is_used(client, ben):
    client.force_login(ben)

    assert "<details>" in client.get(URL, {"q": "ben", "language": ""}).text
    assert "<details open>" in client.get(URL, {"language": "yi"}).text
