"""The flags of a member agree with the steps of their life, whatever happens in between."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from members.actions import (
    come_back,
    depart,
    forget_member,
    go_on_leave,
    still_here,
    welcome_member,
)
from members.models import Member, Step
from tests import make

DEEDS = {
    "go_on_leave": lambda member, rosa: go_on_leave(by=make.acting(member)),
    "come_back": lambda member, rosa: come_back(by=make.acting(member)),
    "still_here": lambda member, rosa: still_here(by=make.acting(member)),
    "depart": lambda member, rosa: depart(by=make.acting(member)),
    "forget": lambda member, rosa: forget_member(by=make.acting(rosa), member=member),
}
AWAY = {Step.LEAVE_BEGAN: True, Step.CAME_BACK: False, Step.DEPARTED: False}
NUMBERS = iter(range(10**6))


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=some.lists(some.sampled_from(sorted(DEEDS)), max_size=8))
def test_flags_and_steps_agree_after_any_sequence(rosa, deeds):
    member = welcome_member(by=make.acting(rosa), name=f"Nn {next(NUMBERS)}")
    for name in deeds:
        before = list(member.life.values_list("pk", flat=True))
        try:
            DEEDS[name](Member.objects.get(pk=member.pk), rosa)
        except (ValidationError, PermissionDenied):
            assert list(member.life.values_list("pk", flat=True)) == before

        now = Member.objects.get(pk=member.pk)
        steps = list(member.life.order_by("id"))
        on_leave = [AWAY[one.step] for one in steps if one.step in AWAY]
        kinds = [one.step for one in steps]
        assert (now.on_leave_at is not None) == bool(on_leave and on_leave[-1])
        assert (now.left_at is not None) == (Step.DEPARTED in kinds)
        assert (now.forgotten_at is not None) == (Step.FORGOTTEN in kinds)
        assert now.is_active == (now.left_at is None)
        assert max(map(kinds.count, (Step.DEPARTED, Step.FORGOTTEN))) <= 1
        began = [one for one in steps if one.step == Step.LEAVE_BEGAN]
        if now.on_leave_at:
            assert now.on_leave_at == began[-1].recorded_at
        if now.left_at:
            departed = next(one for one in steps if one.step == Step.DEPARTED)
            assert now.left_at == departed.recorded_at
