"""Telling people: the notice is written with the deed, the letter follows after it."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.core.cache import cache
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from members import clock
from members.models import Member, Notice

log = structlog.get_logger()

SEND_LETTERS = "members.tasks.send_letters"
WOKEN = "letters-woken"
NEWS = timedelta(days=14)
FRESH = timedelta(days=1)


def notify(
    member: Member,
    *,
    kind: str,
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
    has_post = member.email and not member.left_at
    notice = Notice.objects.create(
        member=member,
        kind=kind,
        subject=subject,
        headline=headline,
        text=render_to_string(template, {"member": member, **context}).strip(),
        path=about.get_absolute_url(),  # type: ignore[attr-defined]
        created_at=at,
        read_at=None if now - at < NEWS else at,
        letter_due_at=now if has_post and now - at < FRESH else None,
    )
    if notice.letter_due_at and not _is_to_wake():
        transaction.on_commit(wake)
    return notice


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
