"""Whose credential runs out soon is told, once, in time."""

from datetime import timedelta

import pytest

from members import clock
from members.actions import end_credential, warn_of_expiry
from members.models import CredentialKind, Member
from members.policies.money import CREDENTIAL_WARNING_DAYS
from members.tasks import warn_of_expiry as warn_of_expiry_task
from tests import make
from tests.marks import committed
from tests.races import at_once

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_it_is_told_once_before_the_last_day(rosa, ana, ben):
    today = clock.today()
    credential = make.credential(rosa, ana, expires_on=today + 30 * DAY)
    make.credential(rosa, ben, expires_on=today + 31 * DAY)

    assert (warn_of_expiry(), warn_of_expiry()) == (1, 0)

    notice = ana.notices.get()
    assert notice.headline.startswith("approved driver: the last day is")
    assert notice.path == f"/people/{ana.pk}/credentials/"
    assert notice.letter
    assert not ben.notices.exists()
    credential.refresh_from_db()
    assert credential.warned_at


def test_on_its_last_day_it_is_still_told_and_after_it_no_more(rosa, ana, ben):
    today = clock.today()
    make.credential(rosa, ana, expires_on=today)
    make.credential(rosa, ben, granted_on=today - 9 * DAY, expires_on=today - DAY)

    assert warn_of_expiry() == 1
    assert ana.notices.exists()


def test_how_early_is_a_policy(rosa, ana):
    make.credential(rosa, ana, expires_on=clock.today() + 60 * DAY)
    assert warn_of_expiry() == 0

    make.policy(rosa, CREDENTIAL_WARNING_DAYS, 60)

    assert warn_of_expiry() == 1


def test_whose_was_looked_into_again_is_not_asked_to(rosa, ana):
    today = clock.today()
    make.credential(rosa, ana, expires_on=today + 5 * DAY)
    renewed = make.credential(rosa, ana, expires_on=today + 365 * DAY)
    make.credential(rosa, ana, kind=CredentialKind.FIRST_AID)
    assert warn_of_expiry() == 0

    end_credential(by=make.acting(rosa), credential=renewed)

    assert warn_of_expiry() == 1


def test_what_was_ended_and_who_has_left_is_left_alone(rosa, ana, ben):
    soon = clock.today() + 5 * DAY
    ended = make.credential(rosa, ana, expires_on=soon)
    end_credential(by=make.acting(rosa), credential=ended)
    make.credential(rosa, ben, expires_on=soon)
    Member.objects.filter(pk=ben.pk).update(left_at=clock.now())

    assert warn_of_expiry() == 0


def test_who_has_no_email_is_told_here(rosa, edna):
    make.credential(rosa, edna, expires_on=clock.today())

    warn_of_expiry_task()

    assert edna.notices.get().letter is None


@committed
def test_two_workers_tell_it_once(rosa, ana):
    make.credential(rosa, ana, expires_on=clock.today())

    answers = at_once([warn_of_expiry] * 4)

    assert sum(answers) == 1
    assert ana.notices.count() == 1
