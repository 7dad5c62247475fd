"""Letters that are due, sent by one worker to a mail service beside it. Read only by hands."""

import subprocess
import sys
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection

from members import clock
from members.actions import send_letters
from members.models import Letter, Member
from members.notices import KINDS

TEXT = """Ben de Vries recorded 2 h of your help.

You helped Ben de Vries on 3 May 2026: Mended a bicycle. 2 h came to you for it. Thank you!

Is something not right? Talk with Ben de Vries about it, or with a coordinator. Together
you can put it right."""


class Place:
    """The outbox, its worker, and a mail service in a process of its own."""

    def __init__(self) -> None:
        self.members = list(Member.objects.all())
        # It ends with this process, for that holds its input.
        self.sink = subprocess.Popen(
            [sys.executable, "-m", "bench.sink"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self._port()
        assert "exchange_recorded" in KINDS, "the rooms are there"

    def _port(self) -> int:
        assert self.sink.stdout
        return int(self.sink.stdout.readline())

    def letters_a_second(self, many: int) -> float:
        """Write so many letters, and time how they are sent."""
        due = clock.now() - timedelta(seconds=1)
        Letter.objects.bulk_create(
            Letter(
                member=self.members[number % len(self.members)],
                kind="exchange_recorded",
                subject="Hours were recorded with you",
                text=TEXT,
                path="/hours/exchanges/0199b7a0-0000-7000-8000-000000000000/",
                made_at=due,
                due_at=due,
            )
            for number in range(many)
        )
        before = time.perf_counter()
        sent = send_letters()
        took = time.perf_counter() - before
        assert sent == many, (sent, many)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM members_letter WHERE sent_at IS NULL")
            assert cursor.fetchone() == (0,)
        return many / took
