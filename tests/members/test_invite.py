"""How members ask others to join: by letter, on a slip, and a whole list at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import actions, clock
from members.actions import change_policy
from members.actions.invitations import path_of
from members.models import Application, Invitation, Letter
from members.policies.joining import INVITATION_DAYS, INVITATIONS_A_MONTH
from tests import make
from tests.marks import committed
from tests.members.test_apply import codes, stamp, typed
from tests.races import at_once

MINE = reverse("members:invitations")
LETTER = reverse("members:invite")
CODE = reverse("members:use-code")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def at(monkeypatch, days):
    """Let so many days go by."""
    then = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: then)


def a_letter(**words):
    given = {
        "key": str(make.key()),
        "email": "noor@example.org",
        "name": "Noor Haddad",
        "words": "Come and bake with us!",
    }
    return given | words


def uninvited(**words):
    """A form as it looks behind an invitation: no references are asked."""
    form = typed(**words)
    return {name: form[name] for name in form if not name.startswith("reference")}


def test_a_member_invites_and_a_letter_brings_it(client, ana):
    client.force_login(ana)

    page = client.post(LETTER, a_letter(), follow=True)

    assertRedirects(page, MINE)
    letter = Letter.objects.get(address="noor@example.org")
    assert letter.subject == "You are invited"
    assert "Come and bake with us!" in letter.text
    assert "Ana Okafor" in letter.text
    client.logout()
    form = client.get(letter.path).context["form"]
    assert (form["name"].value(), form["email"].value()) == (
        "Noor Haddad",
        "noor@example.org",
    )
    assert form.references == []


def test_the_link_makes_an_invited_application_and_is_then_used_up(client, ana):
    path = path_of(make.invitation(ana))
    client.get(path)
    assert Invitation.objects.get().accepted_at is None

    page = client.post(path, uninvited())

    assert page.url == reverse("members:applied")
    noor = Application.objects.get()
    assert noor.invitation.recorded_for == ana
    assert noor.vouchers_to_come(5) == 0
    again = client.post(path, uninvited(email="other@example.org"))
    assert again.status_code == 410
    assert "Somebody has used it" in again.text
    assert Application.objects.get() == noor


def test_the_same_form_behind_a_link_sent_twice_by_two_tabs_is_no_fault(ana):
    invitation, key = make.invitation(ana), make.key()

    for _ in range(2):
        actions.apply(key=key, asked=make.asked(), invitation=invitation)

    assert Application.objects.count() == 1


@committed
def test_two_people_with_one_link_at_one_moment_one_is_invited(ana):
    invitation = make.invitation(ana)

    answers = at_once(
        [
            lambda n=n: (
                actions.apply(
                    key=make.key(),
                    asked=make.asked(email=f"n{n}@example.org"),
                    invitation=invitation,
                ).email
            )
            for n in range(6)
        ]
    )

    assert answers.count("invitation_gone") == 5
    assert Application.objects.count() == 1


def test_a_forwarded_link_serves_once_and_the_coordinator_sees_it(client, rosa, ana):
    path = path_of(make.invitation(ana))

    client.post(path, uninvited(name="Lee Park", email="lee@example.org"))

    lee = Application.objects.get()
    assert lee.is_forwarded
    client.force_login(rosa)
    assert "another address than they gave" in client.get(lee.get_absolute_url()).text


@pytest.mark.parametrize("forge", ["x", "x:y", "{id}", "{id}:forged", ":"])
def test_a_forged_link_is_answered_kindly(client, ana, forge):
    invitation = make.invitation(ana)
    signed = forge.format(id=invitation.pk.hex)
    url = reverse("members:apply-by-invitation", args=[signed])

    for page in (client.get(url), client.post(url, uninvited())):
        assert page.status_code == 404
        assert page.templates[0].name == "members/invitation_gone.html"
    assert not Application.objects.exists()


def test_an_expired_link_says_until_when_it_was_good(client, ana, monkeypatch):
    path = path_of(make.invitation(ana))
    at(monkeypatch, INVITATION_DAYS.default)

    page = client.get(path)

    assert page.status_code == 410
    assert "It was good until" in page.text


def test_a_link_that_runs_out_while_the_form_is_open_is_refused(ana, monkeypatch):
    invitation = make.invitation(ana)
    at(monkeypatch, INVITATION_DAYS.default)

    with pytest.raises(ValidationError) as caught:
        actions.apply(key=make.key(), asked=make.asked(), invitation=invitation)

    assert caught.value.code == "invitation_gone"


def test_an_invitation_is_taken_back_and_its_link_says_so(client, ana):
    invitation = make.invitation(ana)
    url = reverse("members:withdraw-invitation", args=[invitation.pk])
    client.force_login(ana)
    client.get(url)
    assert Invitation.objects.get().withdrawn_at is None

    for _ in range(2):
        assertRedirects(client.post(url), MINE)

    assert "has taken it back" in client.get(path_of(invitation)).text


def test_what_was_taken_up_is_not_taken_back(ana):
    invitation = make.invitation(ana)
    actions.apply(key=make.key(), asked=make.asked(), invitation=invitation)

    with pytest.raises(ValidationError) as caught:
        actions.withdraw_invitation(by=make.acting(ana), invitation=invitation)

    assert caught.value.code == "taken_up"


def test_others_do_not_see_or_take_back_my_invitation(client, ana, cleo):
    invitation = make.slip(ana)
    client.force_login(cleo)

    for name in ("invitation", "withdraw-invitation"):
        url = reverse(f"members:{name}", args=[invitation.pk])
        assert client.get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.withdraw_invitation(by=make.acting(cleo), invitation=invitation)


def test_who_belongs_is_told_to_nobody_who_invites(client, ana, ben):
    client.force_login(ana)

    stranger = client.post(LETTER, a_letter(), follow=True)
    member = client.post(LETTER, a_letter(email="BEN@example.org"), follow=True)

    assert [str(m) for m in member.context["messages"]] == [
        str(m) for m in stranger.context["messages"]
    ]
    assert "already" not in member.text
    letter = Letter.objects.get(address="ben@example.org")
    assert letter.subject == "You belong here already"


def test_an_address_has_one_open_invitation(ana, ben, monkeypatch):
    first = make.invitation(ana)
    with pytest.raises(ValidationError) as caught:
        make.invitation(ben, "NOOR@example.org")
    assert caught.value.error_dict["email"][0].code == "already_invited"

    at(monkeypatch, INVITATION_DAYS.default)

    assert make.invitation(ben).pk != first.pk


def test_one_form_is_one_invitation_and_one_letter(client, ana):
    client.force_login(ana)
    words = a_letter()

    for _ in range(2):
        assertRedirects(client.post(LETTER, words), MINE)

    assert Invitation.objects.count() == 1
    assert Letter.objects.filter(kind="invitation").count() == 1


@committed
def test_two_members_invite_one_address_at_one_moment(ana, ben):
    def invited_by(member):
        try:
            return make.invitation(member).recorded_for.name
        except ValidationError as refusal:
            return refusal.error_dict["email"][0].code

    answers = at_once([lambda who=who: invited_by(who) for who in (ana, ben)])

    assert answers.count("already_invited") == 1
    assert Letter.objects.filter(kind="invitation").count() == 1


def test_nobody_invites_more_than_the_network_lets_them(rosa, ana):
    change_policy(
        by=make.acting(rosa), policy=INVITATIONS_A_MONTH, value=2, decision="Meeting"
    )
    make.invitation(ana, "a@example.org")
    make.slip(ana)

    for too_many in (
        lambda: make.invitation(ana, "b@example.org"),
        lambda: make.slip(ana),
    ):
        with pytest.raises(ValidationError) as caught:
            too_many()
        assert caught.value.code == "too_many_invitations"


@committed
def test_nor_more_by_inviting_at_one_moment(rosa, ana):
    change_policy(
        by=make.acting(rosa), policy=INVITATIONS_A_MONTH, value=3, decision="Meeting"
    )

    answers = at_once([lambda: make.slip(ana) and "made"] * 8)

    assert answers.count("made") == 3
    assert Invitation.objects.count() == 3


@pytest.mark.parametrize(
    ("words", "field", "why"),
    [
        ({"email": ""}, "email", "required"),
        ({"email": "noor"}, "email", "invalid"),
        ({"email": "noor@example.org\nBcc: x@example.org"}, "email", "invalid"),
        ({"name": "Noor\nBcc: x@example.org"}, "name", "invisible_marks"),
        ({"name": "Nооr"}, "name", "mixed_scripts"),
        ({"words": "x" * 501}, "words", "max_length"),
    ],
)
def test_a_senseless_invitation_is_refused(client, ana, words, field, why):
    client.force_login(ana)

    page = client.post(LETTER, a_letter(**words))

    assert page.status_code == 422
    assert page.context["form"].errors.as_data()[field][0].code == why
    assert not Letter.objects.filter(kind="invitation").exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_my_invitations_cost_the_same_for_one_and_for_many(
    client, rosa, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make.invitation(rosa, f"n{number}@example.org")
    client.force_login(rosa)
    client.get(MINE)

    with django_assert_max_num_queries(12):
        assert len(client.get(MINE).context["rows"]) == rows


def test_a_slip_has_a_code_that_is_typed_in_and_leads_on(client, ana):
    client.force_login(ana)
    page = client.post(
        reverse("members:invite-by-slip"),
        {"key": str(make.key()), "name": "Noor", "words": ""},
        follow=True,
    )
    code = page.context["code"]
    assert code in page.text
    assert code not in str(Invitation.objects.values().get())
    client.logout()

    typed_code = code.lower().replace("-", " ")
    page = client.post(CODE, {"code": typed_code}, follow=True)

    assert page.context["invitation"] == Invitation.objects.get()
    client.post(page.request["PATH_INFO"], uninvited())
    assert Application.objects.get().invitation.recorded_for == ana
    assert codes(client.post(CODE, {"code": code})) == ["invitation_gone"]


@pytest.mark.parametrize("code", ["AAAA-AAAA", "x", "'; DROP TABLE", "АААА-АААА"])
def test_an_unknown_code_is_refused(client, ana, code):
    make.slip(ana)

    page = client.post(CODE, {"code": code})

    assert (page.status_code, codes(page)) == (422, ["unknown_code"])


def test_an_empty_code_finds_no_letter(client, ana):
    make.invitation(ana)

    assert codes(client.post(CODE, {"code": "--"})) == ["unknown_code"]


def test_codes_are_not_tried_one_after_the_other(client, ana):
    for _ in range(20):
        client.post(CODE, {"code": "AAAA-AAAA"})

    assert codes(client.post(CODE, {"code": "AAAA-AAAA"})) == ["too_often"]


def test_an_invitation_vouches_for_whoever_asked_before_it_came(ana):
    noor = make.application(references=())

    again = actions.apply(
        key=make.key(), asked=make.asked(), invitation=make.invitation(ana)
    )

    assert again is None
    noor.refresh_from_db()
    assert noor.invitation.recorded_for == ana


def test_a_slip_vouches_for_nobody_elses_application(ana):
    noor = make.application(references=())

    actions.apply(key=make.key(), asked=make.asked(), invitation=make.slip(ana))

    noor.refresh_from_db()
    assert noor.invitation is None
    assert Invitation.objects.get().accepted_at is None


def test_a_form_behind_a_link_is_as_careful_as_the_open_one(client, ana):
    page = client.post(path_of(make.invitation(ana)), uninvited(opened=stamp(0)))

    assert codes(page) == ["too_quick"]
