"""The outbox: letters go out one by one, and a bad one holds up nobody."""

from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from members import clock, permissions
from members.acting import Acting
from members.actions.envelopes import email_of
from members.deeds import deed
from members.models import ActionLink, Letter, Notice
from members.models.letters import (
    ADDRESS_REFUSED,
    LETTER_REFUSED,
    REFUSED_FOR_GOOD,
    UNWRITABLE,
    WAITS,
)
from members.notices import KINDS, WOKEN, wake
from members.policies import in_force
from members.policies.letters import LETTERS_KEPT_DAYS, NOTICES_KEPT_DAYS

log = structlog.get_logger()

# A code or a link that opens a door is spent by then.
KEYS_KEPT = timedelta(days=2)
# The post's own, and those of a letter that can't be written: both are for people to see to.
OF_THE_LETTER = (ValueError, LookupError, AttributeError, TypeError)
FAULTS = (SMTPException, OSError, *OF_THE_LETTER)


def send_letters() -> int:
    """Send every letter that is due, and say how many went out.

    A try is written down before it, and its result after; the result of one letter and
    the next one's beginning in one statement. Several workers may run at once, each with
    letters of its own. Where one dies, its letter is taken up once more by another; where
    that breaks off too, people see to it. So each goes out, and none more than twice.
    """
    try:
        cache.delete(WOKEN)
    except RedisError as fault:
        log.warning("outbox_runs_without_cache", fault=type(fault).__name__)
    now = clock.now()
    Letter.objects.begun_before(now - _lease()).give_up(now)
    if not Letter.objects.due(now).exists():
        return 0
    sent, gone, post = 0, None, get_connection()
    while _is_open(post):
        now = clock.now()
        letter = Letter.objects.take_up(now, now - _lease(), gone=gone)
        if letter is None:
            break
        gone = letter.pk if _send(letter, post) else None
        sent += gone is not None
    post.close()
    return sent


def _lease() -> timedelta:
    return timedelta(seconds=settings.LETTERS_LEASE)


def _is_open(post: BaseEmailBackend) -> bool:
    """Whether the mail service answers. Where it doesn't, that is no letter's fault."""
    try:
        post.open()
    except FAULTS as fault:
        # Where it broke is known, and its words may hold an address.
        log.error("post_does_not_answer", fault=type(fault).__name__)  # noqa: TRY400
        return False
    return True


def _send(letter: Letter, post: BaseEmailBackend) -> bool:
    """Send one letter. If that failed, write down how, and when it is tried again."""
    reader = letter.member
    if reader and (not reader.email or reader.left_at):
        letter.rests()
        return False
    try:
        post.send_messages([email_of(letter)])
    except FAULTS as fault:
        name, waits = _meaning_of(fault)
        letter.failed(name, waits, clock.now())
        log.warning("letter_failed", letter=letter.pk, fault=name)
        post.close()
        return False
    return True


def _meaning_of(fault: Exception) -> tuple[str, list[timedelta]]:
    """Say what a failure is called, and how long to wait before each further try."""
    if isinstance(fault, SMTPRecipientsRefused):
        codes = [code for code, _words in fault.recipients.values()]
        if codes and min(codes) >= 500:
            return ADDRESS_REFUSED, REFUSED_FOR_GOOD
    if isinstance(fault, SMTPDataError) and fault.smtp_code >= 500:
        return LETTER_REFUSED, REFUSED_FOR_GOOD
    if isinstance(fault, SMTPResponseException):
        return f"{type(fault).__name__} {fault.smtp_code}", WAITS
    if isinstance(fault, OF_THE_LETTER):
        return UNWRITABLE, WAITS
    return type(fault).__name__, WAITS


@deed(words=gettext_lazy("sent a letter again"))
def retry_letter(*, by: Acting, letter: Letter) -> Letter:
    """Send a letter that was given up once more, as if it were new."""
    _see_to(by, letter, due_at=clock.now(), tries=0, unclear=0)
    transaction.on_commit(wake)
    return letter


@deed(words=gettext_lazy("put a letter away"))
def put_away_letter(*, by: Acting, letter: Letter) -> Letter:
    """Let a letter that was given up rest: it was told in another way, or needn't be."""
    _see_to(by, letter, due_at=None)
    return letter


def _see_to(by: Acting, letter: Letter, **columns: object) -> None:
    """Take a letter off the list of those given up. Pressed twice, it is done once."""
    if not permissions.may_see_to_letters(by):
        raise PermissionDenied
    given_up = Letter.objects.given_up().filter(pk=letter.pk).order_by()
    given_up.update(gave_up_at=None, begun_at=None, fault="", **columns)


def forget_letters() -> int:
    """Delete letters, spent links and notices that are older than the network keeps them."""
    now, rules = clock.now(), in_force()
    letters_before = now - timedelta(days=rules[LETTERS_KEPT_DAYS])
    notices_before = now - timedelta(days=rules[NOTICES_KEPT_DAYS])
    keys = [kind.name for kind in KINDS.values() if kind.is_key]
    done = Letter.objects.filter(due_at__isnull=True)
    old = (
        Notice.objects.filter(created_at__lt=notices_before),
        done.filter(kind__in=keys, made_at__lt=now - KEYS_KEPT),
        done.filter(made_at__lt=letters_before),
        ActionLink.objects.filter(expires_at__lt=letters_before),
    )
    return sum(rows.delete()[0] for rows in old)
