"""What leaves the house: a letter as an e-mail, in plain words and as a page."""

from email.errors import MessageError
from email.headerregistry import Address
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from members.models import Letter
from members.notices import DIGEST, KINDS, stop_path


def email_of(letter: Letter) -> EmailMultiAlternatives:
    """Make the e-mail of a letter: greeting, what happened, and the page about it."""
    reader = letter.member
    stop = settings.PUBLIC_URL + path if (path := stop_path(letter)) else ""
    with translation.override(letter.language):
        page = {
            "letter": letter,
            "language": letter.language,
            "kind": DIGEST if letter.kind == DIGEST.name else KINDS.get(letter.kind),
            "name": reader.first_name if reader else letter.name,
            "link": settings.PUBLIC_URL + letter.path if letter.path else "",
            "site": settings.PUBLIC_URL,
            "stop": stop,
            "network_name": settings.NETWORK_NAME,
        }
        text = render_to_string("members/notices/letter.txt", page).strip() + "\n"
        page["paragraphs"] = paragraphs(letter)
        html = render_to_string("members/notices/letter.html", page)
    email = EmailMultiAlternatives(
        subject=" ".join(f"{settings.NETWORK_NAME}: {letter.subject}".split()),
        body=text,
        to=[_only(str(reader.email) if reader else letter.address)],
        headers=headers_of(letter, stop),
    )
    email.attach_alternative(html, "text/html")
    return email


def headers_of(letter: Letter, stop: str) -> dict[str, str]:
    """Say on the outside which letter it is, that a machine sent it, and how to stop it."""
    headers = {
        # The same for every copy, so that mail programs show a second one once.
        "Message-ID": f"<letter-{letter.pk}@{settings.LETTERS_DOMAIN}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    if stop:
        # RFC 8058: the mail program's own button; one POST, without signing in.
        headers |= {
            "Precedence": "bulk",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


class Line(NamedTuple):
    """One line of a letter; `link` where it is one of our own addresses."""

    words: str
    link: str = ""
    is_heading: bool = False


def paragraphs(letter: Letter) -> list[list[Line]]:
    """Divide a letter's text as its lines and empty lines do."""
    is_digest = letter.kind == DIGEST.name
    blocks = [block.splitlines() for block in letter.text.split("\n\n")]
    return [
        [
            _line(line, may_head=is_digest and len(lines) == 1)
            for line in lines
            if line.strip()
        ]
        for lines in blocks
    ]


def _line(words: str, *, may_head: bool) -> Line:
    ours = words.strip().startswith(f"{settings.PUBLIC_URL}/")
    return Line(words, words.strip() if ours else "", may_head and words.endswith(":"))


def _only(address: str) -> str:
    """Refuse (ValueError) what is not one address: a letter has one reader."""
    try:
        Address(addr_spec=address)
    except (MessageError, LookupError):
        raise ValueError("not one address") from None
    return address
