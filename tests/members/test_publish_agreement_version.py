"""A decided text comes into force; the ones before it stay as they were."""

import hashlib
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import publish_agreement_version
from members.models import Agreement, AgreementVersion
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import codes

pytestmark = pytest.mark.django_db

PUBLISH = "/agreements/membership/publish/"
NEW = "/agreements/publish/"


def test_the_next_text_is_in_force_at_once(client, rosa, ana):
    client.force_login(rosa)
    words = {
        "text": "We are kind.\r\n\r\n\r\nWe are here.",
        "decision": "Meeting, 3 May",
    }

    response = client.post(PUBLISH, words)

    version = AgreementVersion.objects.current("membership", clock.now())
    assertRedirects(response, version.get_absolute_url())
    assert (version.number, version.paragraphs) == (2, ["We are kind.", "We are here."])
    assert (version.decision, version.recorded_by) == ("Meeting, 3 May", rosa)


def test_the_fingerprint_is_the_one_that_anybody_can_reckon(rosa):
    version = make.published(rosa, "We are kind.")

    words = "Membership agreement\n\nWe are kind."
    assert version.content_hash == hashlib.sha256(words.encode()).hexdigest()


def test_every_text_stays_readable_and_says_what_changed(client, rosa, ana):
    make.published(rosa, "We are kind.\n\nWe meet.\n\nWe eat.")
    make.published(rosa, "We are kind.\n\nWe sing.\n\nWe eat.")
    client.force_login(ana)

    page = client.get("/agreements/membership/3/")
    earlier = client.get("/agreements/membership/2/")

    assert page.context["changes"] == [
        ("kept", "We are kind."),
        ("gone", "We meet."),
        ("new", "We sing."),
        ("kept", "We eat."),
    ]
    assert "We meet." in earlier.content.decode()
    assert not earlier.context["form"]
    assert [one.number for one in page.context["versions"]] == [3, 2, 1]


def test_a_text_that_is_in_force_is_not_published_twice(rosa):
    first = make.published(rosa)

    assert make.published(rosa) == first
    assert AgreementVersion.objects.count() == 2


def test_a_text_is_never_edited(rosa):
    version = make.published(rosa)

    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(text="Other")


def test_a_new_agreement_gets_an_address_of_its_name(client, rosa):
    client.force_login(rosa)
    words = {"title": "Drivers’ agreement", "text": "Drive well.", "decision": "Board"}

    response = client.post(NEW, words)

    assertRedirects(response, "/agreements/drivers-agreement/1/")
    assert Agreement.objects.get(slug="drivers-agreement").title == "Drivers’ agreement"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"title": "Membership"}, {"title": ["title_taken"]}),
        ({"title": "Publish"}, {"title": ["title_taken"]}),
        ({"title": "李小龙"}, {"title": ["no_slug"]}),
        ({"title": ""}, {"title": ["required"]}),
        ({"text": ""}, {"text": ["required"]}),
        ({"text": "a" * 40_001}, {"text": ["max_length"]}),
        ({"decision": ""}, {"decision": ["required"]}),
        ({"decision": "a\u202eb"}, {"decision": ["invisible_marks"]}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, rosa, words, refused):
    client.force_login(rosa)
    given = {"title": "Drivers", "text": "Drive well.", "decision": "Board"}

    response = client.post(NEW, given | words)

    assert response.status_code == 422
    assert codes(response) == refused
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("text", ["One\u202eTwo", "\u200b\n\n\u3164", "a\x07b"])
def test_a_text_with_tricks_in_it_is_refused(rosa, text):
    with pytest.raises(ValidationError):
        make.published(rosa, text)


def test_a_text_names_its_decision(rosa):
    with pytest.raises(ValidationError) as caught:
        publish_agreement_version(
            by=make.acting(rosa), slug="x", title="X", text="Yes.", decision=" "
        )

    assert caught.value.error_dict["decision"][0].code == "no_decision"


def test_only_coordinators_publish(client, ana):
    client.force_login(ana)

    assert client.post(PUBLISH, {"text": "Mine", "decision": "I"}).status_code == 403
    with pytest.raises(PermissionDenied):
        make.published(ana)


@committed
def test_many_texts_at_once_are_numbered_one_after_the_other(rosa):
    answers = at_once(
        [lambda n=n: make.published(rosa, f"Text {n}").number for n in range(8)]
    )

    assert Counter(answers) == Counter(range(2, 10))


def test_the_text_that_is_changed_is_in_the_form_to_begin_with(client, rosa):
    client.force_login(rosa)

    begun = client.get(PUBLISH).context["form"]["text"].value()

    assert begun == AgreementVersion.objects.get().text
