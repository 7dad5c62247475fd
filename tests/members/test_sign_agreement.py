"""Somebody agrees to a text: to exactly that one, once, in their own name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.models import (
    AgreementVersion,
    DeedForAnother,
    Member,
    Signature,
)
from members.permissions import has_signed_current
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import codes

pytestmark = pytest.mark.django_db

READ = "/agreements/membership/"
SIGN = "/agreements/membership/sign/"


def current() -> AgreementVersion:
    return AgreementVersion.objects.current("membership", clock.now())


def form(member, **words):
    return {"typed_name": member.name, "content_hash": current().content_hash} | words


def has_signed(member) -> bool:
    return has_signed_current(member, "membership", clock.now())


def test_a_network_begins_with_an_agreement_that_everybody_can_read(client, ana):
    client.force_login(ana)

    page = client.get(READ).content.decode()

    assert "one member, one vote" in page
    assert current().decision == "By founding the network"


def test_whoever_types_their_name_has_signed(client, ana, ben):
    client.force_login(ana)

    response = client.post(SIGN, form(ana))

    signature = Signature.objects.get()
    assertRedirects(response, "/agreements/membership/1/")
    assert (signature.member, signature.recorded_by, signature.channel) == (
        ana,
        ana,
        "web",
    )
    assert signature.content_hash == current().content_hash
    assert (has_signed(ana), has_signed(ben)) == (True, False)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ana Okafor", "ana okafor"),
        ("Ana Okafor", "  ANA   OKAFOR "),
        ("José Núñez-Ibarra", "Jose Nunez Ibarra"),
        ("Bjørn Łukasz", "Bjorn Lukasz"),
        ("Siân O’Brien", "Sian OBrien"),
        ("Straße Æbel", "STRASSE AEBEL"),
        ("李小龙", "李小龙"),
    ],
)
def test_accents_capitals_and_spaces_do_not_matter(ana, name, typed):
    Member.objects.filter(pk=ana.pk).update(name=name)
    ana.refresh_from_db()

    assert make.signature(ana, typed_name=typed)


@pytest.mark.parametrize("typed", ["Ben de Vries", "Ana", "A", "Ana Okafor Junior"])
def test_another_name_is_no_signature(client, ana, typed):
    client.force_login(ana)

    response = client.post(SIGN, form(ana, typed_name=typed))

    assert response.status_code == 422
    assert codes(response) == {"typed_name": ["another_name"]}
    assert not Signature.objects.exists()


@pytest.mark.parametrize("typed", ["", "   ", "Ana\u202eOkafor", "a" * 81])
def test_what_is_no_name_is_refused_beside_the_field(client, ana, typed):
    client.force_login(ana)

    response = client.post(SIGN, form(ana, typed_name=typed))

    assert list(codes(response)) == ["typed_name"]


def test_a_double_click_is_one_signature(client, ana):
    client.force_login(ana)
    words = form(ana)

    assert client.post(SIGN, words).url == client.post(SIGN, words).url
    assert Signature.objects.count() == 1


@committed
def test_many_clicks_at_one_moment_are_one_signature(ana):
    answers = at_once([lambda: make.signature(ana).pk] * 8)

    assert len(set(answers)) == 1
    assert Signature.objects.count() == 1


def test_nobody_signs_a_text_that_they_were_not_shown(client, rosa, ana):
    client.force_login(ana)
    read = form(ana)
    make.published(rosa, "Other words.")

    response = client.post(SIGN, read)

    assert response.status_code == 422
    assert codes(response) == {"__all__": ["text_changed"]}
    assert "Other words." in response.content.decode()
    assert not Signature.objects.exists()
    # What is shown now can be signed with what stands in the form now.
    again = response.context["form"]
    client.post(SIGN, {name: again[name].value() for name in again.fields})
    assert has_signed(ana)


def test_an_old_text_is_not_signed_any_more(rosa, ana):
    old = current()
    make.published(rosa)

    with pytest.raises(ValidationError) as caught:
        make.signature(ana, typed_name="Ana Okafor", content_hash=old.content_hash)

    assert caught.value.code == "text_changed"


def test_a_new_text_is_to_be_signed_again_and_the_old_signature_stays(rosa, ana):
    make.signature(ana)
    before = clock.now()
    make.published(rosa)

    assert not has_signed(ana)
    assert has_signed_current(ana, "membership", before)
    make.signature(ana)
    assert has_signed(ana)
    assert Signature.objects.filter(member=ana).count() == 2


def test_a_signature_counts_from_its_moment_on(ana):
    before = clock.now() - timedelta(seconds=1)
    make.signature(ana)

    assert has_signed(ana)
    assert not has_signed_current(ana, "membership", before)


def test_the_question_costs_one_query(ana, django_assert_num_queries):
    make.signature(ana)

    with django_assert_num_queries(1):
        assert has_signed(ana)


def test_what_is_not_there_nobody_has_signed(ana):
    assert not has_signed_current(ana, "drivers", clock.now())


def test_a_steward_signs_for_the_organisation_with_either_name(ana):
    stewardship = make.stewardship(ana)
    bakery = stewardship.organisation
    by = Acting(ana, for_member=bakery)

    signature = make.signature(bakery, by, typed_name="ana okafor")

    assert (signature.member, signature.recorded_by) == (bakery, ana)
    assert (has_signed(bakery), has_signed(ana)) == (True, False)
    assert DeedForAnother.objects.get().deed == "sign_agreement"


def test_whoever_is_no_steward_does_not_sign_for_an_organisation(ana):
    make.stewardship(ana)
    library = make.organisation("Library")

    with pytest.raises(PermissionDenied):
        make.signature(library, Acting(ana, for_member=library))


def test_nobody_else_signs_for_somebody(rosa, ana, ben):
    for by in (Acting(ben, for_member=ana), Acting(rosa, for_member=ana)):
        with pytest.raises(PermissionDenied):
            make.signature(ana, by)


def test_who_has_left_signs_nothing(gus):
    with pytest.raises(ValidationError) as caught:
        make.signature(gus)

    assert caught.value.code == "member_left"


def test_the_database_takes_no_signature_over_another_text(ana):
    words = Acting.as_oneself(ana).recorded(clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            version=current(), member=ana, content_hash="0" * 64, **words
        )


def test_the_page_costs_the_same_with_many_texts(
    client, rosa, ana, django_assert_num_queries
):
    client.force_login(ana)
    for texts in (1, 29):
        for number in range(texts):
            make.published(rosa, f"Text {number} of {texts}")
        with django_assert_num_queries(5):
            client.get(READ)


# Who has not


def test_the_list_of_agreements_says_what_i_signed(client, ana):
    client.force_login(ana)
    assert [
        bool(signed) for _, signed in client.get("/agreements/").context["rows"]
    ] == [False]

    make.signature(ana)

    assert client.get("/agreements/").context["rows"][0][1].member == ana


def test_the_list_costs_the_same_with_many(
    client, rosa, ana, django_assert_num_queries
):
    client.force_login(ana)
    for agreements in (1, 29):
        for number in range(agreements):
            make.published(rosa, slug=f"more-{agreements}-{number}")
        with django_assert_num_queries(4):
            client.get("/agreements/")


def test_coordinators_see_who_has_not_signed(client, rosa, ana, ben, gus):
    make.signature(ana)
    client.force_login(rosa)

    page = client.get("/agreements/membership/unsigned/")

    assert list(page.context["numbered"]) == [ben, rosa]
    client.force_login(ana)
    assert client.get("/agreements/membership/unsigned/").status_code == 403
