"""The worker killed again and again while letters wait: each arrives, none three times.

A real worker sends to a real mail service, and is killed at any moment: before a letter,
in the middle of it, or when it was taken and nobody has written that down yet.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.db import connection

from bench.sink import Sink
from members.models import Letter
from members.models.letters import INTERRUPTED, UNCLEAR_AT_MOST
from members.notices import SEND_LETTERS
from tests import make
from tests.marks import committed

LETTERS = 72
KILLS = 4
WORKER = ["-m", "celery", "-A", "man_site", "worker", "--pool=solo"]
WORKER += ["--without-gossip", "--without-mingle", "--loglevel=ERROR"]

pytestmark = [committed, pytest.mark.xdist_group("kill")]


@contextmanager
def a_sink(slow: float):
    """A mail service in a thread, and the numbers of the letters that it took."""
    took: list[str] = []
    sink = Sink(took.append, slow=slow)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    # In that thread: this one may have a loop of the browser's tests.
    server = asyncio.run_coroutine_threadsafe(sink.open(), loop).result()

    async def close():
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    try:
        yield sink, took
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        time.sleep(0.1)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def a_worker(sink):
    """The worker of the queue, as it runs in earnest; killed at the latest afterwards."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    environ = os.environ | {
        "DATABASE_URL": database.geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "LETTERS_LEASE": "1",
        "DJANGO_SETTINGS_MODULE": "man_site.settings",
    }
    environ.pop("DATABASE_OWNER_URL", None)
    process = subprocess.Popen(
        [sys.executable, *WORKER],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def tick() -> None:
    """What beat does once a minute."""
    current_app.send_task(SEND_LETTERS)


def wait_for(question, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def test_each_letter_arrives_and_none_three_times(ana, ben):
    for _ in range(LETTERS):
        make.exchange(ana, ben, 15)
    waiting = Letter.objects.filter(due_at__isnull=False)

    with a_sink(slow=0.02) as (sink, took):
        for _ in range(KILLS):
            before = len(took)
            tick()
            with a_worker(sink):
                # The moment that it has some letters behind it, and is with one of them.
                wait_for(lambda before=before: len(took) >= before + 5)
                time.sleep(random.uniform(0, 0.03))
            assert waiting.exists(), "it was killed too late"
        with a_worker(sink):
            until = time.monotonic() + 40
            while waiting.exists():
                assert time.monotonic() < until, "letters were left behind"
                tick()
                time.sleep(0.5)

    times = Counter(took)
    assert max(times.values()) <= 2
    for letter in Letter.objects.all():
        arrived = times[f"letter-{letter.pk}@localhost"]
        if letter.gave_up_at:
            assert (letter.fault, letter.unclear) == (INTERRUPTED, UNCLEAR_AT_MOST)
        else:
            assert letter.sent_at
            assert arrived >= 1


def test_one_that_breaks_off_each_time_is_left_to_people_after_the_second(ana, ben):
    make.exchange(ana, ben)

    with a_sink(slow=30) as (sink, took):
        for tries in (1, 2):
            tick()
            with a_worker(sink):
                wait_for(lambda tries=tries: len(took) == tries)
            time.sleep(1.1)
    with a_sink(slow=0) as (sink, more):
        tick()
        with a_worker(sink):
            wait_for(lambda: Letter.objects.get().gave_up_at)

    letter = Letter.objects.get()
    assert (len(took), more, letter.fault) == (2, [], INTERRUPTED)
