"""Who carries which task, from when to when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from members import clock
from members.actions import grant_role
from members.models import Member, Role, RoleGrant
from tests import make

pytestmark = pytest.mark.django_db


def again(member):
    return Member.objects.get(pk=member.pk)


def test_a_role_is_held_from_its_grant_on(rosa, ana):
    assert not ana.has_role(Role.TREASURER)

    grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER)

    assert again(ana).roles == {"treasurer"}
    assert RoleGrant.objects.get(member=ana).granted_by == rosa


def test_granting_it_again_changes_nothing(rosa, ana):
    first = grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER)

    assert grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER) == first


def test_a_role_that_ended_or_is_to_come_is_not_held(rosa, ana, ben):
    now = clock.now()
    words = {"role": Role.AUDITOR, "granted_by": rosa}
    day = timedelta(days=1)
    RoleGrant.objects.create(
        member=ana, started_at=now - 2 * day, ended_at=now - day, **words
    )
    RoleGrant.objects.create(member=ben, started_at=now + day, **words)

    assert again(ana).roles == again(ben).roles == frozenset()


def test_a_role_does_not_end_before_it_starts(rosa, ana):
    now = clock.now()
    with pytest.raises(IntegrityError, match="role_grant_ends_after_it_starts"):
        RoleGrant.objects.create(
            member=ana, role=Role.AUDITOR, granted_by=rosa, started_at=now, ended_at=now
        )


def test_only_coordinators_grant(ana, ben):
    with pytest.raises(PermissionDenied):
        grant_role(by=make.acting(ana), member=ben, role=Role.TREASURER)
