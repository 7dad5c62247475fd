"""How a stranger asks to belong."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import apply, change_policy, record_application
from members.forms.joining import ApplyForm, _stamp
from members.models import Application, Channel, Letter, Member, Notice, Role
from members.policies.joining import (
    APPLY_AN_HOUR,
    APPLY_AN_HOUR_FROM_ONE_PLACE,
    REFERENCES_ASKED,
)
from tests import make
from tests.marks import committed
from tests.races import at_once

URL = reverse("members:apply")
THANKS = reverse("members:applied")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def stamp(seconds: int = 60) -> str:
    """What a form says that was opened so long ago."""
    with pytest.MonkeyPatch.context() as patch:
        then = clock.now() - timedelta(seconds=seconds)
        patch.setattr(clock, "now", lambda: then)
        return _stamp()


def typed(**words):
    given = {
        "key": str(make.key()),
        "opened": stamp(),
        "name": "Noor Haddad",
        "kind": "person",
        "email": "noor@example.org",
        "phone": "",
        "contact_way": "email",
        "words": "I bake, and could use a lift on Tuesdays.",
        "reference_name_0": "Sam Bell",
        "reference_contact_0": "555 0100",
        "comment": "",
    }
    return given | words


def codes(page) -> list[str]:
    """Why a form was not taken."""
    errors = page.context["form"].errors.as_data()
    return [error.code for found in errors.values() for error in found]


def subjects() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("subject", flat=True))


def policy(rosa, policy, value):
    by = make.acting(rosa)
    change_policy(by=by, policy=policy, value=value, decision="In the meeting")


def test_somebody_asks_and_reads_what_comes_next(client, rosa):
    page = client.post(URL, typed(), follow=True)

    assertRedirects(page, THANKS)
    assert [step[:2] for step in page.context["steps"]] == [
        ("You asked to join", "done"),
        ("A talk with a coordinator", "now"),
        ("Reading the membership agreement together", "next"),
        ("Your welcome", "next"),
    ]
    noor = Application.objects.get()
    assert (noor.name, noor.email, noor.channel) == (
        "Noor Haddad",
        "noor@example.org",
        Channel.WEB,
    )
    assert noor.references.get().name == "Sam Bell"
    assert rosa.notices.get().headline == "Noor Haddad asks to join"
    letter = Letter.objects.get(address="noor@example.org")
    assert letter.name == "Noor"
    assert client.get(letter.path).context["application"] == noor


def test_a_phone_is_enough(client, rosa):
    client.post(URL, typed(email="", phone="(608) 555-0142", contact_way="phone"))

    noor = Application.objects.get()
    assert (noor.email, noor.phone_digits) == (None, "6085550142")
    assert not Letter.objects.filter(address__gt="").exists()


def test_an_organisation_asks(client, rosa):
    client.post(URL, typed(kind="organisation", name="Willow Street Bakery"))

    assert Application.objects.get().kind == "organisation"


def test_the_membership_role_is_told_too_and_others_are_not(rosa, ana, ben):
    make.role(rosa, ana, Role.MEMBERSHIP)
    make.application()

    told = Notice.objects.filter(kind="application_received")
    assert {notice.member for notice in told} == {rosa, ana}


def test_a_form_that_is_sent_twice_is_one_application_and_one_letter(client, rosa):
    words = typed()

    first, again = client.post(URL, words), client.post(URL, words)

    assert first.url == again.url
    assert Application.objects.count() == 1
    assert subjects().count("We have your application") == 1


@pytest.mark.parametrize("email", ["ana@example.org", "ANA@example.org"])
def test_a_member_who_applies_sees_the_same_page_and_only_the_letter_says_it(
    client, rosa, ana, email
):
    stranger = client.post(URL, typed(), follow=True)
    member = client.post(URL, typed(email=email), follow=True)

    assert member.redirect_chain == stranger.redirect_chain
    assert member.content == stranger.content
    assert Application.objects.get().email == "noor@example.org"
    letter = Letter.objects.get(address="ana@example.org")
    assert letter.subject == "You belong here already"
    assert letter.path == reverse("account_login")


def test_whoever_applies_again_sees_the_same_page_and_the_first_stands(client, rosa):
    first = client.post(URL, typed(), follow=True)
    again = client.post(
        URL, typed(email="Noor@Example.org", name="Mallory"), follow=True
    )

    assert again.content == first.content
    assert Application.objects.get().name == "Noor Haddad"
    assert [letter.text[:32] for letter in Letter.objects.filter(address__gt="")] == [
        "Thank you for asking to join us.",
        "Thank you. You have asked to joi",
    ]


def test_a_phone_without_email_applies_once_however_it_is_written(client, rosa):
    for phone in ("608 555 0142", "(608) 555-0142"):
        page = client.post(URL, typed(email="", phone=phone, contact_way="phone"))
        assert page.url == THANKS

    assert Application.objects.count() == 1


def test_an_address_is_not_flooded_with_letters(client, rosa):
    for _ in range(8):
        assert client.post(URL, typed()).url == THANKS

    assert Letter.objects.filter(address="noor@example.org").count() == 3


def test_somebody_who_was_answered_may_ask_again(rosa):
    first = make.application()
    make.withdrawn(first)

    assert make.application().pk != first.pk


@committed
def test_two_applications_with_one_address_at_one_moment_are_one(rosa):
    answers = at_once(
        [lambda: apply(key=make.key(), asked=make.asked()) and "written"] * 8
    )

    assert sorted(answers, key=str) == [None] * 7 + ["written"]
    assert Application.objects.count() == 1


@committed
def test_two_pages_at_one_moment_see_the_same(rosa, client):
    words = [typed(), typed(name="N. Haddad")]

    answers = at_once(
        [lambda one=one: Client().post(URL, one, follow=True).content for one in words]
    )

    assert answers[0] == answers[1]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"comment": "Buy pills"}, "not_by_hand"),
        ({"opened": ""}, "too_old"),
        ({"opened": "1700000000:forged"}, "too_old"),
        ({"email": "", "phone": ""}, "no_contact"),
        ({"email": "", "phone": "12"}, "no_phone"),
        ({"contact_way": "phone"}, "no_phone"),
        ({"contact_way": "pigeon"}, "invalid_choice"),
        ({"name": ""}, "required"),
        ({"name": "N" * 81}, "max_length"),
        ({"name": "Noor\nBcc: all@example.org"}, "invisible_marks"),
        ({"name": "Noor \u202eHaddad"}, "invisible_marks"),
        ({"name": "Rоsa Alvarez"}, "mixed_scripts"),
        ({"email": "noor@example.org\nBcc: all@example.org"}, "invalid"),
        ({"email": "noor@example.org, all@example.org"}, "invalid"),
        ({"email": "noor"}, "invalid"),
        ({"phone": "555\r\n0100 12345"}, "invisible_marks"),
        ({"words": "x" * 1001}, "max_length"),
        ({"words": "I bake.\n\u202eTxet gninrut"}, "invisible_marks"),
        ({"neighbourhood": "999"}, "invalid_choice"),
        ({"reference_name_0": "Sаm Bell"}, "mixed_scripts"),
    ],
)
def test_what_no_neighbour_would_send_is_refused_and_the_words_stay(
    client, rosa, words, why
):
    make.neighbourhood(rosa)

    page = client.post(URL, typed(**words))

    assert (page.status_code, codes(page)) == (422, [why])
    assert page.context["form"]["words"].value() == typed()["words"] or "words" in words
    assert not Application.objects.exists()


def test_what_a_program_filled_in_is_emptied_so_that_a_person_can_go_on(client, rosa):
    page = client.post(URL, typed(comment="Buy pills"))

    assert page.context["form"]["comment"].value() == ""


def test_a_form_that_is_too_quick_can_be_sent_a_moment_later(client, rosa):
    opened = stamp(seconds=1)
    page = client.post(URL, typed(opened=opened))

    assert codes(page) == ["too_quick"]
    assert page.context["form"]["opened"].value() == opened


def test_a_form_that_lay_for_a_day_gets_a_new_beginning(client, rosa):
    page = client.post(URL, typed(opened=stamp(seconds=25 * 60 * 60)))

    assert codes(page) == ["too_old"]
    fresh = ApplyForm(typed(opened=page.context["form"]["opened"].value()), seconds=0)
    assert fresh.is_valid()


def test_a_reference_has_a_name_and_a_way_to_reach_them(client, rosa):
    page = client.post(URL, typed(reference_contact_0=""))
    assert list(page.context["form"].errors) == ["reference_contact_0"]

    page = client.post(URL, typed(reference_name_0="", reference_contact_0=""))
    assert page.url == THANKS


def test_as_many_references_are_asked_as_the_network_decided(client, rosa):
    policy(rosa, REFERENCES_ASKED, 2)
    assert len(client.get(URL).context["form"].references) == 2

    policy(rosa, REFERENCES_ASKED, 0)
    assert client.get(URL).context["form"].references == []


@pytest.mark.parametrize("limit", [APPLY_AN_HOUR, APPLY_AN_HOUR_FROM_ONE_PLACE])
def test_a_flood_is_stopped_and_the_words_stay(client, rosa, limit):
    policy(rosa, limit, 2)
    for number in range(2):
        assert client.post(URL, typed(email=f"n{number}@example.org")).url == THANKS

    page = client.post(URL, typed(email="n3@example.org"))

    assert (page.status_code, codes(page)) == (429, ["too_often"])
    assert page.context["form"]["email"].value() == "n3@example.org"
    assert Application.objects.count() == 2


def test_another_connection_has_its_own_count(client, rosa):
    policy(rosa, APPLY_AN_HOUR_FROM_ONE_PLACE, 1)

    answers = [
        client.post(URL, typed(), REMOTE_ADDR=address).status_code
        for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2")
    ]

    # The last two are of one provider's customer.
    assert answers == [302, 302, 302, 429]


def test_nothing_of_it_is_in_an_address(client, rosa):
    page = client.post(URL, typed(), follow=True)

    assert [where for where, _status in page.redirect_chain] == [THANKS]


def test_a_get_changes_nothing(client, rosa):
    client.get(URL, typed())

    assert not Application.objects.exists()


def test_the_closed_sign_up_and_the_welcome_page_lead_here(client, db):
    for page in (reverse("account_signup"), reverse("home")):
        assert f'href="{URL}"' in client.get(page).text


def test_a_coordinator_writes_down_who_phones(client, rosa):
    client.force_login(rosa)
    words = typed(email="", phone="608 555 0142", contact_way="phone", channel="phone")

    page = client.post(reverse("members:record-application"), words)

    noor = Application.objects.get()
    assert page.url == noor.get_absolute_url()
    assert (noor.recorded_by, noor.channel) == (rosa, Channel.PHONE)
    # She knows.
    assert not rosa.notices.exists()


def test_written_down_twice_by_one_form_is_one(rosa):
    words = {"by": make.acting(rosa), "key": make.key(), "channel": Channel.PAPER}

    first, again = (record_application(asked=make.asked(), **words) for _ in range(2))

    assert first == again


@pytest.mark.parametrize(
    ("email", "why"), [("ana@example.org", "belongs"), ("noor@example.org", None)]
)
def test_a_coordinator_is_told_who_is_there_already(rosa, ana, email, why):
    make.application()
    words = {"by": make.acting(rosa), "key": make.key(), "channel": Channel.PHONE}
    with pytest.raises(ValidationError) as caught:
        record_application(asked=make.asked(email=email), **words)

    if why:
        assert caught.value.error_dict["email"][0].code == why
    else:
        assert caught.value.code == "applied_already"


def test_members_count_stays(client, rosa):
    client.post(URL, typed())

    assert Member.objects.get() == rosa
