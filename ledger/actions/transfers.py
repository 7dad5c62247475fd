"""The door for amounts: one transfer, many at once, or one turned back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.base import ModelState

from ledger.actions.refusals import refusal
from ledger.models import (
    MOST,
    Cause,
    Holder,
    Reason,
    Recorder,
    Transfer,
    Unit,
    holder_columns,
)

TRANSFER_SQL = """
SELECT * FROM ledger.transfer(
    %s::uuid, %s::bigint, %s::text, %s::bigint, %s::text, %s::text, %s::bigint, %s::text,
    %s::text, %s::uuid, %s::bigint, %s::bigint, %s::bigint, %s::text, %s::timestamptz)
"""
TRANSFER_ALL_SQL = """
SELECT * FROM ledger.transfer_all(
    %s::jsonb, %s::bigint, %s::bigint, %s::text, %s::timestamptz)
"""
DONE = ("new", "replayed")


@dataclass(frozen=True, slots=True)
class Move:
    """An amount that is to move; its fields are those of `transfer`."""

    source: Holder
    target: Holder
    unit: Unit
    amount: int
    reason: Reason
    key: UUID
    cause: Cause | None = None
    reverses: Transfer | None = None

    def columns(self) -> dict[str, Any]:
        """Say the move as the doors read it, in their order and with their names."""
        if not 0 < self.amount <= MOST:
            raise refusal("amount")
        source_holder, source_fund = holder_columns(self.source)
        target_holder, target_fund = holder_columns(self.target)
        cause_kind, cause_id = self.cause or (None, None)
        return {
            "key": self.key,
            "source_holder": source_holder,
            "source_fund": source_fund,
            "target_holder": target_holder,
            "target_fund": target_fund,
            "unit": self.unit,
            "amount": self.amount,
            "reason": self.reason,
            "cause_kind": cause_kind,
            "cause_id": cause_id,
            "reverses": self.reverses and self.reverses.pk,
        }


def transfer(
    *,
    source: Holder,
    target: Holder,
    unit: Unit,
    amount: int,
    reason: Reason,
    by: Recorder,
    key: UUID,
    cause: Cause | None = None,
    at: datetime | None = None,
    reverses: Transfer | None = None,
) -> Transfer:
    """Move `amount` minutes, hundredths of a credit or cents from source to target.

    One statement does all of it, so it needs no transaction of its own and lives in any.
    The same `key` with the same content answers with the first transfer. `at` is now
    unless given (imports, the demo's past): never in the future, never before the
    latest line of either account. Refuses with the codes of `ledger.actions.refusals`.
    """
    move = Move(source, target, unit, amount, reason, key, cause, reverses)
    values = [*move.columns().values(), *_recording(by, at)]
    with connection.cursor() as cursor:
        cursor.execute(TRANSFER_SQL, values)
        outcome, *written = cursor.fetchone()
    if outcome not in DONE:
        raise refusal(outcome)
    return _as_transfer(move, by, outcome, written)


def transfer_all(
    moves: Sequence[Move], *, by: Recorder, at: datetime | None = None
) -> list[Transfer]:
    """Make several transfers, all or none, in order and in one statement.

    Limits hold after each of them, not only at the end. Moves whose keys are known are
    answered, not made again, so a run that broke off is simply run again.
    """
    if not moves:
        return []
    values = [
        json.dumps([move.columns() for move in moves], default=str),
        *_recording(by, at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(TRANSFER_ALL_SQL, values)
        rows = cursor.fetchall()
    place, outcome, *_nothing = rows[0]
    if outcome not in DONE:
        raise refusal(outcome, place=place)
    return [
        _as_transfer(move, by, outcome, written)
        for move, (_place, outcome, *written) in zip(moves, rows, strict=True)
    ]


def reverse(original: Transfer, *, by: Recorder, key: UUID) -> Transfer:
    """Move an amount back where it came from. The first transfer stays in the books."""
    return transfer(
        source=original.target.whose,
        target=original.source.whose,
        unit=Unit(original.unit),
        amount=original.amount,
        reason=Reason.REVERSAL,
        by=by,
        key=key,
        reverses=original,
    )


def _recording(by: Recorder, at: datetime | None) -> tuple[Any, ...]:
    return by.recorded_by_id, by.recorded_for_id, by.channel, at


WRITTEN = (
    "id",
    "source_id",
    "target_id",
    "source_balance",
    "target_balance",
    "source_sequence",
    "target_sequence",
    "at",
)


def _as_transfer(
    move: Move, by: Recorder, outcome: str, written: Sequence[Any]
) -> Transfer:
    """Make the row that now stands in the books, without reading it again.

    Its columns are put in place directly: `Transfer(…)` takes a fifth of a batch's time.
    What is left out (the salt) is fetched when somebody asks for it.
    """
    state = ModelState()
    state.adding, state.db = False, connection.alias
    cause_kind, cause_id = move.cause or (None, None)
    standing = Transfer.__new__(Transfer)
    standing.__dict__.update(
        zip(WRITTEN, written, strict=True),
        _state=state,
        key=move.key,
        unit=move.unit,
        amount=move.amount,
        reason=move.reason,
        cause_kind=cause_kind,
        cause_id=cause_id,
        reverses_id=move.reverses and move.reverses.pk,
        recorded_by_id=by.recorded_by_id,
        recorded_for_id=by.recorded_for_id,
        channel=by.channel,
        is_new=outcome == "new",
    )
    return standing
