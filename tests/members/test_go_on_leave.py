"""Being away for a while, and coming back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import ask_whether_back, come_back, depart, go_on_leave
from members.models import Channel, DeedForAnother, LifeStep, Step
from tests import make

URL = "/me/leave/begin/"


def steps(member):
    return list(member.life.order_by("id").values_list("step", flat=True))[1:]


def test_a_member_goes_on_leave_and_comes_back(client, ana):
    client.force_login(ana)
    until = clock.today() + timedelta(days=30)

    response = client.post(URL, {"until": until.isoformat()})

    assertRedirects(response, "/me/leave/")
    ana.refresh_from_db()
    step = ana.life.get(step=Step.LEAVE_BEGAN)
    assert (step.until, step.recorded_at) == (until, ana.on_leave_at)
    assert "meant to be back" in client.get("/me/leave/").text

    client.post("/me/leave/end/")

    ana.refresh_from_db()
    assert ana.on_leave_at is None
    assert steps(ana) == [Step.LEAVE_BEGAN, Step.CAME_BACK]


def test_the_day_of_return_may_stay_open(client, ana):
    client.force_login(ana)

    client.post(URL, {"until": ""})

    assert ana.life.get(step=Step.LEAVE_BEGAN).until is None


def test_nobody_goes_on_leave_twice(client, ana):
    go_on_leave(by=make.acting(ana))

    with pytest.raises(ValidationError) as refused:
        go_on_leave(by=make.acting(ana))

    assert refused.value.code == "on_leave"
    client.force_login(ana)
    assert client.post(URL, {"until": ""}).status_code == 422
    assert steps(ana) == [Step.LEAVE_BEGAN]


def test_nobody_comes_back_who_was_not_away(client, ana):
    with pytest.raises(ValidationError) as refused:
        come_back(by=make.acting(ana))

    assert refused.value.code == "not_on_leave"
    client.force_login(ana)
    page = client.post("/me/leave/end/", follow=True)
    assert "You are not on leave" in page.text


@pytest.mark.parametrize(("days", "code"), [(0, "in_past"), (5000, "too_far_ahead")])
def test_the_day_of_return_lies_ahead_and_not_too_far(ana, days, code):
    with pytest.raises(ValidationError) as refused:
        go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=days))

    assert refused.value.error_dict["until"][0].code == code
    assert not ana.life.filter(step=Step.LEAVE_BEGAN).exists()


@pytest.mark.parametrize("until", ["tomorrow", "2027-02-30", "\0", "9" * 400])
def test_a_day_that_is_none_is_said_beside_the_field(client, ana, until):
    client.force_login(ana)

    response = client.post(URL, {"until": until})

    assert response.status_code == 422
    assert response.context["form"].errors["until"] == [
        "Write the day like 2027-05-31."
    ]


def test_a_coordinator_notes_it_for_who_phones_and_the_member_is_told(rosa, edna):
    by = Acting(rosa, edna, Channel.PHONE)

    step = go_on_leave(by=by)

    assert (step.recorded_by, step.recorded_for, step.channel) == (rosa, edna, "phone")
    noted = DeedForAnother.objects.get(deed="go_on_leave")
    assert (noted.recorded_for, noted.path) == (edna, step.get_absolute_url())
    come_back(by=by)
    edna.refresh_from_db()
    assert edna.on_leave_at is None


def test_nobody_else_sends_a_member_on_leave(ana, cleo):
    with pytest.raises(PermissionDenied):
        go_on_leave(by=Acting(cleo, ana))


def test_whoever_has_left_is_not_on_leave(ana):
    depart(by=make.acting(ana))

    with pytest.raises(ValidationError) as refused:
        go_on_leave(by=make.acting(ana))

    assert refused.value.code == "member_left"


def asked(member):
    return member.notices.filter(kind="leave_ends")


def pass_days(monkeypatch, days):
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(days=days))


def test_when_the_day_comes_they_are_asked_once(monkeypatch, ana):
    step = go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=3))
    assert ask_whether_back() == 0

    pass_days(monkeypatch, 4)

    assert [ask_whether_back() for _ in range(3)] == [1, 0, 0]
    assert asked(ana).get().path == step.get_absolute_url()
    pass_days(monkeypatch, 400)
    assert ask_whether_back() == 0


def test_each_leave_is_asked_about_for_itself(monkeypatch, ana):
    go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=1))
    pass_days(monkeypatch, 2)
    ask_whether_back()
    come_back(by=make.acting(ana))
    go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=1))
    pass_days(monkeypatch, 2)

    assert ask_whether_back() == 1
    assert asked(ana).count() == 2


def test_nobody_is_asked_who_came_back_before_or_named_no_day(monkeypatch, ana, ben):
    go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=1))
    come_back(by=make.acting(ana))
    go_on_leave(by=make.acting(ben))
    pass_days(monkeypatch, 2)

    assert ask_whether_back() == 0
    assert LifeStep.objects.filter(step=Step.CAME_BACK).count() == 1


def test_everybody_reads_their_own_steps_alone(client, ana, cleo):
    step = go_on_leave(by=make.acting(ana))
    client.force_login(cleo)

    page = client.get("/me/leave/")

    assert f"step-{step.pk}" not in page.text
    assert "went on leave" not in page.text
