"""The first hour: two neighbours, a form, a worker, a letter, two statements, sound books."""

import time

import pytest
from celery.contrib.testing.worker import start_worker
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from man_site import celery_app
from members.models import Notice
from members.notices import WOKEN
from tests import make
from tests.marks import committed
from timebank.models import Exchange


@pytest.fixture
def _a_worker(transactional_db):
    """A real worker on the real queue."""
    cache.delete(WOKEN)
    celery_app.control.purge()
    with start_worker(
        celery_app, pool="solo", perform_ping_check=False, shutdown_timeout=20
    ):
        yield


def soon(question) -> bool:
    until = time.monotonic() + 20
    while not question() and time.monotonic() < until:
        time.sleep(0.05)
    return question()


@committed
@pytest.mark.usefixtures("_a_worker")
def test_ben_logs_two_hours_and_ana_hears_of_it(client, ana, ben):
    client.force_login(ben)
    picked = client.get(reverse("timebank:record-exchange"), {"neighbour": ana.pk})
    form = picked.context["form"]
    typed = {
        "neighbour": ana.pk,
        "direction": "received",
        "minutes": "2",
        "what": "Mended my bicycle",
        "helped_on": form["helped_on"].value().isoformat(),
        "key": str(form["key"].value()),
    }

    shown = client.post(reverse("timebank:record-exchange"), typed, follow=True)

    exchange = Exchange.objects.get()
    assert shown.context["exchange"] == exchange
    assert soon(lambda: Notice.objects.filter(letter__sent_at__isnull=False).exists())
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert exchange.get_absolute_url() in letter.body

    for member, change in ((ana, 120), (ben, -120)):
        client.force_login(member)
        page = client.get(reverse("timebank:statement")).context["page"]
        assert [(line.words, line.change) for line in page.lines] == [
            ("Mended my bicycle", change)
        ]
        assert page.balance == change

    make.books()
    client.logout()
    assert client.get(reverse("books")).context["checks"][0].is_sound
