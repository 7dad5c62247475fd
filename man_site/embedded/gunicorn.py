"""How gunicorn serves the demo: as many processes as cores, on a socket that outlives it."""

import os
import signal
from typing import Protocol

from man_site.embedded.processes import die_with

workers = os.cpu_count() or 2
graceful_timeout = 5
# Imported once for all of them.
preload_app = True
# Its control socket would lie in somebody's home.
control_socket_disable = True


class Worker(Protocol):
    """What we use of gunicorn's worker."""

    ppid: int


def post_fork(_server: object, worker: Worker) -> None:
    """Let a worker finish its page and end when gunicorn itself is killed."""
    die_with(worker.ppid, signal.SIGTERM)
