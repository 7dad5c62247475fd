"""Who was silent for so long that a coordinator should ask after them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from members.models import LifeStep, Member, Step
from members.policies import in_force
from members.policies.life import (
    CONTACT_AGAIN_DAYS,
    DORMANT_AFTER_DAYS,
    NEWCOMER_AFTER_DAYS,
)
from members.signals import latest_deeds_asked

# Signs of life, as much as a deed is.
SIGNS = (Step.CAME_BACK, Step.STILL_HERE)


@dataclass(frozen=True, slots=True)
class Silence:
    """One member who was silent: since when, and whether they are new and never began."""

    member_id: int
    since: datetime
    is_newcomer: bool
    contacted_at: datetime | None


def silent_members(now: datetime) -> list[Silence]:
    """Say who is to be asked after, the longest silent first.

    Not those who are on leave or have left, nor those who were asked a short while ago.
    A handful of queries, however many members there are.
    """
    rules = in_force(now)
    deeds, steps = _latest_deeds(), _latest_steps()
    quiet, new, asked = (
        now - timedelta(days=rules[policy])
        for policy in (DORMANT_AFTER_DAYS, NEWCOMER_AFTER_DAYS, CONTACT_AGAIN_DAYS)
    )
    found = []
    people = Member.objects.present().filter(on_leave_at__isnull=True)
    for pk, *signs in people.values_list("pk", "welcomed_at", "last_login"):
        mine = steps[pk]
        signs += [deeds.get(pk), *(mine.get(sign) for sign in SIGNS)]
        since = max(sign for sign in signs if sign)
        contacted = mine.get(Step.CONTACTED)
        if contacted and contacted > asked:
            continue
        never_began = pk not in deeds and not (contacted or Step.STILL_HERE in mine)
        is_new = never_began and quiet < signs[0] <= new
        if since <= quiet or is_new:
            since = signs[0] if is_new else since
            found.append(Silence(pk, since, is_new, contacted))
    return sorted(found, key=lambda one: (one.since, one.member_id))


def _latest_deeds() -> dict[int, datetime]:
    """Ask every room when each member last did something there."""
    latest: dict[int, datetime] = {}
    for _room, moments in latest_deeds_asked.send(sender=Member):
        for pk, at in moments.items():  # type: ignore[union-attr]
            latest[pk] = max(at, latest.get(pk, at))
    return latest


def _latest_steps() -> Mapping[int, dict[str, datetime]]:
    """Say when each member took each step last."""
    steps: Any = LifeStep.objects.filter(step__in=[Step.CONTACTED, *SIGNS])
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for pk, step, at in steps.values_list("member", "step").annotate(
        Max("recorded_at")
    ):
        found[pk][step] = at
    return found
