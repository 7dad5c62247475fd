"""What leaves the house: the outside of a letter, its two forms, why it came."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format

from members import clock
from members.actions import send_letters
from members.models import Letter, Member
from members.models.letters import UNWRITABLE
from members.notices import DONE_FOR_YOU, KINDS, Kind, notify, write_to
from tests import make

pytestmark = pytest.mark.django_db


def test_no_line_can_be_smuggled_onto_the_outside(ana, ben, settings):
    settings.NETWORK_NAME = "Willow\nBcc: evil@example.org"
    exchange = make.exchange(ana, ben)
    notify(
        ana,
        kind=DONE_FOR_YOU,
        subject="Hello\r\nBcc: evil@example.org",
        headline="Hello\nBcc: evil@example.org",
        template="members/notices/done_for_you.txt",
        context={},
        about=exchange,
        at=clock.now(),
    )

    send_letters()

    for letter in mail.outbox:
        message = letter.message()
        assert message["Bcc"] is None
        assert "\n" not in letter.subject
        assert letter.recipients() == ["ana@example.org"]
    assert mail.outbox[1].subject.endswith("Hello Bcc: evil@example.org")


def test_a_letter_comes_as_text_and_as_a_page(ana, ben, settings):
    exchange = make.exchange(ana, ben, what="Salt & pepper <3")

    send_letters()

    message = mail.outbox[0].message()
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.get_payload()
    assert (text.get_content_type(), page.get_content_type()) == (
        "text/plain",
        "text/html",
    )
    html = page.get_payload(decode=True).decode()
    assert "Salt &amp; pepper &lt;3" in html
    assert settings.PUBLIC_URL + exchange.get_absolute_url() in html
    # Nothing is fetched, so nobody learns when it was read.
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)


def test_the_outside_says_what_it_is(ana, ben):
    make.exchange(ana, ben)

    send_letters()

    letter = Letter.objects.get()
    message = mail.outbox[0].message()
    assert message["Message-ID"] == f"<letter-{letter.pk}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["Content-Language"] == "en"
    assert "/notices/stop/" in message["List-Unsubscribe"]


def test_what_nobody_can_go_without_is_not_stopped(ana, ben):
    KINDS["always"] = Kind("always", "Somebody came in", is_needed=True)
    try:
        make.exchange(ana, ben)
        Letter.objects.update(kind="always")
        send_letters()
    finally:
        del KINDS["always"]

    message = mail.outbox[0].message()
    assert message["List-Unsubscribe"] is None
    assert message["Precedence"] is None
    assert "nobody can go without" in mail.outbox[0].body


def test_it_says_why_it_came_and_how_to_change_that(ana, ben, settings):
    make.exchange(ana, ben)

    send_letters()

    (letter,) = mail.outbox
    for part in (letter.body, letter.alternatives[0].content):
        assert "A neighbour recorded hours with me" in part
        assert f"{settings.PUBLIC_URL}/notices/how/" in part


def test_a_stranger_is_told_why_without_choices_that_they_have_not(rosa):
    write_to(
        "sam@example.org",
        name="Sam",
        kind=Kind("x", "x"),
        subject="Hello",
        template="members/notices/done_for_you.txt",
        context={},
    )

    send_letters()

    (letter,) = mail.outbox
    assert "Dear Sam," in letter.body
    assert "/notices/" not in letter.body
    assert "wrote your address down" in letter.body
    assert letter.message()["List-Unsubscribe"] is None


def test_it_is_written_in_the_readers_language(ana, ben):
    Member.objects.filter(pk=ana.pk).update(language="es")
    ana.refresh_from_db()
    make.exchange(ana, ben)

    send_letters()

    message = mail.outbox[0].message()
    assert message["Content-Language"] == "es"
    assert '<html lang="es">' in mail.outbox[0].alternatives[0].content
    with translation.override("es"):
        assert date_format(clock.today(), "F") in Letter.objects.get().text


def test_the_link_in_a_letter_may_lead_elsewhere_than_the_notice(ana, ben, settings):
    exchange = make.exchange(ana, ben)
    path = make.link(ana)
    notice = notify(
        ana,
        kind=DONE_FOR_YOU,
        subject="s",
        headline="h",
        template="members/notices/done_for_you.txt",
        context={},
        about=exchange,
        at=clock.now(),
        link=path,
    )

    send_letters()

    assert settings.PUBLIC_URL + path in mail.outbox[1].body
    assert notice.path == exchange.get_absolute_url()


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org, evil@example.org",
        "a,b@example.org",
        "ana@example.org\nBcc: evil@example.org",
        "nobody",
        "@",
        "",
        "anä@example.org",
    ],
)
def test_what_is_no_address_is_never_written_to(ana, ben, address):
    make.exchange(ana, ben)
    Letter.objects.update(member=None, address=address or " ")

    assert send_letters() == 0

    assert mail.outbox == []
    assert Letter.objects.get().fault == UNWRITABLE


def test_a_comma_within_quotes_is_one_address(ana, ben):
    make.exchange(ana, ben)
    Member.objects.filter(pk=ana.pk).update(email='"ana,okafor"@example.org')

    assert send_letters() == 1

    assert mail.outbox[0].message()["To"] == '"ana,okafor"@example.org'


@pytest.mark.parametrize("address", ["a@b.org, c@d.org", "a@b.org\nBcc: c@d.org", "x"])
def test_strangers_are_written_to_at_one_address(rosa, address):
    with pytest.raises(ValidationError):
        write_to(
            address,
            name="Sam",
            kind=Kind("x", "x"),
            subject="s",
            template="members/notices/done_for_you.txt",
            context={},
        )
