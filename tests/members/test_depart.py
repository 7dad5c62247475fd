"""Leaving: everything is settled, the name goes, and the books stay whole."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertRedirects

from ledger.models import COMMONS, Account, Fund, Reason, Transfer, Unit
from members import clock
from members.acting import Acting
from members.actions import (
    depart,
    forget_former_contacts,
    go_on_leave,
    grant_role,
    make_steward,
    send_letters,
)
from members.models import (
    Booking,
    Channel,
    DeedForAnother,
    FormerContact,
    Invitation,
    Letter,
    Member,
    Profile,
    Role,
    RoleGrant,
    Step,
)
from members.settlement import holdings_of
from tests import make
from tests.conftest import PASSWORD, a_member
from timebank.actions import propose_forgiveness, second_forgiveness

URL = "/me/leaving/sure/"
COMMONS_GETS_IT = {"hours": "commons"}


def obstacles(member):
    return [one for one in holdings_of(member) if one.obstacle]


def kinds(member):
    return sorted({one.kind for one in holdings_of(member)})


def leaves(member, **words):
    given = {"by": make.acting(member), "choices": COMMONS_GETS_IT}
    return depart(**given | words)


def test_a_member_leaves_with_hours_which_go_to_the_commons(client, ana, ben):
    make.exchange(ana, ben, 120)
    number, lines = ana.number, make.minutes(ben)
    client.force_login(ana)
    make.sure(client)
    page = client.get("/me/leaving/").text
    assert "2\xa0h" in page

    response = client.post(URL, COMMONS_GETS_IT, follow=True)

    assert "You have left the network" in response.text
    ana.refresh_from_db()
    assert (ana.name, ana.email) == (f"Former member {number}", None)
    assert ana.left_at is not None
    assert not ana.is_active
    assert not ana.has_usable_password()
    moved = Transfer.objects.get(reason=Reason.TO_COMMONS)
    assert (moved.amount, moved.source.holder) == (120, ana)
    account = Account.objects.get(holder=ana, unit=Unit.MINUTE)
    assert (account.balance, account.closed) == (0, True)
    assert Account.objects.balance(COMMONS, Unit.MINUTE) == 120
    assert make.minutes(ben) == lines
    assert make.books().is_sound
    assert client.get("/hours/").status_code == 302


def test_the_statement_of_a_neighbour_stays_whole(client, ana, ben):
    make.exchange(ana, ben, 60, what="Sewed a curtain")
    leaves(ana)
    client.force_login(ben)

    page = client.get("/hours/").text

    assert "Sewed a curtain" in page
    assert f"Former member {ana.number}" in page


def test_wherever_they_were_signed_in_they_are_out(client, ana, rosa):
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    assert client.get("/hours/").status_code == 200

    depart(by=Acting(rosa, ana, Channel.PHONE))

    assert client.get("/hours/").status_code == 302
    words = {"login": "ana@example.org", "password": PASSWORD}
    assert client.post("/account/login/", words).status_code == 200


def test_a_choice_is_made_or_nothing_happens(client, ana, ben):
    make.exchange(ana, ben, 60)

    for choices in (None, {}, {"hours": "to myself"}):
        with pytest.raises(ValidationError) as refused:
            depart(by=make.acting(ana), choices=choices)
        assert refused.value.code == "no_choice"
    client.force_login(ana)
    make.sure(client)
    for sent in ({}, {"hours": "to myself"}):
        assert client.post(URL, sent).status_code == 422
    assert Member.objects.get(pk=ana.pk).left_at is None
    assert make.minutes(ana) == 60


def test_hours_below_zero_are_forgiven_first(client, rosa, ana, ben):
    make.exchange(ana, ben, 60)
    client.force_login(ben)
    make.sure(client)
    assert "ask a coordinator" in client.get("/me/leaving/").text
    assert "ask a coordinator" in client.get(URL).text

    with pytest.raises(ValidationError) as refused:
        leaves(ben)

    assert refused.value.code == "obstacle"
    assert client.post(URL, {}).status_code == 422
    sol = a_member(rosa, "Sol Rivera", None)
    grant_role(by=make.acting(rosa), member=sol, role=Role.COORDINATOR)
    found = propose_forgiveness(
        by=make.acting(rosa), member=ben, words="Moves away", key=make.key()
    )
    second_forgiveness(by=make.acting(sol), forgiveness=found)

    assert leaves(ben).step == Step.DEPARTED
    assert make.books().is_sound


def test_the_page_lists_everything_and_leaving_ends_it(client, rosa, ana, ben):
    grant_role(by=make.acting(rosa), member=ana, role=Role.TREASURER)
    body = make.organisation("River Bend School")
    for steward in (ana, ben):
        make_steward(by=make.acting(rosa), organisation=body, steward=steward)
    make.share(rosa, ana)
    make.due(rosa, ana)
    booking = make.booked(ana, make.tomorrow())
    make.credential(rosa, ana)
    invitation = make.invitation(ana)

    assert kinds(ana) == [
        "booking",
        "credential",
        "dues",
        "hours",
        "invitation",
        "role",
        "share",
        "steward",
    ]
    assert obstacles(ana) == []
    client.force_login(ana)
    page = client.get("/me/leaving/").text
    assert "Acting for River Bend School" in page
    paid = Account.objects.balance(Fund("membership shares"), Unit.CENT)
    assert paid > 0

    step = leaves(ana)

    assert kinds(ana) == ["dues", "hours"]
    grant = RoleGrant.objects.get(member=ana)
    assert (grant.ended_at, grant.ended_by) == (step.recorded_at, ana)
    assert not ana.stewards_of.filter(ended_at=None).exists()
    assert Booking.objects.get(pk=booking.pk).released_at == step.recorded_at
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at == step.recorded_at
    assert Account.objects.balance(Fund("membership shares"), Unit.CENT) == 0
    assert make.books().is_sound


def test_the_share_is_given_back_and_those_who_keep_the_money_are_told(rosa, ana):
    make.share(rosa, ana)

    leaves(ana)

    share = ana.dues.get(what="share")
    assert share.given_back_on == clock.today()
    told = rosa.notices.get(kind="share_to_pay_out")
    assert told.headline == "Ana Okafor leaves: pay out the share"
    assert told.path == share.get_absolute_url()


def test_the_last_steward_and_the_last_coordinator_stay(rosa, ana):
    body = make.organisation("River Bend School")
    make_steward(by=make.acting(rosa), organisation=body, steward=ana)

    assert [one.url for one in obstacles(ana)] == [f"/acting/stewards/{body.pk}/"]
    with pytest.raises(ValidationError) as refused:
        leaves(ana)
    assert refused.value.code == "obstacle"
    with pytest.raises(ValidationError) as refused:
        leaves(rosa)
    assert refused.value.code == "last_coordinator"
    assert [one.kind for one in obstacles(rosa)] == ["role"]

    depart(by=Acting(ana, body))
    leaves(ana)

    body.refresh_from_db()
    assert body.left_at is not None


def test_money_that_stands_on_an_account_is_paid_out_first(rosa, ana):
    make.moved(Fund("outside"), ana, 500, unit=Unit.CENT, by=make.acting(rosa))

    with pytest.raises(ValidationError) as refused:
        leaves(ana)

    assert refused.value.code == "obstacle"


def test_every_account_is_closed(rosa, ana):
    outside = Fund("outside")
    make.moved(outside, ana, 500, unit=Unit.CENT, by=make.acting(rosa))
    make.moved(ana, outside, 500, unit=Unit.CENT, by=make.acting(rosa))

    leaves(ana)

    closed = Account.objects.filter(holder=ana).order_by("unit")
    assert [(one.unit, one.closed) for one in closed] == [
        ("cent", True),
        ("credit", True),
        ("minute", True),
    ]


def test_a_farewell_goes_to_the_address_and_other_letters_rest(ana, ben, mailoutbox):
    make.exchange(ana, ben, 60)
    assert Letter.objects.filter(member=ana, due_at__isnull=False).exists()

    leaves(ana)
    send_letters()

    to_ana = [letter for letter in mailoutbox if letter.to == ["ana@example.org"]]
    assert [letter.subject for letter in to_ana] == [
        "Mutual Aid Network: Farewell, and thank you"
    ]
    assert "Dear Ana," in to_ana[0].body
    assert not Letter.objects.filter(member=ana, due_at__isnull=False).exists()


def test_what_they_told_of_themselves_is_emptied_and_kept_apart(ana):
    Profile.objects.filter(member=ana).update(
        phone="555-0142", address="12 Elm Street", about="I bake", languages=["es"]
    )

    leaves(ana)

    profile = Profile.objects.get(member=ana)
    assert (profile.phone, profile.address, profile.about) == ("", "", "")
    assert profile.languages == []
    kept = FormerContact.objects.get(member=ana)
    assert (kept.name, kept.email) == ("Ana Okafor", "ana@example.org")
    assert (kept.phone, kept.address) == ("555-0142", "12 Elm Street")


def test_how_they_could_be_reached_is_deleted_after_a_year(ana):
    leaves(ana)

    with time_machine.travel(clock.now() + timedelta(days=365)):
        assert forget_former_contacts() == 0
    with time_machine.travel(clock.now() + timedelta(days=367)):
        assert forget_former_contacts() == 1

    assert not FormerContact.objects.exists()


def test_the_address_is_free_again_and_they_may_come_back_as_new(rosa, ana):
    leaves(ana)

    again = a_member(rosa, "Ana Okafor", "ana@example.org")

    assert again.number != ana.number
    assert make.minutes(again) == 0


def test_a_coordinator_enters_it_for_who_phones(client, rosa, edna):
    client.force_login(rosa)
    assert client.get(f"/people/{edna.pk}/leaving/").status_code == 200
    path = f"/people/{edna.pk}/leaving/sure/"
    make.sure(client)
    assert client.post(path, {}).status_code == 422

    response = client.post(path, {"channel": "phone"})

    assertRedirects(response, f"/people/{edna.pk}/leaving/")
    step = edna.life.get(step=Step.DEPARTED)
    assert (step.recorded_by, step.recorded_for, step.channel) == (rosa, edna, "phone")
    assert DeedForAnother.objects.get(deed="depart").recorded_for == edna


def test_nobody_else_lets_a_member_leave(client, ana, cleo):
    with pytest.raises(PermissionDenied):
        depart(by=Acting(cleo, ana))

    client.force_login(cleo)
    for path in (f"/people/{ana.pk}/leaving/", f"/people/{ana.pk}/leaving/sure/"):
        assert client.post(path, {"channel": "phone"}).status_code in (401, 403, 405)
    assert Member.objects.get(pk=ana.pk).left_at is None


def test_whoever_left_leaves_no_second_time(rosa, ana):
    leaves(ana)

    with pytest.raises(PermissionDenied):
        depart(by=Acting(rosa, ana, Channel.PHONE))
    with pytest.raises(ValidationError) as refused:
        leaves(ana)
    assert refused.value.code == "member_left"


def test_a_page_that_is_older_than_the_hours_settles_them_as_they_are(ana, ben):
    make.exchange(ana, ben, 60)
    choices = {one.kind: "commons" for one in holdings_of(ana) if one.choices}
    make.exchange(ana, ben, 30)

    leaves(ana, choices=choices)

    assert Account.objects.balance(COMMONS, Unit.MINUTE) == 90


def test_after_it_no_exchange_can_be_recorded(ana, ben):
    stale = Member.objects.get(pk=ana.pk)
    leaves(ana)

    with pytest.raises(ValidationError) as refused:
        make.exchange(stale, ben)

    assert refused.value.code == "account_closed"


def test_leaving_ends_a_leave(ana):
    go_on_leave(by=make.acting(ana), until=clock.today() + timedelta(days=9))
    leaves(ana)

    ana.refresh_from_db()
    assert ana.on_leave_at is None


def test_those_who_left_are_found_by_coordinators_alone(client, rosa, ana, cleo):
    leaves(ana)
    client.force_login(rosa)

    page = client.get("/people/dormant/left/?q=okaf").text

    assert "Ana Okafor" in page
    assert f"/people/{ana.pk}/leaving/" in page
    assert "Ana Okafor" not in client.get("/people/dormant/left/?q=zz").text
    client.force_login(cleo)
    assert client.get("/people/dormant/left/").status_code == 403


def test_the_list_of_those_who_left_asks_as_much_for_thirty_as_for_one(
    client, rosa, django_assert_num_queries
):
    client.force_login(rosa)
    for number in range(31):
        leaves(a_member(rosa, f"Nn {number}", None))
        if number in (1, 30):
            with django_assert_num_queries(4):
                client.get("/people/dormant/left/")
