"""What serves the demo: the web, one worker of the queue, and the clock that wakes it."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace

from man_site.embedded.accounts import Account
from man_site.embedded.data_folder import CHECKOUT, DataFolder
from man_site.embedded.processes import Program

WORKER_PROCESSES = min(os.cpu_count() or 2, 4)


class Programs:
    """The long-running programs and the commands of one demo network."""

    def __init__(
        self, folder: DataFolder, account: Account, environ: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._account = account
        # The home of whoever called may be closed to the account.
        self._environ = {**environ, "HOME": str(folder.path), "PYTHONUNBUFFERED": "1"}

    def web(self, listening: int) -> Program:
        """gunicorn, on a socket that stays open while it is started again."""
        program = self._module(
            "The web",
            "gunicorn",
            "man_site.wsgi:application",
            f"--bind=fd://{listening}",
            "--config=python:man_site.embedded.gunicorn",
        )
        return replace(program, inherited=(listening,))

    def worker(self) -> Program:
        """Celery's worker, whose processes end with it: that is Celery's own doing."""
        program = self._module(
            "The worker",
            "celery",
            "--app=man_site",
            "worker",
            f"--concurrency={WORKER_PROCESSES}",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=WARNING",
        )
        # Asked kindly without its queue, it would wait for the queue to come back.
        return replace(program, orphaned=signal.SIGKILL)

    def clock(self) -> Program:
        """Celery's beat."""
        schedule = self._folder.beat / "schedule"
        return self._module(
            "The clock",
            "celery",
            "--app=man_site",
            "beat",
            f"--schedule={schedule}",
            "--loglevel=WARNING",
        )

    def command(self, name: str, *options: str) -> Program:
        """One of Django's commands, which here need no checks of the code."""
        manage = str(CHECKOUT / "manage.py")
        return self._python(
            name, manage, name, "--skip-checks", "--verbosity=0", *options
        )

    def _module(self, name: str, *words: str) -> Program:
        return self._python(name, "-m", *words)

    def _python(self, name: str, *words: str) -> Program:
        return Program(
            name=name,
            words=[sys.executable, *words],
            account=self._account,
            folder=CHECKOUT,
            log=self._folder.log / f"{name.rpartition(' ')[2]}.log",
            environ=self._environ,
        )
