"""Somebody decides who sees what of them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.actions import change_privacy
from members.models import FIELDS, SHOWN, Audience, Channel, Eyes, Neighbourhood
from tests import make

URL = reverse("members:change-privacy")

pytestmark = pytest.mark.django_db

TOLD = {"pronouns": "she/her", "about": "I mend bicycles.", "languages": ["yi"]}
SEEN = {
    "pronouns": "she/her",
    "about": "I mend bicycles.",
    "languages": "ייִדיש",
    "neighbourhood": "Old Town",
}
READERS = {
    "stranger to her": Eyes(),
    "mate": Eyes(teammates=frozenset({1})),
    "coordinator": Eyes(is_coordinator=True),
    "herself": Eyes(own=frozenset({1})),
}
SEES = {
    Audience.NOBODY: {"herself"},
    Audience.COORDINATORS: {"herself", "coordinator"},
    Audience.TEAMS: {"herself", "coordinator", "mate"},
    Audience.MEMBERS: set(READERS),
}


def form(**words):
    return dict.fromkeys(FIELDS, "coordinators") | words


def test_what_one_decides_is_kept(client, ana):
    client.force_login(ana)

    response = client.post(URL, form(phone="members", languages="nobody"))

    assertRedirects(response, URL)
    ana.profile.refresh_from_db()
    kept = {field: getattr(ana.profile, f"{field}_audience") for field in FIELDS}
    assert kept == form(phone="members", languages="nobody")


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("field", FIELDS)
def test_each_audience_means_who_it_says(ana, field, audience):
    profile = ana.profile
    setattr(profile, f"{field}_audience", audience)
    found = {
        name
        for name, eyes in READERS.items()
        if type(eyes)(
            own=frozenset({profile.pk}) if eyes.own else frozenset(),
            is_coordinator=eyes.is_coordinator,
            teammates=frozenset({profile.pk}) if eyes.teammates else frozenset(),
        ).may_see(profile, field)
    }

    assert found == SEES[audience]


@pytest.mark.parametrize("audience", Audience)
def test_the_page_shows_each_reader_what_is_meant_for_them(
    client, rosa, ana, cleo, audience
):
    old_town = Neighbourhood.objects.create(name="Old Town")
    make.tells(ana, neighbourhood=old_town, **TOLD)
    make.shows(ana, **dict.fromkeys(SHOWN, audience))
    for reader, name in (
        (cleo, "stranger to her"),
        (rosa, "coordinator"),
        (ana, "herself"),
    ):
        client.force_login(reader)
        page = client.get(ana.get_absolute_url()).text
        for field, words in SEEN.items():
            assert (words in page) is (name in SEES[audience]), (name, field)


def test_one_looks_at_oneself_with_others_eyes(client, ana):
    make.tells(ana, phone="555 0100", **TOLD)
    make.shows(ana, phone="members", about="coordinators", pronouns="nobody")
    client.force_login(ana)

    previews = {
        str(title): (
            [str(label) for label, _value in seen],
            [str(one) for one in openable],
        )
        for title, seen, openable in client.get(URL).context["previews"]
    }

    assert previews == {
        "What a neighbour sees": (["Languages that I speak"], ["Phone"]),
        "What a coordinator sees": (
            ["About me", "Languages that I speak"],
            ["Phone", "E-mail"],
        ),
    }


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("phone", "", "required"),
        ("phone", "everybody", "invalid_choice"),
        ("about", "'; DROP", "invalid_choice"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, ana, field, value, code):
    client.force_login(ana)

    response = client.post(URL, form() | {field: value})

    assert response.status_code == 422
    assert response.context["form"].errors.as_data()[field][0].code == code
    ana.profile.refresh_from_db()
    assert ana.profile.phone_audience == "coordinators"
    assert ana.profile.about_audience == "members"


def test_the_page_opens_nothing_for_who_acts_for_a_member(client, rosa, edna):
    make.tells(edna, phone="555 0199", pronouns="xe")
    make.shows(edna, pronouns="nobody")
    client.force_login(rosa)
    session = client.session
    session["acting_for"] = {"member": edna.pk, "channel": "phone"}
    session.save()

    page = client.get(URL).text
    client.post(URL, form(phone="nobody") | {"acting_for": str(edna.pk)})

    assert "555 0199" not in page
    assert ">xe<" not in page
    edna.profile.refresh_from_db()
    assert edna.profile.phone_audience == "nobody"


def test_nobody_decides_for_another(ana, cleo):
    with pytest.raises(PermissionDenied):
        change_privacy(by=Acting(cleo, ana, Channel.PHONE), phone="members")
