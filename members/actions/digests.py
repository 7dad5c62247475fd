"""Collected letters: what waited for somebody, told in one letter at their hour."""

from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Min, Q
from django.template.loader import render_to_string

from members import clock
from members.letter_hours import A_DAY, Digest, latest_digest
from members.models import Letter, Member, Notice, Pace
from members.notices import KINDS, collect, in_language_of
from members.policies import InForce, in_force
from members.policies.letters import DIGEST_HOUR, DIGEST_WEEKDAY

TOLD_AT_MOST = 60


def send_digests() -> int:
    """Write the collected letters whose hour has come, and say how many.

    A letter belongs to a member and a day, so it is written once, whenever and however
    often this is asked: late where nobody asked in time, and never empty.
    """
    now = clock.now()
    waiting = Notice.objects.awaiting()
    # Whoever left, or has no address (any more), waits in vain.
    waiting.filter(
        Q(member__email__isnull=True) | Q(member__left_at__isnull=False)
    ).update(awaits="")
    rules = in_force(now)
    due = {}
    for member, hour, weekday, daily, weekly in _first_awaited(waiting):
        digest = _digest(now, hour, weekday, rules)
        if (daily and daily < digest.daily_until) or (
            weekly and weekly < digest.weekly_until
        ):
            due[member] = digest
    written = set(
        Letter.objects.filter(
            member__in=due, digest_on__gte=clock.day_of(now) - A_DAY
        ).values_list("member_id", "digest_on")
    )
    return sum(
        _write(member, digest)
        for member, digest in due.items()
        if (member, digest.day) not in written
    )


def _first_awaited(
    waiting: models.QuerySet[Notice],
) -> models.QuerySet[Notice, tuple[int, int | None, int | None, datetime, datetime]]:
    """Say of each member their hour, and since when the daily and the weekly letter wait."""
    return (
        waiting.order_by()
        .values(
            "member_id",
            "member__notice_hours__digest_hour",
            "member__notice_hours__digest_weekday",
        )
        .annotate(
            daily=Min("created_at", filter=Q(awaits=Pace.DAILY)),
            weekly=Min("created_at", filter=Q(awaits=Pace.WEEKLY)),
        )
        .values_list(
            "member_id",
            "member__notice_hours__digest_hour",
            "member__notice_hours__digest_weekday",
            "daily",
            "weekly",
        )
    )


def _digest(
    now: datetime, hour: int | None, weekday: int | None, rules: InForce
) -> Digest:
    if hour is None or weekday is None:
        hour, weekday = rules[DIGEST_HOUR], rules[DIGEST_WEEKDAY]
    return latest_digest(now, hour, weekday)


@transaction.atomic
def _write(member_id: int, digest: Digest) -> bool:
    """Write one member's letter of a day; False where another did so first."""
    # Locked, so that of two at once the second finds nothing that waits any more.
    notices = list(
        Notice.objects.awaiting()
        .filter(
            Q(awaits=Pace.DAILY, created_at__lt=digest.daily_until)
            | Q(awaits=Pace.WEEKLY, created_at__lt=digest.weekly_until),
            member=member_id,
        )
        .order_by("id")
        .select_for_update()
    )
    if not notices:
        return False
    member = Member.objects.get(pk=member_id)
    with in_language_of(member):
        text = digest_text(notices)
        try:
            with transaction.atomic():
                letter = collect(member, text=text, day=digest.day)
        except IntegrityError:
            return False
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(
        letter=letter, awaits=""
    )
    return True


def digest_text(notices: list[Notice]) -> str:
    """Say what waited: kind by kind, the newest first."""
    newest = sorted(
        notices, key=lambda one: (one.created_at, one.pk or 0), reverse=True
    )
    told = newest[:TOLD_AT_MOST]
    kinds = list(dict.fromkeys(one.kind for one in told))
    told.sort(key=lambda one: kinds.index(one.kind))
    groups = [
        (KINDS[kind].label if kind in KINDS else "", list(of_kind))
        for kind, of_kind in groupby(told, key=lambda one: one.kind)
    ]
    page = {
        "groups": groups,
        "more": len(newest) - len(told),
        "site": settings.PUBLIC_URL,
    }
    return render_to_string("members/notices/digest.txt", page).strip()
