"""No page asks the database more than a dozen questions, whoever opens it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.who_may_open import PAGES, a_world

AT_MOST = 12


def questions(client, address) -> int:
    """How many questions a page asks that was opened before."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    # Savepoints are the test's own; a page that is looked at begins none.
    return sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)


@pytest.mark.django_db
def test_no_page_asks_more_than_a_dozen_questions(client, rosa, ana, ben, cleo):
    world = a_world(rosa, ana, ben, cleo)
    addresses = {
        page: make.address(page, *(about[0](world) if about else []))
        for page, _answers, *about in PAGES
    }
    many = {}
    for who in (rosa, ana):
        client.force_login(who)
        for page, address in addresses.items():
            if (asked := questions(client, address)) > AT_MOST:
                many[page, str(who)] = asked

    assert many == {}
