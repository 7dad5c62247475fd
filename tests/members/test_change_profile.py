"""Somebody tells of themselves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.actions import change_profile
from members.models import Channel, DeedForAnother, Neighbourhood
from tests import make
from tests.refusals import codes

URL = reverse("members:change-profile")

pytestmark = pytest.mark.django_db


def form(**words):
    return {"name": "Ana Okafor", "contact_way": "phone"} | words


def acts_for(client, pen, member, channel="phone"):
    client.force_login(pen)
    session = client.session
    session["acting_for"] = {"member": member.pk, "channel": channel}
    session.save()
    return {"acting_for": str(member.pk)}


def test_what_one_tells_is_kept(client, ana):
    old_town = Neighbourhood.objects.create(name="Old Town")
    client.force_login(ana)

    response = client.post(
        URL,
        form(
            pronouns="she/her",
            about="I mend bicycles.\nCome by.",
            languages=["en", "es"],
            one_more="yi",
            neighbourhood=old_town.pk,
            phone="555 0100",
            address="3 Willow Street",
            emergency="Ngozi, 555 0101",
        ),
    )

    assertRedirects(response, URL)
    ana.profile.refresh_from_db()
    told = ana.profile
    assert (told.pronouns, told.about.splitlines(), told.languages) == (
        "she/her",
        ["I mend bicycles.", "Come by."],
        ["en", "es", "yi"],
    )
    assert (told.neighbourhood, told.phone, told.address, told.emergency) == (
        old_town,
        "555 0100",
        "3 Willow Street",
        "Ngozi, 555 0101",
    )
    assert told.contact_way == "phone"
    assert not DeedForAnother.objects.exists()


def test_the_form_shows_what_stands_and_who_sees_it(client, ana):
    make.tells(ana, phone="555 0100", languages=["yi"])
    make.shows(ana, phone="nobody")
    client.force_login(ana)

    page = client.get(URL)

    assert page.context["form"]["phone"].value() == "555 0100"
    assert page.context["form"]["languages"].value() == ["yi"]
    assert "Seen by nobody." in page.text


def test_a_changed_name_leaves_a_trace_that_coordinators_read(client, rosa, ana, ben):
    client.force_login(ana)

    client.post(URL, form(name="  Ana   Okafor-Lind "))

    ana.refresh_from_db()
    change = ana.name_changes.get()
    assert (ana.name, change.name, change.recorded_by) == (
        "Ana Okafor-Lind",
        "Ana Okafor",
        ana,
    )
    for reader, reads in ((ben, False), (ana, False), (rosa, True)):
        client.force_login(reader)
        assert ("Called until" in client.get(ana.get_absolute_url()).text) is reads


def test_the_same_name_again_is_no_change(client, ana):
    client.force_login(ana)

    client.post(URL, form())

    assert not ana.name_changes.exists()


def test_a_new_name_is_found_and_the_old_one_no_more(client, ana, ben):
    make.tells(ana)
    change_profile(by=make.acting(ana), name="Zuleika Okafor")
    client.force_login(ben)

    assert "Zuleika" in client.get(reverse("members:people"), {"q": "zuleika"}).text
    page = client.get(reverse("members:people"), {"q": "ana okafor"})
    assert page.context["people"] == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "required"),
        ("name", "   ", "required"),
        ("name", "a" * 81, "max_length"),
        ("name", "nul \x00", "null_characters_not_allowed"),
        ("name", "turned \u202e round", "invisible_marks"),
        ("name", "Rоsa Alvarez", "mixed_scripts"),
        ("pronouns", "a" * 41, "max_length"),
        ("pronouns", "two\nlines", "invisible_marks"),
        ("about", "a" * 1001, "max_length"),
        ("about", "fine\nturned \u202e round", "invisible_marks"),
        ("languages", ["xx"], "invalid_choice"),
        ("languages", ["en", "'; DROP"], "invalid_choice"),
        ("one_more", "xx", "invalid_choice"),
        ("neighbourhood", "999999", "invalid_choice"),
        ("neighbourhood", "x", "invalid_choice"),
        ("phone", "5" * 41, "max_length"),
        ("phone", "555\x1b0100", "invisible_marks"),
        ("address", "a" * 201, "max_length"),
        ("emergency", "a" * 201, "max_length"),
        ("contact_way", "", "required"),
        ("contact_way", "pigeon", "invalid_choice"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, ana, field, value, code):
    client.force_login(ana)

    response = client.post(URL, form() | {field: value})

    assert response.status_code == 422
    assert codes(response)[field][-1:] == [code]
    ana.refresh_from_db()
    assert ana.name == "Ana Okafor"


def test_the_deed_refuses_by_itself_what_no_form_stopped(ana):
    for told, field in (
        ({"languages": ["xx"]}, "languages"),
        ({"phone": "two\nlines"}, "phone"),
        ({"about": "a" * 1001}, "about"),
    ):
        with pytest.raises(ValidationError) as caught:
            make.tells(ana, **told)
        assert list(caught.value.error_dict) == [field]


def test_a_coordinator_writes_down_what_a_member_says_by_phone(client, rosa, edna):
    token = acts_for(client, rosa, edna)

    client.post(URL, form(name="Edna Moreau", phone="555 0199") | token)

    edna.profile.refresh_from_db()
    assert edna.profile.phone == "555 0199"
    noted = DeedForAnother.objects.get()
    assert (noted.deed, noted.recorded_by, noted.recorded_for) == (
        "change_profile",
        rosa,
        edna,
    )


def test_the_form_opens_no_field_for_who_writes_it_down(client, rosa, edna):
    """Else the form would be a way round the log."""
    make.tells(edna, phone="555 0199", address="9 Elm Row", pronouns="she/her")
    make.shows(edna, pronouns="nobody")
    token = acts_for(client, rosa, edna)

    page = client.get(URL).text
    client.post(URL, form(name="Edna Moreau", address="11 Elm Row") | token)

    for hidden in ("555 0199", "9 Elm Row", "she/her"):
        assert hidden not in page
    edna.profile.refresh_from_db()
    told = edna.profile
    assert (told.phone, told.address, told.pronouns) == (
        "555 0199",
        "11 Elm Row",
        "she/her",
    )


def test_on_a_members_word_what_is_not_shown_can_be_taken_away(client, rosa, edna):
    make.tells(edna, phone="555 0199", address="9 Elm Row")
    token = acts_for(client, rosa, edna)

    client.post(URL, form(name="Edna Moreau", take_away=["phone"]) | token)

    edna.profile.refresh_from_db()
    assert (edna.profile.phone, edna.profile.address) == ("", "9 Elm Row")


def test_a_steward_reads_and_changes_all_of_their_organisation(client, rosa, ana):
    bakery = make.organisation("Bakery")
    make.stewardship(ana, bakery)
    token = acts_for(client, ana, bakery, channel="web")
    client.post(URL, form(name="Bakery", phone="555 0300") | token)

    assert 'value="555 0300"' in client.get(URL).text


def test_nobody_changes_the_profile_of_another(ana, cleo):
    with pytest.raises(PermissionDenied):
        change_profile(by=Acting(cleo, ana, Channel.PHONE), name="Mine")


def test_who_has_left_changes_nothing(gus):
    with pytest.raises(ValidationError) as caught:
        make.tells(gus, phone="555")
    assert caught.value.code == "member_left"


def test_a_script_in_the_words_stays_words(client, ana, ben):
    make.tells(ana, about="<script>alert(1)</script>\n<b>bold</b>")
    client.force_login(ben)

    page = client.get(ana.get_absolute_url()).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_form_costs_the_same_for_many_neighbourhoods(
    client, ana, django_assert_num_queries
):
    client.force_login(ana)
    client.get(URL)
    with django_assert_num_queries(8, exact=False):
        client.get(URL)
    for number in range(30):
        Neighbourhood.objects.create(name=f"Quarter {number}")
    with django_assert_num_queries(8, exact=False):
        client.get(URL)
