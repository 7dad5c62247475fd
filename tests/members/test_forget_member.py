"""Forgetting somebody who left: no column of any table knows their name any more."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pytest_django.asserts import assertRedirects

from ledger.models import Transfer
from members.acting import Acting
from members.actions import (
    change_profile,
    contest_deed,
    depart,
    forget_member,
    grant_role,
    invite,
    open_field,
    print_sign_in_code,
    send_letters,
    send_message,
    set_household,
    welcome_applicant,
    welcome_member,
)
from members.models import (
    Application,
    Channel,
    DeedForAnother,
    Letter,
    Member,
    Message,
    Notice,
    Opened,
    Role,
    Scan,
    Signature,
    Step,
)
from tests import make
from timebank.models import Exchange

FORMER = "Marisol Quiñones"
NAME = "Marisol Etxeberria"
EMAIL = "marisol@hillside.example"
PHONE = "555 0187 22"
ADDRESS = "77 Hillside Terrace"
EMERGENCY = "Iker Etxeberria, 555 9911"
SAID = "a secret recipe of my grandmother"
KNOWN = [FORMER, NAME, "Quiñones", "Etxeberria", EMAIL, PHONE, ADDRESS, EMERGENCY, SAID]


def places_that_know(*needles) -> list[str]:
    """Every column of every table, and the rows in it that hold one of the words."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name FROM information_schema.columns"
            " WHERE table_schema IN ('public', 'ledger')"
            "   AND data_type IN ('text', 'character varying', 'character', 'json',"
            "                     'jsonb', 'ARRAY')"
        )
        for schema, table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT "{column}"::text FROM "{schema}"."{table}"'
                f' WHERE "{column}"::text ~~* ANY (%s::text[])',
                [[f"%{needle}%" for needle in needles]],
            )
            found += [f"{table}.{column}: {words}" for (words,) in cursor.fetchall()]
    return found


@pytest.fixture
def marisol(rosa, ana, ben) -> Member:
    """Marisol has left traces everywhere where somebody can."""
    slip = make.invitation(ana, email=EMAIL, name=FORMER, words=f"Come, {FORMER}")
    application = make.application(name=FORMER, email=EMAIL, phone=PHONE, words=SAID)
    assert slip.email == EMAIL
    make.made_ready(application, rosa)
    marisol = welcome_applicant(by=make.acting(rosa), application=application)
    me = make.acting(marisol)
    make.signature(marisol)
    change_profile(
        by=me, name=NAME, about=SAID, phone=PHONE, address=ADDRESS, emergency=EMERGENCY
    )
    marisol.refresh_from_db()
    set_household(by=make.acting(rosa), member=marisol, name=f"House of {NAME}")
    send_message(by=me, receiver=ana, words=SAID, key=make.key())
    words = f"Dear {NAME}, call me under {PHONE}"
    send_message(by=make.acting(ana), receiver=marisol, words=words, key=make.key())
    make.exchange(marisol, ana, 60, what=SAID, by=make.acting(marisol))
    make.exchange(ana, marisol, 30, what=f"Drove {NAME} home")
    make.exchange(ana, ben, 15, what=f"Fetched the cake at {NAME.upper()}'s")
    make.application(name="Noor", references=((NAME, EMAIL), ("Sam", PHONE)))
    invite(by=me, key=make.key(), email="kin@example.org", name="Kin", words=SAID)
    make.exchange(ana, marisol, by=Acting(rosa, marisol, Channel.PHONE))
    noted = DeedForAnother.objects.filter(recorded_for=marisol).latest("pk")
    contest_deed(by=me, contested=noted, words=SAID)
    open_field(by=make.acting(rosa), member=marisol, field="phone")
    print_sign_in_code(by=Acting(rosa, marisol, Channel.PAPER), member=marisol)
    make.signed_paper(rosa, ben)
    grant_role(
        by=make.acting(rosa),
        member=ben,
        role=Role.TREASURER,
        decision=f"Proposed by {NAME}",
    )
    make.exchange(marisol, ana, 60, by=make.acting(marisol))
    send_letters()
    return Member.objects.get(pk=marisol.pk)


def test_the_walk_finds_what_is_there(marisol):
    """The specification below can fail: each word is found before."""
    for word in KNOWN:
        assert places_that_know(word) != [], word


def test_no_column_of_any_table_knows_them_who_leave_and_are_forgotten(marisol):
    before = Transfer.objects.count()

    depart(by=make.acting(marisol), choices={"hours": "commons"}, forget=True)

    assert places_that_know(*KNOWN) == []
    assert Transfer.objects.count() >= before
    assert make.books().is_sound


