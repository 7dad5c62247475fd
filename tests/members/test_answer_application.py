"""How those who welcome lead an application to its answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import actions, clock
from members.models import (
    Answer,
    Application,
    Letter,
    OrientationStep,
    Reference,
    Role,
    StepTaken,
    Verdict,
)
from tests import make

QUEUE = reverse("members:applications")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def page_of(name: str, *args) -> str:
    return reverse(f"members:{name}", args=args)


def aged(application, days):
    then = clock.now() - timedelta(days=days)
    Application.objects.filter(pk=application.pk).update(applied_at=then)


def test_the_queue_has_the_oldest_first_and_says_what_comes_next(client, rosa):
    young = make.application(name="Young", email="young@example.org")
    old = make.application(name="Old", email="old@example.org")
    ready = make.application(name="Ready", email="ready@example.org")
    aged(old, 31)
    aged(ready, 30)
    make.made_ready(ready, rosa)
    client.force_login(rosa)

    rows = client.get(QUEUE).context["rows"]

    talk = OrientationStep.objects.first().title
    assert [(row.application, row.days, row.is_late, row.next) for row in rows] == [
        (old, 31, True, talk),
        (ready, 30, False, "Welcome them"),
        (young, 0, False, talk),
    ]


def test_the_queue_says_whom_to_ask(client, rosa):
    noor = make.application()
    for step in OrientationStep.objects.in_use():
        actions.take_step(by=make.acting(rosa), application=noor, step=step)
    client.force_login(rosa)

    assert client.get(QUEUE).context["rows"][0].next == "Ask Sam Bell about them"

    doubt = noor.references.get()
    actions.note_reference(
        by=make.acting(rosa), reference=doubt, verdict=Verdict.DOUBTS
    )
    assert client.get(QUEUE).context["rows"][0].next == (
        "Find somebody who vouches for them"
    )


def test_an_empty_queue_says_so(client, rosa):
    client.force_login(rosa)

    assert "Nobody waits" in client.get(QUEUE).text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_costs_the_same_for_one_and_for_many(
    client, rosa, ana, rows, django_assert_max_num_queries
):
    for number in range(rows):
        email = f"n{number}@example.org"
        invited = make.invitation(ana, email) if number < 10 else None
        noor = actions.apply(
            key=make.key(), asked=make.asked(email=email), invitation=invited
        )
        if number % 3 == 0:
            make.made_ready(noor, rosa)
    client.force_login(rosa)
    client.get(QUEUE)

    with django_assert_max_num_queries(12):
        assert len(client.get(QUEUE).context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_answered_cost_the_same_for_one_and_for_many(
    client, rosa, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make.withdrawn(make.application(email=f"n{number}@example.org"))
    client.force_login(rosa)
    client.get(page_of("answered-applications"))

    with django_assert_max_num_queries(12):
        page = client.get(page_of("answered-applications"))
    assert len(page.context["numbered"].object_list) == rows


def test_the_membership_role_sees_applications_and_other_members_do_not(
    client, rosa, ana, ben
):
    noor = make.application()
    make.role(rosa, ana, Role.MEMBERSHIP)
    make.role(rosa, ben, Role.TREASURER)

    for member, status in ((ana, 200), (ben, 404)):
        client.force_login(member)
        assert client.get(QUEUE).status_code == status
        assert client.get(noor.get_absolute_url()).status_code == status


def test_a_step_is_taken_once_however_often_it_is_noted(client, rosa):
    noor = make.application()
    step = OrientationStep.objects.first()
    client.force_login(rosa)

    for _ in range(2):
        page = client.post(page_of("take-step", noor.pk, step.pk))
        assertRedirects(page, noor.get_absolute_url())

    taken = StepTaken.objects.get()
    assert (taken.step, taken.recorded_by) == (step, rosa)


def test_only_those_who_welcome_note_steps_and_references(client, rosa, ana):
    noor = make.application()
    client.force_login(ana)
    for name, args in (
        ("take-step", [noor.pk, OrientationStep.objects.first().pk]),
        ("name-reference", [noor.pk]),
        ("note-reference", [noor.references.get().pk]),
        ("decline-application", [noor.pk]),
        ("withdraw-application-for", [noor.pk]),
        ("welcome-applicant", [noor.pk]),
    ):
        words = {"words": "No", "name": "A", "contact": "B", "verdict": "vouches"}
        assert client.post(page_of(name, *args), words).status_code == 404

    by = make.acting(ana)
    with pytest.raises(PermissionDenied):
        actions.decline_application(by=by, application=noor, words="No")
    with pytest.raises(PermissionDenied):
        actions.withdraw_application(by=by, application=noor)
    assert Application.objects.open().get() == noor


def test_a_reference_is_added_and_what_they_say_is_noted(client, rosa):
    noor = make.application(references=())
    client.force_login(rosa)
    words = {"name": "Lee Park", "contact": "lee@example.org"}

    for _ in range(2):
        assertRedirects(
            client.post(page_of("name-reference", noor.pk), words),
            noor.get_absolute_url(),
        )
    lee = noor.references.get()
    client.post(
        page_of("note-reference", lee.pk), {"verdict": "vouches", "words": "Gladly!"}
    )

    lee.refresh_from_db()
    assert (lee.verdict, lee.words, lee.recorded_by) == ("vouches", "Gladly!", rosa)


@pytest.mark.parametrize(
    "words",
    [
        {"name": "", "contact": "x"},
        {"name": "Lee\nPark", "contact": "x"},
        {"name": "Lee", "contact": "x" * 121},
    ],
)
def test_a_senseless_reference_is_refused(client, rosa, words):
    noor = make.application(references=())
    client.force_login(rosa)

    assert client.post(page_of("name-reference", noor.pk), words).status_code == 422
    assert not Reference.objects.exists()


def test_a_forged_verdict_is_refused(client, rosa):
    reference = make.application().references.get()
    client.force_login(rosa)

    page = client.post(page_of("note-reference", reference.pk), {"verdict": "adores"})

    assert page.status_code == 422


def test_somebody_is_declined_with_a_kind_letter(client, rosa):
    noor = make.application()
    client.force_login(rosa)

    page = client.post(
        page_of("decline-application", noor.pk), {"words": "You live too far away."}
    )

    assertRedirects(page, QUEUE)
    noor.refresh_from_db()
    assert (noor.answer, noor.answered_by) == (Answer.DECLINED, rosa)
    letter = Letter.objects.get(subject="About your application")
    assert "You live too far away." in letter.text


def test_a_no_without_a_reason_is_refused(client, rosa):
    noor = make.application()
    client.force_login(rosa)

    page = client.post(page_of("decline-application", noor.pk), {"words": "  "})

    assert page.status_code == 422
    with pytest.raises(ValidationError):
        actions.decline_application(by=make.acting(rosa), application=noor, words=" ")


def test_an_application_is_answered_once(rosa):
    noor = make.application()
    by = make.acting(rosa)
    actions.decline_application(by=by, application=noor, words="Too far")
    step, reference = OrientationStep.objects.first(), noor.references.get()

    for late in (
        lambda: actions.decline_application(by=by, application=noor, words="Twice"),
        lambda: actions.withdraw_application(application=noor),
        lambda: actions.welcome_applicant(by=by, application=noor),
        lambda: actions.take_step(by=by, application=noor, step=step),
        lambda: actions.note_reference(
            by=by, reference=reference, verdict=Verdict.DOUBTS
        ),
        lambda: actions.name_reference(by=by, application=noor, name="A", contact="B"),
    ):
        with pytest.raises(ValidationError) as caught:
            late()
        assert caught.value.code == "answered"


def test_an_applicant_takes_it_back_by_the_link_in_the_letter(client, rosa):
    noor = make.application()
    yours = Letter.objects.get(address="noor@example.org").path
    withdraw = page_of("withdraw-application", make.signed(noor))
    assert client.get(yours).context["steps"][1][1] == "now"

    client.get(withdraw)
    assert not Application.objects.get().answered_at

    for _ in range(2):
        assertRedirects(client.post(withdraw), yours)
    noor.refresh_from_db()
    assert (noor.answer, noor.answered_by) == (Answer.WITHDRAWN, None)
    # Opened again, it says so and asks for nothing.
    assertRedirects(client.get(withdraw), yours)
    assert "taken your application back" in client.get(yours).text


@pytest.mark.parametrize("name", ["your-application", "withdraw-application"])
@pytest.mark.parametrize("forge", ["1", "1:forged", "{pk}:forged", ":", "x" * 300])
def test_a_forged_link_is_answered_kindly(client, rosa, name, forge):
    noor = make.application()

    page = client.post if name.startswith("withdraw") else client.get
    answer = page(page_of(name, forge.format(pk=noor.pk)))

    assert answer.status_code == 404
    assert answer.templates[0].name == "members/application_unknown.html"
    assert Application.objects.open().get() == noor


def test_a_link_for_one_thing_opens_no_other(client, rosa, ana):
    slip = make.slip(ana)

    page = client.get(page_of("your-application", make.signed(slip)))

    assert page.status_code == 404


def test_a_coordinator_takes_it_back_for_them(client, rosa):
    noor = make.application()
    client.force_login(rosa)

    client.post(page_of("withdraw-application-for", noor.pk))

    noor.refresh_from_db()
    assert (noor.answer, noor.answered_by) == (Answer.WITHDRAWN, rosa)


def test_an_applicants_page_tells_nothing_but_the_steps(client, rosa):
    noor = make.application(phone="608 555 0142", words="I was ill.")

    text = client.get(page_of("your-application", make.signed(noor))).text

    assert "Noor" in text
    for told in ("0142", "noor@example.org", "I was ill", "Sam Bell"):
        assert told not in text


def test_what_somebody_wrote_who_did_not_join_is_forgotten_after_a_year(
    client, rosa, monkeypatch
):
    gone = make.withdrawn(make.application(words="I was ill."))
    waiting = make.application(email="kim@example.org")
    yours = page_of("your-application", make.signed(gone))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=365))
    assert actions.forget_applications() == 0
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=367))

    assert (actions.forget_applications(), actions.forget_applications()) == (1, 0)

    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.words) == ("", None, "")
    assert gone.references.get().contact == ""
    assert waiting.references.get().contact == "555 0100"
    assert client.get(yours).status_code == 404
    client.force_login(rosa)
    for page in (gone.get_absolute_url(), page_of("answered-applications")):
        assert "forgotten by now" in client.get(page).text


def test_whoever_left_before_is_known_again(client, rosa, ana):
    actions.depart(by=make.acting(ana))
    again = make.application(name="Ana", email="Ana@example.org")
    client.force_login(rosa)

    page = client.get(again.get_absolute_url())

    assert page.context["former"] == ana
    assert "left the network" in page.text


def test_what_somebody_wrote_who_belongs_now_is_read_here_no_more(client, rosa):
    """A member's phone number is opened on their page alone, where it is noted."""
    noor = make.application(phone="555 0142 77", words="I mend bicycles")
    client.force_login(rosa)
    secrets = ("noor@example.org", "555 0142", "555 0100", "I mend bicycles")
    page = client.get(noor.get_absolute_url()).text
    assert all(words in page for words in secrets)

    actions.welcome_applicant(
        by=make.acting(rosa), application=make.made_ready(noor, rosa)
    )

    page = client.get(noor.get_absolute_url()).text
    assert [words for words in secrets if words in page] == []
    assert "They belong now" in page
