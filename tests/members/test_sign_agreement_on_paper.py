"""A coordinator enters what somebody signed with a pen, with a picture of the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.models import Channel, DeedForAnother, Scan, Signature
from tests import make
from tests.members.test_sign_agreement import READ, SIGN, codes, form, has_signed

pytestmark = pytest.mark.django_db


def paper_of(member) -> str:
    return f"/agreements/membership/paper/{member.pk}/"


def upload(content: bytes, name: str = "signed.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_a_coordinator_enters_what_was_signed_with_a_pen(client, rosa, edna):
    client.force_login(rosa)
    words = form(edna, paper=upload(make.picture((3000, 1500)).getvalue()))

    response = client.post(paper_of(edna), words)

    assertRedirects(response, "/agreements/membership/unsigned/")
    signature = Signature.objects.get()
    assert (signature.member, signature.recorded_by, signature.channel) == (
        edna,
        rosa,
        Channel.PAPER,
    )
    assert has_signed(edna)
    assert bytes(signature.scan.jpeg).startswith(b"\xff\xd8\xff")
    assert DeedForAnother.objects.get().get_channel_display() == "on paper"
    assert edna.notices.exists()


def test_only_coordinators_enter_paper(client, ana, edna):
    client.force_login(ana)

    answer = client.post(
        paper_of(edna), form(edna, paper=upload(make.picture().read()))
    )

    assert answer.status_code == 403
    assert not Scan.objects.exists()


def test_whoever_acts_for_a_member_is_led_to_the_paper(client, rosa, edna):
    client.force_login(rosa)
    client.post("/acting/begin/", {"member": edna.pk, "channel": "phone"})

    page = client.get(READ)

    assert page.context["needs_paper"]
    words = form(edna, acting_for=edna.pk)
    assertRedirects(client.post(SIGN, words), paper_of(edna))
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a picture", "not_a_picture"),
        (b"", "empty"),
        (b"x" * (8 * 1024 * 1024 + 1), "picture_too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused_beside_the_field(
    client, rosa, edna, content, code
):
    client.force_login(rosa)

    response = client.post(paper_of(edna), form(edna, paper=upload(content)))

    assert response.status_code == 422
    assert codes(response) == {"paper": [code]}
    assert not Signature.objects.exists()


def test_without_a_picture_nothing_is_entered(client, rosa, edna):
    client.force_login(rosa)

    response = client.post(paper_of(edna), form(edna))

    assert codes(response) == {"paper": ["required"]}


def test_a_file_that_nobody_asked_for_harms_nothing(client, ana):
    client.force_login(ana)

    client.post(SIGN, form(ana, extra=upload(b"x" * 9_000_000)))

    assert has_signed(ana)


def test_more_files_than_any_form_has_are_not_taken(client, rosa, edna):
    client.force_login(rosa)
    many = {f"file{n}": upload(b"x") for n in range(5)}

    assert client.post(paper_of(edna), form(edna, **many)).status_code == 400


def test_a_paper_sent_twice_is_one_signature_and_one_scan(rosa, edna):
    first = make.signed_paper(rosa, edna)

    assert make.signed_paper(rosa, edna) == first
    assert Scan.objects.count() == 1


def test_the_scan_is_seen_by_whom_it_concerns_alone(client, rosa, ana, ben):
    stewardship = make.stewardship(ana)
    bakery = stewardship.organisation
    by = Acting(rosa, for_member=bakery, channel=Channel.PAPER)
    signature = make.signature(
        bakery, by, typed_name="Ana Okafor", paper=make.picture().getvalue()
    )
    path = f"/agreements/scans/{signature.scan_id}/"
    answers = {}
    for who in (rosa, ana, ben, bakery):
        client.force_login(who)
        answers[who.name] = client.get(path)

    assert [answer.status_code for answer in answers.values()] == [200, 200, 404, 200]
    shown = answers[ana.name]
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "private, no-store"
    assert shown.content.startswith(b"\xff\xd8\xff")


def test_a_scan_whose_signature_lost_it_is_shown_to_nobody(client, rosa, edna):
    scan = make.signed_paper(rosa, edna)
    Signature.objects.update(scan=None, typed_name="")
    client.force_login(rosa)

    assert client.get(f"/agreements/scans/{scan}/").status_code == 404
