"""The door for limits: how far an account may go below zero and above it."""

from django.db import connection

from ledger.actions.refusals import refusal
from ledger.models import Cause, Holder, Recorder, Unit, holder_columns

SET_LIMITS_SQL = """
SELECT outcome FROM ledger.set_limits(
    %s::bigint, %s::text, %s::text, %s::bigint, %s::bigint, %s::boolean,
    %s::text, %s::uuid, %s::bigint, %s::bigint, %s::text)
"""


def set_limits(
    *,
    holder: Holder,
    unit: Unit,
    floor: int | None,
    ceiling: int | None = None,
    closed: bool = False,
    by: Recorder,
    cause: Cause | None = None,
) -> None:
    """Say how far an account may go from now on; None is no limit.

    A limit that is lowered under somebody's feet refuses only what would take them
    further away from zero; the way back is always open. Closing needs a balance of zero.
    """
    cause_kind, cause_id = cause or (None, None)
    values = [
        *holder_columns(holder),
        unit,
        floor,
        ceiling,
        closed,
        cause_kind,
        cause_id,
        by.recorded_by_id,
        by.recorded_for_id,
        by.channel,
    ]
    with connection.cursor() as cursor:
        cursor.execute(SET_LIMITS_SQL, values)
        (outcome,) = cursor.fetchone()
    if outcome not in ("set", "unchanged"):
        raise refusal(outcome)
