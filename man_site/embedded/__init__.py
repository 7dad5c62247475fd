"""The servers that come in the box, so that two commands are enough.

`make demo` (`python -m man_site.embedded`, see `demo.py`) runs the whole network in the
foreground. `manage.py`, the demo and the tests are *users* of one PostgreSQL and one Valkey,
which live in a data folder. The first user starts a *keeper* (`keeper.py`), a small process
which starts both from the wheels, starts them again if they fall, and stops them when the
last user has left. Who is there is told by file locks (`locks.py`): the kernel opens
them when their holder dies, however it dies, so there is no stale state to believe.
Every process dies with its parent (`processes.py`), so `kill -9` leaves nothing behind.

Given `DATABASE_URL`, nothing here touches a database: the network uses the servers named
there. Never for production: there, PostgreSQL and Valkey are real ones.
"""
