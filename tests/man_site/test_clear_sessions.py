"""Sessions that have ended are forgotten, and where they were signed in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from man_site.tasks import clear_sessions
from members import clock
from tests.conftest import PASSWORD
from tests.members.test_sign_in import URL

pytestmark = pytest.mark.django_db


def test_what_has_ended_goes_and_what_lives_stays(client, ana):
    client.post(URL, {"login": ana.email, "password": PASSWORD})
    assert Session.objects.count() == UserSession.objects.count() == 1

    clear_sessions()
    assert Session.objects.count() == UserSession.objects.count() == 1

    with time_machine.travel(clock.now() + timedelta(days=90)):
        clear_sessions()
    assert Session.objects.count() == UserSession.objects.count() == 0
