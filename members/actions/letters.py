"""The outbox: letters go out one by one, and a bad one holds up nobody."""

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from members import clock
from members.models import Notice
from members.notices import WOKEN, in_language_of

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
    notice = (
        Notice.objects.due(clock.now())
        .select_related("member")
        .select_for_update(skip_locked=True, of=["self"])
        .first()
    )
    if notice is None:
        return None
    if not notice.member.email or notice.member.left_at:
        notice.letter_rests()
        return False
    try:
        letter(notice, post).send()
    except FAULTS as fault:
        notice.letter_failed(fault, clock.now())
        log.warning("letter_failed", notice=notice.pk, fault=notice.letter_fault)
        post.close()
        return False
    notice.letter_was_sent(clock.now())
    return True


def letter(notice: Notice, post: BaseEmailBackend) -> EmailMessage:
    """Make the letter of a notice: greeting, what happened, and the page about it."""
    with in_language_of(notice.member):
        body = render_to_string(
            "members/notices/letter.txt",
            {
                "notice": notice,
                "link": settings.PUBLIC_URL + notice.path,
                "network_name": settings.NETWORK_NAME,
            },
        )
    return EmailMessage(
        subject=f"{settings.NETWORK_NAME}: {notice.subject}",
        body=body,
        to=[str(notice.member.email)],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.LETTERS_DOMAIN}>"},
        connection=post,
    )
