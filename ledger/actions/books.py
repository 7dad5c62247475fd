"""The proof that the books balance: every rule, asked of every row."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection

from ledger.models import BooksCheck

# Each asks for the rows that break one of `RULES`; sound books answer none to all of them.
BROKEN = {
    "sum_to_zero": """
        SELECT 1 FROM ledger_account GROUP BY unit HAVING sum(balance) <> 0
    """,
    "balances_are_sums": """
        SELECT 1
          FROM ledger_account a
          LEFT JOIN (SELECT account_id, sum(change) AS total, count(*) AS lines FROM lines
                      GROUP BY account_id) l ON l.account_id = a.id
         WHERE a.balance <> coalesce(l.total, 0) OR a.sequence <> coalesce(l.lines, 0)
    """,
    "lines_follow": """
        SELECT 1
          FROM (SELECT sequence, balance, change, at,
                       lag(sequence, 1, 0::bigint) OVER numbered AS previous_sequence,
                       lag(balance, 1, 0::bigint) OVER numbered AS previous_balance,
                       lag(at) OVER numbered AS previous_at
                  FROM lines WINDOW numbered AS (PARTITION BY account_id ORDER BY sequence)
               ) AS line
         WHERE sequence <> previous_sequence + 1
            OR balance <> previous_balance + change
            OR at < previous_at
    """,
    "accounts_stand_at_latest_line": """
        SELECT 1
          FROM ledger_account a
          LEFT JOIN lines l ON l.account_id = a.id AND l.sequence = a.sequence
         WHERE a.sequence > 0 AND (l.balance, l.at) IS DISTINCT FROM (a.balance, a.moved_at)
    """,
    "units_never_mix": """
        SELECT 1
          FROM ledger_transfer t
          JOIN ledger_account s ON s.id = t.source_id
          JOIN ledger_account r ON r.id = t.target_id
         WHERE t.unit <> s.unit OR t.unit <> r.unit OR t.amount <= 0 OR s.id = r.id
    """,
    "floors_hold": """
        SELECT 1
          FROM ledger_account a
          JOIN lines l ON l.account_id = a.id AND l.sequence = a.sequence
         WHERE l.change < 0 AND a.balance < a.floor
           AND NOT EXISTS (SELECT FROM ledger_limitchange c
                            WHERE c.account_id = a.id AND c.at >= l.at)
    """,
    "ceilings_hold": """
        SELECT 1
          FROM ledger_account a
          JOIN lines l ON l.account_id = a.id AND l.sequence = a.sequence
         WHERE l.change > 0 AND a.balance > a.ceiling
           AND NOT EXISTS (SELECT FROM ledger_limitchange c
                            WHERE c.account_id = a.id AND c.at >= l.at)
    """,
    "limits_are_latest_change": """
        SELECT 1
          FROM ledger_account a
          LEFT JOIN LATERAL (SELECT * FROM ledger_limitchange c
                              WHERE c.account_id = a.id ORDER BY c.id DESC LIMIT 1) c ON true
         WHERE CASE WHEN c.id IS NOT NULL
                    THEN (a.floor, a.ceiling, a.closed)
                         IS DISTINCT FROM (c.floor, c.ceiling, c.closed)
                    ELSE a.floor IS DISTINCT FROM CASE WHEN a.fund = 'outside' THEN NULL ELSE 0 END
                         OR a.ceiling IS NOT NULL OR a.closed END
    """,
    "members_recorded_it": """
        SELECT 1
          FROM ledger_transfer t
         WHERE (t.recorded_by_id IS NOT NULL AND NOT EXISTS
                (SELECT FROM the_members m WHERE m.id = t.recorded_by_id))
            OR (t.recorded_for_id IS NOT NULL AND NOT EXISTS
                (SELECT FROM the_members m WHERE m.id = t.recorded_for_id))
    """,
    "reversals_are_whole": """
        SELECT 1
          FROM ledger_transfer r
          JOIN ledger_transfer o ON o.id = r.reverses_id
         WHERE (r.source_id, r.target_id, r.amount, r.unit)
               <> (o.target_id, o.source_id, o.amount, o.unit)
            OR o.reverses_id IS NOT NULL
    """,
}
# All in one statement, hence at one instant, though neighbours go on recording.
READING = f"""
WITH the_members AS (SELECT id FROM {{members}}), lines AS (
    SELECT source_id AS account_id, source_sequence AS sequence, -amount AS change,
           source_balance AS balance, at FROM ledger_transfer
     UNION ALL
    SELECT target_id, target_sequence, amount, target_balance, at FROM ledger_transfer)
SELECT (SELECT count(*) FROM ledger_account), (SELECT count(*) FROM ledger_transfer),
       {", ".join(f"(SELECT count(*) FROM ({broken}) AS broken)" for broken in BROKEN.values())}
"""


def check_books(*, at: datetime) -> BooksCheck:
    """Read the whole books at one instant, and keep what was found.

    It tells, and mends nothing: a fault is for people to look at, and is put right by
    reversals that everybody can see.
    """
    with connection.cursor() as cursor:
        cursor.execute(READING.format(members=get_user_model()._meta.db_table))  # noqa: SLF001 (documented)
        accounts, transfers, *counts = cursor.fetchone()
    return BooksCheck.objects.create(
        checked_at=at,
        accounts=accounts,
        transfers=transfers,
        faults=[
            [rule, count] for rule, count in zip(BROKEN, counts, strict=True) if count
        ],
    )
