"""The steps that newcomers go through, as the network sets them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import actions
from members.models import OrientationStep
from tests import make
from tests.marks import committed
from tests.races import at_once

URL = reverse("members:orientation")

pytestmark = pytest.mark.django_db


def titles() -> list[str]:
    return [step.title for step in OrientationStep.objects.in_use()]


def three(rosa) -> list[OrientationStep]:
    """Only these: One, Two, Three."""
    by = make.acting(rosa)
    for step in OrientationStep.objects.in_use():
        actions.retire_step(by=by, step=step)
    return [actions.add_step(by=by, title=title) for title in ("One", "Two", "Three")]


def test_a_network_begins_with_a_talk_and_the_agreement(rosa):
    assert titles() == [
        "A talk with a coordinator",
        "Reading the membership agreement together",
    ]


def test_a_step_is_added_at_the_end_once(client, rosa):
    client.force_login(rosa)

    for _ in range(2):
        page = client.post(reverse("members:add-step"), {"title": "Tea", "about": "x"})
        assertRedirects(page, URL)

    assert titles()[2:] == ["Tea"]


def test_a_step_is_said_in_other_words(client, rosa):
    step = three(rosa)[0]
    client.force_login(rosa)

    client.post(
        reverse("members:change-step", args=[step.pk]), {"title": "Uno", "about": ""}
    )

    assert titles() == ["Uno", "Two", "Three"]


@pytest.mark.parametrize(
    ("number", "way", "then"),
    [
        (2, "up", ["One", "Three", "Two"]),
        (0, "down", ["Two", "One", "Three"]),
        (0, "up", ["One", "Two", "Three"]),
        (2, "down", ["One", "Two", "Three"]),
    ],
)
def test_a_step_changes_places(client, rosa, number, way, then):
    step = three(rosa)[number]
    client.force_login(rosa)

    client.post(reverse("members:move-step", args=[step.pk]), {"way": way})

    assert titles() == then


def test_a_step_is_retired_after_a_question(client, rosa):
    step = three(rosa)[1]
    client.force_login(rosa)
    url = reverse("members:retire-step", args=[step.pk])

    client.get(url)
    assert "Two" in titles()
    client.post(url)

    assert titles() == ["One", "Three"]
    # It is gone from where it could be changed or moved.
    assert client.get(reverse("members:change-step", args=[step.pk])).status_code == 404
    client.post(reverse("members:move-step", args=[step.pk]), {"way": "up"})
    assert titles() == ["One", "Three"]


@pytest.mark.parametrize("title", ["", "  ", "x" * 81, "Tea\nand cake", "\u202etea"])
def test_a_senseless_step_is_refused(client, rosa, title):
    client.force_login(rosa)

    page = client.post(reverse("members:add-step"), {"title": title, "about": ""})

    assert page.status_code == 422
    with pytest.raises(ValidationError):
        actions.add_step(by=make.acting(rosa), title=title)


def test_members_do_not_set_the_steps(client, rosa, ana):
    step = OrientationStep.objects.first()
    client.force_login(ana)

    assert client.get(URL).status_code == 403
    for name in ("change-step", "move-step", "retire-step"):
        url = reverse(f"members:{name}", args=[step.pk])
        assert client.post(url, {"title": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_step(by=make.acting(ana), title="Pay Ana")


@committed
def test_many_at_once_add_one_step_and_keep_an_order(rosa):
    by = make.acting(rosa)
    deeds = [lambda: actions.add_step(by=by, title="Tea").pk] * 4
    deeds += [lambda n=n: actions.add_step(by=by, title=f"T{n}").pk for n in range(4)]

    at_once(deeds)

    places = list(OrientationStep.objects.in_use().values_list("place", flat=True))
    assert places == list(range(7))
