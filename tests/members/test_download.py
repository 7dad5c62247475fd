"""Taking along everything that the network knows of oneself, and nothing of others."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from members import permissions
from members.acting import Acting
from members.actions import block_member, depart, go_on_leave, send_message
from members.downloads import SHELVES, parts_of, zip_of
from members.models import Channel, Member, Profile
from tests import make
from timebank.downloads import SHELVES as HOURS

URL = "/me/download/"


def unpacked(response) -> ZipFile:
    return ZipFile(BytesIO(response.content))


def rows(member, name):
    return next(part.rows for part in parts_of(member) if part.name == name)


@pytest.fixture
def world(rosa, ana, ben, cleo):
    Profile.objects.filter(member=ana).update(phone="555-0142", about="I bake\nbread")
    Profile.objects.filter(member=ben).update(phone="555-0199", about="Ben's secret")
    make.exchange(ana, ben, 60, what="Sewed a curtain")
    make.exchange(ben, cleo, 30, what="Nothing of Ana's")
    make.signature(ana)
    make.due(rosa, ana)
    make.booked(ana, make.tomorrow())
    make.credential(rosa, ana)
    go_on_leave(by=make.acting(ana))
    send_message(by=make.acting(ben), receiver=ana, words="Hello Ana", key=make.key())
    send_message(by=make.acting(ben), receiver=cleo, words="For Cleo", key=make.key())
    block_member(by=make.acting(cleo), member=ana)


def test_a_member_takes_it_along_as_a_zip(client, world, ana):
    client.force_login(ana)
    make.sure(client)
    assert client.get(URL).status_code == 200

    response = client.post(URL)

    assert response["Content-Type"] == "application/zip"
    name = rf'attachment; filename="my-data-{ana.number}-\d{{4}}-\d\d-\d\d.zip"'
    assert re.fullmatch(name, response["Content-Disposition"])
    folder = unpacked(response)
    assert folder.testzip() is None
    assert sorted(folder.namelist()) == sorted(
        ["index.html", *(f"data/{part.name}.json" for part in parts_of(ana))]
    )
    exchanges = json.loads(folder.read("data/exchanges.json"))["rows"]
    assert [one["what"] for one in exchanges] == ["Sewed a curtain"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", exchanges[0]["helped_on"])
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:", exchanges[0]["recorded_at"])


def test_the_page_in_it_is_for_people_and_needs_nothing_from_outside(
    client, world, ana
):
    Profile.objects.filter(member=ana).update(about="<script>alert(1)</script>")
    client.force_login(ana)
    make.sure(client)

    page = unpacked(client.post(URL)).read("index.html").decode()

    assert "Sewed a curtain" in page
    assert "555-0142" in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script|<link|<img|<iframe|src=|href=|url\(|@import", page)


def test_everything_of_mine_is_in_it(world, ana):
    filled = {part.name for part in parts_of(ana) if part.rows}

    assert filled >= {
        "member",
        "profile",
        "life",
        "agreements",
        "dues",
        "bookings",
        "credentials",
        "messages",
        "notices",
        "letters",
        "exchanges",
        "statement",
    }
    [signed] = rows(ana, "agreements")
    assert len(signed["content_hash"]) == 64
    assert signed["text"]
    assert [one["minutes"] for one in rows(ana, "statement")] == [60]
    assert [one["step"] for one in rows(ana, "life")] == ["welcomed", "leave_began"]


def test_nothing_private_of_others_is_in_it(world, ana):
    words = ZipFile(BytesIO(zip_of(ana, ana.welcomed_at)))
    everything = " ".join(words.read(name).decode() for name in words.namelist())

    for of_others in (
        "555-0199",
        "secret",
        "ben@example.org",
        "cleo@example.org",
        "rosa@example.org",
        "For Cleo",
        "Nothing of Ana",
        "Cleo Stranger",
        "pbkdf2",
        ana.password,
    ):
        assert of_others not in everything, of_others


def test_first_it_is_asked_whether_it_is_really_they(client, ana):
    client.force_login(ana)

    assert client.get(URL).status_code == 401
    assert client.post(URL).status_code == 401


def test_whoever_acts_for_another_does_not_take_their_messages_along(rosa, ana, edna):
    assert permissions.may_take_download(make.acting(edna))
    assert not permissions.may_take_download(Acting(rosa, edna, Channel.PHONE))
    body = make.stewardship(ana).organisation
    assert permissions.may_take_download(Acting(ana, body))


def test_a_coordinator_who_acts_for_somebody_is_refused_on_the_page(client, rosa, edna):
    client.force_login(rosa)
    make.sure(client)
    client.post("/acting/begin/", {"member": edna.pk, "channel": "phone"})
    assert client.get("/me/leave/").context["me"] == edna

    assert client.get(URL).status_code == 403
    assert client.post(URL, {"acting_for": edna.pk}).status_code == 403


# Links to a member that don't stand in a download, and why.
PEN = (
    "whose hand wrote a row; it stands in the download of the one whom the row is about"
)
EXCEPTIONS = {
    # Books: the statement holds each line of somebody's account.
    "ledger.Account.holder": "its lines are the statement",
    "ledger.LimitChange.recorded_by": PEN,
    "ledger.LimitChange.recorded_for": PEN,
    "ledger.Transfer.recorded_by": PEN,
    "ledger.Transfer.recorded_for": PEN,
    # Of others, and none of mine.
    "members.Block.blocked": "who blocked me is theirs to know, and hidden from me",
    "members.FormerContact.member": "kept once somebody left; it is what they told before",
    # Sign-in, as the libraries keep it.
    "account.EmailAddress.user": "the e-mail stands in the part about me",
}
PENS = {
    "answered_by", "ended_by", "given_back_by", "granted_by", "overlap_allowed_by",
    "recorded_by", "recorded_for", "reversed_by", "seconded_by", "withdrawn_by",
}  # fmt: skip


def links_to_members():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is Member:
                yield f"{model._meta.label}.{field.name}", model, field.name


def test_every_table_about_members_is_in_it_or_says_why_not():
    """Whoever makes a new table decides here what of it members take along."""
    kept = {
        f"{shelf.model._meta.label}.{way}"
        for shelf in [*SHELVES, *HOURS]
        for way in shelf.of
    }
    forgotten = [
        label
        for label, _model, name in links_to_members()
        if label not in kept and label not in EXCEPTIONS and name not in PENS
    ]

    assert forgotten == []


def test_every_exception_is_still_one():
    known = {label for label, _model, _name in links_to_members()}

    assert [label for label in EXCEPTIONS if label not in known] == []
    assert PENS & {name for _label, _model, name in links_to_members()} == PENS


def test_every_shelf_has_a_name_of_its_own():
    names = [part.name for part in [*SHELVES, *HOURS]]

    assert len(names) == len(set(names))


def test_whoever_has_left_takes_nothing_along_any_more(client, ana):
    client.force_login(ana)
    make.sure(client)
    depart(by=make.acting(ana))

    assert client.get(URL).status_code == 302
