"""The outbox: letters go out one by one, and a bad one holds up nobody."""

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from redis.exceptions import RedisError

from members import clock
from members.models import Letter
from members.notices import WOKEN

log = structlog.get_logger()

# The post's own, and those of a letter that can't be written: both are for people to see to.
FAULTS = (SMTPException, OSError, ValueError, LookupError, AttributeError, TypeError)


def send_letters() -> int:
    """Send every letter that is due, and say how many went out.

    Several may run at once: each letter is locked while it is sent, and stamped in the
    same transaction. A worker that dies between sending and stamping sends it once more.
    """
    try:
        cache.delete(WOKEN)
    except RedisError as fault:
        log.warning("outbox_runs_without_cache", fault=type(fault).__name__)
    sent = 0
    post = get_connection()
    while (went_out := _send_next(post)) is not None:
        sent += went_out
    post.close()
    return sent


@transaction.atomic
def _send_next(post: BaseEmailBackend) -> bool | None:
    """Send the letter that has waited longest; None when none is due."""
    waiting = (
        Letter.objects.due(clock.now())
        .select_related("member")
        .select_for_update(skip_locked=True, of=["self"])
        .first()
    )
    if waiting is None:
        return None
    if waiting.member and (not waiting.member.email or waiting.member.left_at):
        waiting.rests()
        return False
    try:
        email_of(waiting, post).send()
    except FAULTS as fault:
        waiting.failed(fault, clock.now())
        log.warning("letter_failed", letter=waiting.pk, fault=waiting.fault)
        post.close()
        return False
    waiting.was_sent(clock.now())
    return True


def email_of(letter: Letter, post: BaseEmailBackend) -> EmailMessage:
    """Make the e-mail of a letter: greeting, what happened, and the page about it."""
    reader = letter.member
    with translation.override(letter.language):
        body = render_to_string(
            "members/notices/letter.txt",
            {
                "letter": letter,
                "name": reader.first_name if reader else letter.name,
                "link": settings.PUBLIC_URL + letter.path if letter.path else "",
                "network_name": settings.NETWORK_NAME,
            },
        )
    return EmailMessage(
        subject=f"{settings.NETWORK_NAME}: {letter.subject}",
        body=body,
        to=[str(reader.email) if reader else letter.address],
        headers={"Message-ID": f"<letter-{letter.pk}@{settings.LETTERS_DOMAIN}>"},
        connection=post,
    )
