"""Links in letters that do one deed: for one member, once, and only for a while.

A room declares what a link may do (`declare_link`), and asks for one when it writes a
letter (`link_for`). What the letter holds is a signed number and nothing else.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from members import clock
from members.acting import Acting
from members.models import ActionLink, Member
from members.policies import in_force
from members.policies.letters import LINK_DAYS

SALT = "members.links"


@dataclass(frozen=True, slots=True)
class LinkDeed:
    """What a link can do, and how its page says so to whoever holds the letter.

    Anybody may hold it: `title` and `words` tell what will happen, and name nobody.
    `action` stands on the button, `done` is said afterwards. `run` does the deed:
    `run(by, about)`, and answers with the row that it is about (or None).
    """

    name: str
    title: Promise | str
    words: Promise | str
    action: Promise | str
    run: Callable[[Acting, str], models.Model | None]
    done: Promise | str = ""


LINKS: dict[str, LinkDeed] = {}


def declare_link(deed: LinkDeed) -> LinkDeed:
    """Let links do this deed. A name is given once."""
    assert deed.name not in LINKS, deed.name
    LINKS[deed.name] = deed
    return deed


def link_for(
    member: Member, deed: LinkDeed, about: object = "", days: int | None = None
) -> str:
    """Make a link that does a deed for one member, and say its path for their letter.

    `about` is what the deed is about, as a short text: a row's number. It holds for as
    many days as the network decided, unless told otherwise.
    """
    now = clock.now()
    days = in_force()[LINK_DAYS] if days is None else days
    link = ActionLink.objects.create(
        member=member,
        deed=LINKS[deed.name].name,
        about=str(about),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return path_of(link)


def path_of(link: ActionLink) -> str:
    """Say where a link leads: its number, short, and our seal on it."""
    number = base64.urlsafe_b64encode(link.pk.bytes).rstrip(b"=").decode()
    return reverse("members:follow-link", args=[_seal().sign(number)])


def find_link(token: str) -> ActionLink:
    """Find the link that a letter holds, or refuse what is none of ours (any more)."""
    try:
        number = UUID(bytes=base64.urlsafe_b64decode(_seal().unsign(token) + "=="))
    except (BadSignature, binascii.Error, ValueError):
        raise ValidationError(
            _(
                "This link isn't whole. Copy all of it from the letter into the address "
                "line, or sign in and do it there."
            ),
            code="link_not_whole",
        ) from None
    link = ActionLink.objects.select_related("member").filter(pk=number).first()
    if link is None or link.deed not in LINKS:
        raise _too_old()
    return link


def check_link(link: ActionLink, now: datetime) -> LinkDeed:
    """Say what the link does; refuse where it was used, is too old, or serves nobody."""
    if link.member.left_at:
        raise ValidationError(
            _("This link doesn't work any more. A coordinator can tell you more."),
            code="link_closed",
        )
    if link.used_at:
        raise ValidationError(
            _("This was done already, with this same link. You need not do anything."),
            code="link_used",
        )
    if link.expires_at <= now:
        raise _too_old()
    return LINKS[link.deed]


def refuse_link_of_another() -> ValidationError:
    """Say to somebody who is signed in that the letter was written to another."""
    return ValidationError(
        _(
            "This link was sent to somebody else, and you are signed in as yourself. If "
            "it is for you after all, sign out and open it again."
        ),
        code="link_of_another",
    )


def _too_old() -> ValidationError:
    return ValidationError(
        _("This link has grown too old. Sign in, and you can still do it there."),
        code="link_expired",
    )


def _seal() -> Signer:
    return Signer(salt=SALT, sep=".")
