"""Telling people: the notice is written with the deed, the letter follows after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.core.cache import cache
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from members import clock
from members.models import Letter, Member, Notice, Pace

log = structlog.get_logger()

SEND_LETTERS = "members.tasks.send_letters"
WOKEN = "letters-woken"
NEWS = timedelta(days=14)
FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that people are told, and how unless they choose otherwise.

    `is_needed`: nobody can go without it (somebody signed in as you, say).
    """

    name: str
    label: Promise | str
    pace: Pace = Pace.AT_ONCE
    is_needed: bool = False


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Let members choose how they are told of it. A name is given once."""
    assert kind.name not in KINDS, kind.name
    KINDS[kind.name] = kind
    return kind


DONE_FOR_YOU = declare(Kind("done_for_you", _("Somebody did something for me here")))


def notify(
    member: Member,
    *,
    kind: Kind,
    subject: str,
    headline: str,
    template: str,
    context: dict[str, Any],
    about: models.Model,
    at: datetime,
) -> Notice:
    """Tell one member something, in the transaction of the deed that it tells of.

    `subject` stands on the letter's outside and names nobody; `headline` and the text
    are for the reader alone. `at` is when it happened: what is entered long afterwards
    (an import, the demo's past) is put away as read, and no letter is sent about it.
    """
    now = clock.now()
    text = render_to_string(template, {"member": member, **context}).strip()
    path = about.get_absolute_url()  # type: ignore[attr-defined]
    notice = Notice(
        member=member,
        kind=kind.name,
        subject=subject,
        headline=headline,
        text=text,
        path=path,
        created_at=at,
        read_at=None if now - at < NEWS else at,
    )
    if member.email and not member.left_at and now - at < FRESH:
        notice.letter = _post(
            member=member,
            kind=kind.name,
            language=member.language,
            subject=subject,
            text=f"{headline}.\n\n{text}",
            path=path,
            made_at=now,
            due_at=now,
        )
    notice.save(force_insert=True)
    return notice


def write_to(
    address: str,
    *,
    name: str,
    kind: Kind,
    subject: str,
    template: str,
    context: dict[str, Any],
    path: str = "",
) -> Letter:
    """Write to somebody who is no member (yet): an applicant, or one who is invited."""
    now = clock.now()
    return _post(
        address=address,
        name=name,
        kind=kind.name,
        language=translation.get_language() or "en",
        subject=subject,
        text=render_to_string(template, context).strip(),
        path=path,
        made_at=now,
        due_at=now,
    )


def _post(**columns: Any) -> Letter:
    """Put a letter into the outbox, and wake the worker once this transaction is over."""
    letter = Letter.objects.create(**columns)
    if not _is_to_wake():
        transaction.on_commit(wake)
    return letter


def _is_to_wake() -> bool:
    """Whether this transaction wakes the outbox already: once is enough."""
    return any(hook[1] is wake for hook in connection.run_on_commit)


def wake() -> None:
    """Ask the worker to empty the outbox now. If nobody hears it, beat does so later."""
    try:
        if cache.add(WOKEN, 1, timeout=60):
            current_app.send_task(SEND_LETTERS, retry=False)
    except (OperationalError, RedisError) as fault:
        log.warning("outbox_not_woken", fault=type(fault).__name__)


def in_language_of(member: Member) -> translation.override:
    """Speak the member's own language for as long as the `with` lasts."""
    return translation.override(member.language)
