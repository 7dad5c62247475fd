"""How an application becomes a membership; and how somebody we know is welcomed at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import actions
from members.actions import welcome_applicant, welcome_member, welcome_somebody
from members.models import (
    Answer,
    Application,
    Channel,
    LifeStep,
    Member,
    MemberKind,
    OrientationStep,
    Role,
    Verdict,
)
from tests import make
from tests.marks import committed
from tests.races import at_once

SOMEBODY = reverse("members:welcome-somebody")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def page_of(application) -> str:
    return reverse("members:welcome-applicant", args=[application.pk])


def test_a_newcomer_becomes_a_member_with_all_they_said(client, rosa):
    old_town = make.neighbourhood(rosa)
    noor = make.application(phone="608 555 0142", neighbourhood=old_town)
    make.made_ready(noor, rosa)
    client.force_login(rosa)
    client.get(page_of(noor))
    assert Member.objects.count() == 1

    page = client.post(page_of(noor))

    noor.refresh_from_db()
    member = noor.member
    assertRedirects(page, reverse("members:welcomed", args=[member.pk]))
    assert (noor.answer, noor.answered_by) == (Answer.WELCOMED, rosa)
    assert (member.name, member.email) == ("Noor Haddad", "noor@example.org")
    assert member.profile.phone == "608 555 0142"
    assert member.profile.neighbourhood == old_town
    assert LifeStep.objects.get(member=member).recorded_by == rosa
    # The other rooms heard of it.
    make.limits(member)


def test_a_new_member_is_greeted_and_told_what_to_do_first(rosa):
    member = welcome_applicant(
        by=make.acting(rosa), application=make.made_ready(make.application(), rosa)
    )

    notice = member.notices.get()
    assert notice.headline == "Welcome, Noor"
    assert str(member.number) in notice.text
    assert notice.letter.path == reverse("members:change-profile")


def test_sent_twice_it_is_one_welcome(client, rosa):
    noor = make.made_ready(make.application(), rosa)
    client.force_login(rosa)

    first, again = client.post(page_of(noor)), client.post(page_of(noor))

    assert first.url == again.url
    assert Member.objects.count() == 2


def test_a_welcome_waits_for_every_step_and_names_what_is_missing(rosa):
    noor = make.application()
    first, second = OrientationStep.objects.in_use()
    by = make.acting(rosa)
    actions.take_step(by=by, application=noor, step=first)

    with pytest.raises(ValidationError) as caught:
        welcome_applicant(by=by, application=noor)

    assert caught.value.code == "steps_to_come"
    assert second.title in caught.value.messages[0]
    assert first.title not in caught.value.messages[0]


@pytest.mark.parametrize("verdict", [Verdict.UNSURE, Verdict.DOUBTS])
def test_a_welcome_waits_for_people_who_vouch(client, rosa, verdict):
    noor = make.made_ready(make.application(), rosa)
    by = make.acting(rosa)
    actions.note_reference(by=by, reference=noor.references.get(), verdict=verdict)

    with pytest.raises(ValidationError) as caught:
        welcome_applicant(by=by, application=noor)
    assert caught.value.code == "references_to_come"

    client.force_login(rosa)
    page = client.post(page_of(noor), follow=True)
    assertRedirects(page, noor.get_absolute_url())
    assert "must vouch for them" in page.text


def test_a_retired_step_is_asked_of_nobody(rosa):
    noor = make.made_ready(make.application(), rosa)
    by = make.acting(rosa)
    new = actions.add_step(by=by, title="Tea")
    with pytest.raises(ValidationError):
        welcome_applicant(by=by, application=noor)

    actions.retire_step(by=by, step=new)

    assert welcome_applicant(by=by, application=noor)


def test_whoever_was_invited_is_vouched_for(rosa, ana):
    noor = actions.apply(
        key=make.key(),
        asked=make.asked(references=()),
        invitation=make.invitation(ana),
    )
    make.made_ready(noor, rosa)

    assert welcome_applicant(by=make.acting(rosa), application=noor)


def test_an_address_that_was_taken_meanwhile_is_said_and_nothing_is_half_done(
    client, rosa
):
    noor = make.made_ready(make.application(), rosa)
    welcome_member(by=make.acting(rosa), name="Noor", email="noor@example.org")
    client.force_login(rosa)

    page = client.post(page_of(noor), follow=True)

    assert "has this e-mail address already" in page.text
    noor.refresh_from_db()
    assert noor.answered_at is None


@committed
def test_two_coordinators_at_one_moment_welcome_once(rosa):
    noor = make.made_ready(make.application(), rosa)

    answers = at_once(
        [lambda: welcome_applicant(by=make.acting(rosa), application=noor).pk] * 6
    )

    assert len(set(answers)) == 1
    assert Member.objects.count() == 2


@committed
def test_welcome_and_withdrawal_at_one_moment_are_one_answer(rosa):
    noor = make.made_ready(make.application(), rosa)

    answers = at_once(
        [
            lambda: welcome_applicant(by=make.acting(rosa), application=noor) and "in",
            lambda: actions.withdraw_application(application=noor) and "out",
        ]
    )

    assert "answered" in answers
    assert (Member.objects.count() == 2) == ("in" in answers)


def typed(**words):
    given = {
        "key": str(make.key()),
        "name": "Ole Dahl",
        "kind": "person",
        "email": "",
        "phone": "",
        "contact_way": "post",
        "channel": "paper",
    }
    return given | words


def test_somebody_we_know_is_welcomed_without_email_or_phone(client, rosa):
    client.force_login(rosa)

    page = client.post(SOMEBODY, typed(), follow=True)

    ole = Member.objects.get(name="Ole Dahl")
    assert page.context["member"] == ole
    assert str(ole.number) in page.text
    for helps in (
        reverse("members:print-sign-in-code", args=[ole.pk]),
        ole.get_absolute_url(),
        reverse("members:sign-agreement-on-paper", args=["membership", ole.pk]),
    ):
        assert f'href="{helps}"' in page.text
    assert client.get(helps).status_code == 200
    assert (ole.email, ole.profile.contact_way) == (None, "post")
    way_in = Application.objects.get()
    assert (way_in.member, way_in.recorded_by, way_in.channel) == (
        ole,
        rosa,
        Channel.PAPER,
    )


def test_an_organisation_is_welcomed(client, rosa):
    client.force_login(rosa)
    page = client.post(
        SOMEBODY, typed(name="The Bakery", kind="organisation"), follow=True
    )

    bakery = Member.objects.get(name="The Bakery")
    assert bakery.kind == MemberKind.ORGANISATION
    assert reverse("members:make-steward", args=[bakery.pk]) in page.text


def test_whoever_looks_after_membership_is_not_led_to_what_coordinators_do(
    client, rosa, ana, edna
):
    mei_lin = make.role(rosa, ana, Role.MEMBERSHIP)
    client.force_login(mei_lin)

    page = client.get(reverse("members:welcomed", args=[edna.pk])).text

    assert reverse("members:print-sign-in-code", args=[edna.pk]) not in page
    assert "A coordinator prints the code." in page


def test_one_form_sent_twice_welcomes_once(client, rosa):
    client.force_login(rosa)
    words = typed()

    first, again = client.post(SOMEBODY, words), client.post(SOMEBODY, words)

    assert first.url == again.url
    assert Member.objects.count() == 2


@committed
def test_one_form_from_many_tabs_welcomes_once(rosa):
    words = {"by": make.acting(rosa), "key": make.key(), "channel": Channel.PAPER}
    asked = make.asked(email="")

    answers = at_once([lambda: welcome_somebody(asked=asked, **words).pk] * 6)

    assert len(set(answers)) == 1
    assert Member.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"email": "ana@example.org"}, "email"),
        ({"email": "noor@example.org"}, "__all__"),
        ({"name": "Аna"}, "name"),
        ({"name": ""}, "name"),
        ({"phone": "12"}, None),
        ({"kind": "robot"}, "kind"),
        ({"key": "forged"}, "key"),
    ],
)
def test_what_makes_no_sense_is_refused(client, rosa, ana, words, field):
    make.application()
    client.force_login(rosa)

    page = client.post(SOMEBODY, typed(**words))

    if field is None:
        assert page.status_code == 302
        return
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_only_those_who_welcome_welcome(client, rosa, ana):
    noor = make.made_ready(make.application(), rosa)
    client.force_login(ana)

    assert client.post(SOMEBODY, typed()).status_code == 403
    assert client.post(page_of(noor)).status_code == 404
    with pytest.raises(PermissionDenied):
        welcome_applicant(by=make.acting(ana), application=noor)


def test_whoever_welcomes_does_so_as_themselves(client, rosa, edna):
    """Also while they act for somebody who phoned: the welcome is no deed of Edna's."""
    noor = make.made_ready(make.application(), rosa)
    client.force_login(rosa)
    session = client.session
    session["acting_for"] = {"member": edna.pk, "channel": "phone"}
    session.save()

    client.post(page_of(noor), {"acting_for": edna.pk})

    assert Application.objects.get(pk=noor.pk).answered_by == rosa
    assert not edna.notices.exists()
