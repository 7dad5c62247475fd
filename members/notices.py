"""Telling people: the notice is written with the deed, the letter follows after it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import structlog
from celery import current_app
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from members import clock
from members.letter_hours import end_of_rest
from members.models import Letter, Member, Notice, Pace, Role
from members.policies.letters import QUIET_FROM, QUIET_UNTIL

log = structlog.get_logger()

SEND_LETTERS = "members.tasks.send_letters"
WOKEN = "letters-woken"
NEWS = timedelta(days=14)
FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that people are told, and how unless they choose otherwise.

    `is_needed`: nobody can go without it, and it doesn't wait for the morning (somebody
    signed in as you, say). `is_key`: its letter opens a door, so we don't keep a copy for
    longer than the key works. `for_roles`: only whoever carries one of these tasks is told.
    """

    name: str
    label: Promise | str
    pace: Pace = Pace.AT_ONCE
    is_needed: bool = False
    is_key: bool = False
    for_roles: frozenset[Role] = frozenset()

    def is_for(self, member: Member) -> bool:
        """Whether this member can come to be told of it."""
        return not self.for_roles or bool(self.for_roles & member.roles)


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Let members choose how they are told of it. A name is given once."""
    assert kind.name not in KINDS, kind.name
    KINDS[kind.name] = kind
    return kind


DONE_FOR_YOU = declare(Kind("done_for_you", _("Somebody did something for me here")))
# Collected letters have no choice of their own: they hold what waits by its kinds' choices.
DIGEST = Kind("digest", _("What was collected for me"))


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
    link: str = "",
) -> Notice:
    """Tell one member something, in the transaction of the deed that it tells of.

    `subject` stands on the letter's outside and names nobody; `headline` and the text
    are for the reader alone. `at` is when it happened: what is entered long afterwards
    (an import, the demo's past) is put away as read, and no letter is sent about it.
    `link` is where the letter leads, if not to the page (see `members.links`).
    """
    age = timedelta(days=clock.age_of(at))
    told = _told(member, kind, clock.now())
    notice = Notice(
        member=member,
        kind=kind.name,
        subject=subject,
        headline=headline,
        text=render_to_string(template, {"member": member, **context}).strip(),
        path=about.get_absolute_url(),  # type: ignore[attr-defined]
        created_at=at,
        read_at=None if age < NEWS else at,
        in_app=told.in_app,
    )
    is_written_to = member.email and not member.left_at and age < FRESH
    if is_written_to and told.pace == Pace.AT_ONCE:
        notice.letter = _letter_of(notice, link, told.rests_until)
    elif is_written_to and told.pace != Pace.NEVER:
        notice.awaits = told.pace
    notice.save(force_insert=True)
    return notice


def _letter_of(notice: Notice, link: str, rests_until: datetime | None) -> Letter:
    """Write the letter that follows a notice, now or at the end of the reader's rest."""
    now = clock.now()
    return _post(
        member=notice.member,
        kind=notice.kind,
        language=notice.member.language,
        subject=notice.subject,
        text=f"{notice.headline}.\n\n{notice.text}",
        path=link or notice.path,
        made_at=now,
        due_at=rests_until or now,
    )


class Told(NamedTuple):
    """How one member is told of one kind of thing at this moment."""

    in_app: bool
    pace: str
    rests_until: datetime | None


# One question for all that governs it: the member's choices, and what holds without any.
HOW_TOLD = """
SELECT choice.in_app, choice.pace, hours.member_id IS NOT NULL,
       hours.quiet_from, hours.quiet_until,
       (SELECT (value #>> '{}')::int FROM members_policyversion
         WHERE policy = %(quiet_from)s::text AND in_force_from <= %(now)s::timestamptz
         ORDER BY in_force_from DESC, recorded_at DESC, id DESC LIMIT 1),
       (SELECT (value #>> '{}')::int FROM members_policyversion
         WHERE policy = %(quiet_until)s::text AND in_force_from <= %(now)s::timestamptz
         ORDER BY in_force_from DESC, recorded_at DESC, id DESC LIMIT 1)
  FROM (VALUES (%(member)s::bigint)) AS member (id)
  LEFT JOIN members_noticechoice choice
         ON choice.member_id = member.id AND choice.kind = %(kind)s::text
  LEFT JOIN members_noticehours hours ON hours.member_id = member.id
"""


def _told(member: Member, kind: Kind, now: datetime) -> Told:
    """Say how a member is told: as they chose, or as the kind and the network say."""
    if kind.is_needed:
        return Told(in_app=True, pace=Pace.AT_ONCE, rests_until=None)
    asked: dict[str, int | str | datetime] = {
        "member": member.pk,
        "kind": kind.name,
        "now": now,
        "quiet_from": QUIET_FROM.name,
        "quiet_until": QUIET_UNTIL.name,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOW_TOLD, asked)
        in_app, pace, chose_hours, *rest = cursor.fetchone()
    own, decided = rest[:2], rest[2:]
    defaults = (QUIET_FROM.default, QUIET_UNTIL.default)
    usual = [
        default if value is None else value
        for value, default in zip(decided, defaults, strict=True)
    ]
    rest_from, rest_until = own if chose_hours else usual
    return Told(
        in_app=in_app is not False,
        pace=pace or kind.pace,
        rests_until=end_of_rest(now, rest_from, rest_until),
    )


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
    validate_email(address)
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


def collect(member: Member, *, text: str, day: date) -> Letter:
    """Write one letter for all that waited; a day has one (the database says so)."""
    now = clock.now()
    return _post(
        member=member,
        kind=DIGEST.name,
        language=member.language,
        subject=translation.gettext("News for you, collected"),
        text=text,
        path=reverse("members:notices"),
        digest_on=day,
        made_at=now,
        due_at=now,
    )


def _post(**columns: Any) -> Letter:
    """Put a letter into the outbox, and wake the worker once this transaction is over.

    Its subject is one line, whatever was put into it: a line more would be a header.
    """
    columns["subject"] = " ".join(columns["subject"].split())
    if clock.past():
        # The demo's past, an import: it was told then, if at all.
        columns["due_at"] = None
    letter = Letter.objects.create(**columns)
    if letter.due_at == letter.made_at and not _is_to_wake():
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


STOPS = Signer(salt="members.notices.stop", sep=".")


def stop_path(letter: Letter) -> str:
    """Say where a letter of this kind is stopped, with one press, now or in years.

    Empty where it can't be: nobody goes without what is needed, and whoever is no member
    gets no second letter that they did not ask for.
    """
    kind = DIGEST if letter.kind == DIGEST.name else KINDS.get(letter.kind)
    if letter.member_id is None or kind is None or kind.is_needed:
        return ""
    token = STOPS.sign(f"{letter.member_id}-{kind.name}")
    return reverse("members:stop-letters", args=[token])


def read_stop(token: str) -> tuple[int, str] | None:
    """Read whose letters of which kind a token stops; None where it is none of ours."""
    try:
        member, kind = STOPS.unsign(token).split("-", 1)
        return int(member), kind
    except (BadSignature, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Sample:
    """What a letter of one kind may look like, for those who build (see `samples`)."""

    kind: Kind
    subject: str
    headline: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    path: str = "/"
    to_stranger: bool = False


SAMPLES: dict[str, Callable[[], Sample]] = {}


def declare_sample(sample: Callable[[], Sample]) -> Callable[[], Sample]:
    """Show those who build a letter; under the function's name, which is its template's."""
    assert sample.__name__ not in SAMPLES, sample.__name__
    SAMPLES[sample.__name__] = sample
    return sample
