"""How the numbers that govern the network change: by a decision, from a day on."""

from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions, policies
from members.acting import Acting
from members.deeds import deed
from members.models import PolicyStart, PolicyVersion
from members.refusals import beside
from members.signals import policy_in_force

log = structlog.get_logger()


@deed(words=gettext_lazy("entered a decided rule"))
def change_policy(
    *,
    by: Acting,
    policy: policies.Policy[Any],
    value: object,
    decision: str,
    decision_url: str = "",
    in_force_from: datetime | None = None,
) -> PolicyVersion:
    """Enter a decided value of a policy, in force now or from a later moment on.

    What was decided before stays readable. The rooms hear of it when its day comes, in
    this transaction where that is now.
    """
    if not permissions.may_change_policy(by):
        raise PermissionDenied
    now = clock.now()
    if in_force_from and in_force_from < now:
        raise beside(
            "in_force_from",
            _("Rules don't change what was. Choose today or a later day."),
            "in_past",
        )
    if not decision.strip():
        raise beside(
            "decision", _("Say who decided it, where and when."), "no_decision"
        )
    _one_at_a_time()
    version = PolicyVersion.objects.create(
        policy=policy.name,
        value=policy.check(value),
        in_force_from=in_force_from or now,
        decision=decision.strip(),
        decision_url=decision_url,
        **by.recorded(now),
    )
    if version.in_force_from <= now:
        _start(version, by)
    return version


def begin_policies() -> int:
    """Let decided versions begin whose day has come, and say how many did.

    Kept apart from each other: where a room refuses one, the others begin, the number
    itself is in force all the same, and it is tried again the next time.
    """
    begun = 0
    for version in PolicyVersion.objects.not_begun(clock.now()).select_related(
        "recorded_by", "recorded_for"
    ):
        try:
            with transaction.atomic():
                _one_at_a_time()
                begun += _start(
                    version, Acting(version.recorded_by, version.recorded_for)
                )
        except ValidationError as refusal:
            # Its words may name a member; the code says enough.
            log.error(  # noqa: TRY400
                "policy_not_begun",
                policy=version.policy,
                code=getattr(refusal, "code", "beside_a_field"),
            )
    return begun


def _start(version: PolicyVersion, by: Acting) -> bool:
    """Tell the rooms that a version is in force now; once, whoever asks."""
    _row, is_new = PolicyStart.objects.get_or_create(
        version=version, defaults={"started_at": clock.now()}
    )
    if is_new:
        policy_in_force.send(sender=PolicyVersion, version=version, by=by)
    return is_new


def _one_at_a_time() -> None:
    """Two changes begin one after the other, so that the later one is what stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members_policy'))")
