"""Databases filled for the run: a thousand members, with ten thousand transfers or a million.

They are written set by set, past the doors, by a superuser who asks no trigger; but they
are true books, and `check_books` must find them so at the end like any other.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from bench.servers import Server

CHECKOUT = Path(__file__).resolve().parents[1]
MEMBERS = 1000
# The books that are measured alone, those that all the load goes to, and the long ones.
SMALL, BUSY, LARGE = "small", "busy", "large"
TRANSFERS = {SMALL: 10_000, BUSY: 10_000, LARGE: 1_000_000}

# Everybody may go far below zero, so that no limit stops the load. The last member is
# the reader, whose statement is read and nobody else's business.
PEOPLE_SQL = """
SET session_replication_role = replica;
INSERT INTO members_member
       (password, number, name, email, kind, language, welcomed_at)
SELECT '!', nextval('members_member_number'), 'Neighbour ' || n,
       'neighbour' || n || '@example.org', 'person', 'en', now() - interval '3 years'
  FROM generate_series(1, %(members)s + 1) n;
INSERT INTO ledger_account (holder_id, unit, balance, sequence, floor, closed)
SELECT id, 'minute', 0, 0, -1000000000, false FROM members_member ORDER BY id;
INSERT INTO ledger_limitchange
       (account_id, floor, closed, recorded_by_id, recorded_for_id, channel, at)
SELECT id, floor, false, holder_id, holder_id, 'web', now() - interval '3 years'
  FROM ledger_account ORDER BY id;
"""

# In each lap every account gives once and gets once, the same amount, so it ends at zero:
# an account's two line numbers and balances follow from which of the two comes first.
LAPS_SQL = """
SET session_replication_role = replica;
INSERT INTO ledger_transfer
       (key, source_id, target_id, unit, amount,
        source_balance, source_sequence, target_balance, target_sequence,
        reason, cause_kind, cause_id, recorded_by_id, recorded_for_id, channel, at)
SELECT k.key, account[giver], account[getter], 'minute', amount,
       CASE WHEN giver <= stride THEN -amount ELSE 0 END,
       CASE WHEN giver <= stride THEN 1 ELSE 2 END + 2 * lap,
       CASE WHEN giver + stride <= %(members)s THEN amount ELSE 0 END,
       CASE WHEN giver + stride <= %(members)s THEN 1 ELSE 2 END + 2 * lap,
       'exchange', 'exchange', k.key, holder[giver], holder[giver], 'web', t.at
  FROM (SELECT array_agg(id ORDER BY id) AS account,
               array_agg(holder_id ORDER BY id) AS holder FROM ledger_account) a,
       (SELECT i, i / %(members)s AS lap, 1 + i %% %(members)s AS giver,
               1 + i / %(members)s * 37 %% (%(members)s - 1) AS stride
          FROM generate_series(0, %(transfers)s - 1) i) n,
       LATERAL (SELECT 1 + (giver - 1 + stride) %% %(members)s AS getter,
                       15 + lap %% 7 * 15 AS amount,
                       now() - interval '2 years'
                       + i * (interval '2 years' / %(transfers)s) AS at) t,
       LATERAL (SELECT lpad(to_hex((extract(epoch FROM t.at) * 1000)::bigint), 12, '0')
                       AS moment, md5(i::text) AS chance) m,
       LATERAL (SELECT (moment || '7' || substr(chance, 1, 3)
                        || '8' || substr(chance, 4, 15))::uuid AS key) k
 ORDER BY i;
UPDATE ledger_account a
   SET sequence = 2 * %(transfers)s / %(members)s, moved_at = latest.at
  FROM (SELECT account_id, max(at) AS at
          FROM (SELECT source_id AS account_id, at FROM ledger_transfer
                 UNION ALL SELECT target_id, at FROM ledger_transfer) line
         GROUP BY account_id) latest
 WHERE latest.account_id = a.id;
"""


# What a network has sent of late, so that its outbox is like one in use.
LETTERS_SQL = """
INSERT INTO members_letter
       (member_id, address, name, kind, language, subject, text, path, made_at, sent_at,
        tries, unclear, fault)
SELECT member.id, '', '', 'exchange_recorded', 'en', 'Hours were recorded with you',
       repeat('You were helped. ', 20), '/hours/', now() - age, now() - age, 1, 0, ''
  FROM members_member member, generate_series(1, 20) n,
       LATERAL (SELECT n * interval '1 day' AS age) a;
"""


def fill_people(server: Server) -> None:
    """Migrate one database as the owner, and put the members in."""
    server.create(SMALL)
    ask_django(
        server.environ(SMALL) | {"DATABASE_OWNER_URL": server.url(server.owner, SMALL)},
        "migrate",
    )
    _run(server, SMALL, PEOPLE_SQL % {"members": MEMBERS})


def copy_people(server: Server, name: str) -> None:
    """Give another database the same members."""
    server.create(name, template=SMALL)


def fill_books(server: Server, name: str) -> None:
    """Write the transfers."""
    _run(server, name, LAPS_SQL % {"members": MEMBERS, "transfers": TRANSFERS[name]})
    with psycopg.connect(server.superuser_url(name), autocommit=True) as books:
        books.execute("VACUUM ANALYZE")


def fill_letters(server: Server, name: str) -> None:
    """Write the letters of the last days, all of them gone."""
    _run(server, name, LETTERS_SQL)
    with psycopg.connect(server.superuser_url(name), autocommit=True) as books:
        books.execute("VACUUM ANALYZE")


def settle(server: Server) -> None:
    """Write out what the filling left, so that no measurement pays for it."""
    with psycopg.connect(server.superuser, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def ask_django(environ: dict[str, str], *words: str) -> None:
    """Run a command of Django's."""
    ran = subprocess.run(
        [sys.executable, "-m", "django", *words],
        cwd=CHECKOUT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} failed:\n{ran.stderr[-2000:]}")


def _run(server: Server, name: str, statements: str) -> None:
    with psycopg.connect(server.superuser_url(name)) as books:
        books.execute(statements)