def test_nor_when_they_ask_long_after_they_left(client, rosa, marisol, mailoutbox):
    depart(by=make.acting(marisol), choices={"hours": "commons"})
    send_letters()
    assert mailoutbox[-1].to == [EMAIL]
    assert places_that_know(NAME) != []
    client.force_login(rosa)
    make.sure(client)

    response = client.post(f"/people/{marisol.pk}/leaving/forget/")

    assertRedirects(response, f"/people/{marisol.pk}/leaving/")
    assert places_that_know(*KNOWN) == []
    marisol.refresh_from_db()
    assert marisol.name == f"Former member {marisol.number}"
    assert marisol.forgotten_at == marisol.life.get(step=Step.FORGOTTEN).recorded_at
    assert make.books().is_sound


def test_what_neighbours_have_of_them_stays_without_a_name(client, ana, marisol):
    hours = make.minutes(ana)
    count = Notice.objects.filter(member=ana).count()

    depart(by=make.acting(marisol), choices={"hours": "commons"}, forget=True)

    assert make.minutes(ana) == hours
    assert Notice.objects.filter(member=ana).count() == count
    told = ana.notices.filter(kind="exchange_recorded").first()
    assert told.headline == told.text == told.subject == "Hours were recorded with you"
    theirs = Exchange.objects.filter(giver=marisol)
    assert {one.what for one in theirs} == {"Help between neighbours"}
    of_others = Exchange.objects.get(giver=ana, receiver__name="Ben de Vries")
    assert of_others.what == f"Fetched the cake at {marisol_now(marisol).name}'s"
    received = Message.objects.get(sender=ana)
    assert received.words == (
        f"Dear {marisol_now(marisol).name}, call me under {marisol_now(marisol).name}"
    )
    client.force_login(ana)
    assert client.get("/hours/").status_code == 200
    assert client.get("/notices/").status_code == 200
    assert client.get("/messages/").status_code == 200


def marisol_now(marisol):
    return Member.objects.get(pk=marisol.pk)


def test_that_they_signed_stays_and_the_name_that_they_typed_goes(marisol, ben):
    assert Signature.objects.get(member=marisol).typed_name == FORMER

    depart(by=make.acting(marisol), choices={"hours": "commons"}, forget=True)

    signed = Signature.objects.get(member=marisol)
    assert (signed.typed_name, signed.scan) == ("", None)
    assert signed.content_hash == signed.version.content_hash
    assert Signature.objects.get(member=ben).typed_name == "Ben de Vries"
    assert Scan.objects.count() == 1


def test_the_scan_of_their_own_hand_is_deleted(rosa, edna):
    make.signed_paper(rosa, edna)

    depart(by=Acting(rosa, edna, Channel.PHONE), forget=True)

    assert not Scan.objects.exists()


def test_who_opened_what_of_theirs_goes_and_their_application_has_no_words(
    marisol,
):
    depart(by=make.acting(marisol), choices={"hours": "commons"}, forget=True)

    assert not Opened.objects.filter(member=marisol).exists()
    row = Application.objects.get(member=marisol)
    assert (row.name, row.email, row.phone, row.words) == ("", None, "", "")
    assert not Letter.objects.filter(member=marisol).exists()


def test_whoever_still_belongs_is_not_forgotten(client, rosa, ana):
    with pytest.raises(ValidationError) as refused:
        forget_member(by=make.acting(rosa), member=ana)

    assert refused.value.code == "not_left"
    client.force_login(rosa)
    make.sure(client)
    assert client.post(f"/people/{ana.pk}/leaving/forget/").status_code == 422


def test_nobody_is_forgotten_twice(rosa, ana):
    depart(by=make.acting(ana), forget=True)

    with pytest.raises(ValidationError) as refused:
        forget_member(by=make.acting(rosa), member=ana)

    assert refused.value.code == "forgotten_before"


def test_coordinators_alone_forget_and_in_their_own_name(rosa, ana, ben, cleo):
    depart(by=make.acting(ana))
    for by in (make.acting(cleo), make.acting(ben), Acting(rosa, ben, Channel.PHONE)):
        with pytest.raises(PermissionDenied):
            forget_member(by=by, member=ana)


def test_a_name_of_one_word_takes_no_other_words_along(rosa, ana, ben):
    """Grace is called as many things are: "grace" and "Gracefully" are no names."""
    grace = welcome_member(by=make.acting(rosa), name="Grace")
    make.exchange(ana, ben, what="Danced gracefully, with grace; Gracefully")
    make.exchange(ana, ben, what="Sang for Grace")

    depart(by=make.acting(grace), forget=True)

    assert set(Exchange.objects.values_list("what", flat=True)) == {
        "Danced gracefully, with grace; Gracefully",
        f"Sang for Former member {grace.number}",
    }


def test_a_name_with_signs_in_it_is_no_pattern(rosa, ana, ben):
    odd = welcome_member(by=make.acting(rosa), name="A. (Bo) [x]* \\d+|.*")
    make.exchange(ana, ben, what="Mended a bicycle")
    make.exchange(ana, ben, what="For A. (Bo) [x]* \\d+|.*")

    depart(by=make.acting(odd), forget=True)

    assert set(Exchange.objects.values_list("what", flat=True)) == {
        "Mended a bicycle",
        f"For Former member {odd.number}",
    }
