"""Hours below zero are forgiven by two coordinators, in words that stay."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertRedirects

from ledger.actions import set_limits
from ledger.models import COMMONS, Account, Reason, Transfer, Unit
from members import clock
from members.acting import Acting
from members.actions import depart, grant_role, set_household
from members.models import Channel, Notice, Role
from tests import make
from tests.conftest import a_member
from timebank.actions import (
    propose_forgiveness,
    second_forgiveness,
    withdraw_forgiveness,
)
from timebank.models import Forgiveness


@pytest.fixture
def sol(rosa):
    """Sol coordinates beside Rosa."""
    sol = a_member(rosa, "Sol Rivera", "sol@example.org")
    grant_role(by=make.acting(rosa), member=sol, role=Role.COORDINATOR)
    return sol


@pytest.fixture
def owing(ana, ben):
    """Ben stands two hours below zero."""
    make.exchange(ana, ben, 120)
    return ben


def proposed(rosa, member, **words):
    given = {"words": "Moved to a home, and can't help any more", "key": make.key()}
    return propose_forgiveness(by=make.acting(rosa), member=member, **given | words)


def test_two_coordinators_forgive_and_the_commons_takes_it_over(
    client, rosa, sol, owing
):
    client.force_login(rosa)
    words, key = "She moved away to her daughter", make.key()

    response = client.post(
        f"/hours/forgiveness/propose/{owing.pk}/", {"words": words, "key": key}
    )

    found = Forgiveness.objects.get()
    assertRedirects(response, found.get_absolute_url())
    assert (found.minutes, found.recorded_by, found.pk) == (120, rosa, key)
    assert make.minutes(owing) == -120
    assert sol.notices.get(kind="forgiveness_proposed").headline == (
        "Rosa Alvarez proposes to forgive Ben de Vries 2\xa0h"
    )

    client.force_login(sol)
    client.post(f"{found.get_absolute_url()}second/")

    found.refresh_from_db()
    moved = Transfer.objects.get(key=key)
    assert (found.seconded_by, found.transfer) == (sol, moved)
    assert (moved.amount, moved.reason, moved.cause_kind, moved.cause_id) == (
        120,
        Reason.FORGIVEN,
        "forgiveness",
        key,
    )
    assert make.minutes(owing) == 0
    assert Account.objects.balance(COMMONS, Unit.MINUTE) == -120
    assert owing.notices.get(kind="hours_forgiven").path == found.get_absolute_url()
    assert make.books().is_sound


def test_the_line_of_the_statement_leads_to_the_decision(client, rosa, sol, owing):
    found = proposed(rosa, owing)
    second_forgiveness(by=make.acting(sol), forgiveness=found)
    client.force_login(owing)

    assert f'href="{found.get_absolute_url()}"' in client.get("/hours/").text
    page = client.get(found.get_absolute_url()).text
    assert "Rosa Alvarez" in page
    assert "Sol Rivera" in page


def test_the_same_form_twice_is_one_proposal(rosa, owing):
    key = make.key()

    first = proposed(rosa, owing, key=key)
    again = proposed(rosa, owing, key=key)

    assert first == again
    with pytest.raises(ValidationError) as refused:
        proposed(rosa, owing, key=key, words="Something else")
    assert refused.value.code == "key_reused"


def test_one_proposal_is_open_at_a_time(rosa, sol, owing):
    proposed(rosa, owing)

    with pytest.raises(ValidationError) as refused:
        proposed(sol, owing)

    assert refused.value.code == "proposed_before"


def test_who_proposed_does_not_second(client, rosa, sol, owing):
    found = proposed(rosa, owing)

    with pytest.raises(ValidationError) as refused:
        second_forgiveness(by=make.acting(rosa), forgiveness=found)

    assert refused.value.code == "proposed_by_oneself"
    client.force_login(rosa)
    page = client.get(found.get_absolute_url()).text
    assert "Another coordinator decides now" in page
    assert "I agree" not in page


def test_the_database_refuses_one_who_decides_alone_or_about_themselves(
    rosa, sol, owing
):
    found = proposed(rosa, owing)
    second_forgiveness(by=make.acting(sol), forgiveness=found)
    rows = Forgiveness.objects.filter(pk=found.pk)
    for wrong in (
        {"seconded_by": rosa},
        {"seconded_by": owing},
        {"recorded_by": owing},
        {"transfer": None},
        {"withdrawn_by": sol, "withdrawn_at": clock.now()},
        {"minutes": 0},
        {"words": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_nobody_decides_about_themselves_their_household_or_for_another(
    rosa, sol, ana, owing
):
    set_household(by=make.acting(rosa), member=owing, name="Elm 3")
    owing.refresh_from_db()
    set_household(by=make.acting(rosa), member=sol, household=owing.household)
    sol.refresh_from_db()
    for by, member in (
        (make.acting(ana), owing),
        (make.acting(sol), owing),
        (Acting(rosa, owing, Channel.PHONE), owing),
        (Acting(rosa, ana, Channel.PHONE), owing),
    ):
        with pytest.raises(PermissionDenied):
            propose_forgiveness(by=by, member=member, words="Why", key=make.key())
    make.exchange(ana, rosa)
    with pytest.raises(PermissionDenied):
        proposed(rosa, rosa)
    found = proposed(rosa, owing)
    with pytest.raises(PermissionDenied):
        second_forgiveness(by=make.acting(sol), forgiveness=found)
    with pytest.raises(PermissionDenied):
        withdraw_forgiveness(by=make.acting(sol), forgiveness=found)
    assert not Notice.objects.filter(kind="forgiveness_proposed").exists()


def test_whoever_is_not_below_zero_needs_no_forgiveness(client, rosa, ana):
    with pytest.raises(ValidationError) as refused:
        proposed(rosa, ana)

    assert refused.value.code == "not_below_zero"
    client.force_login(rosa)
    assert (
        "nothing to forgive" in client.get(f"/hours/forgiveness/propose/{ana.pk}/").text
    )


def test_less_below_zero_by_now_is_forgiven_exactly(rosa, sol, ana, owing):
    found = proposed(rosa, owing)
    make.exchange(owing, ana, 60)

    second_forgiveness(by=make.acting(sol), forgiveness=found)

    found.refresh_from_db()
    assert (found.transfer.amount, make.minutes(owing)) == (60, 0)


@pytest.mark.parametrize(
    ("minutes", "code"), [(-60, "balance_changed"), (120, "not_below_zero")]
)
def test_more_than_both_saw_is_not_forgiven(rosa, sol, ana, owing, minutes, code):
    found = proposed(rosa, owing)
    pair = (owing, ana) if minutes > 0 else (ana, owing)
    make.exchange(*pair, abs(minutes))

    with pytest.raises(ValidationError) as refused:
        second_forgiveness(by=make.acting(sol), forgiveness=found)

    assert refused.value.code == code
    assert Forgiveness.objects.get().is_open


def test_a_commons_that_can_carry_no_more_is_said_kindly(rosa, sol, owing):
    set_limits(holder=COMMONS, unit=Unit.MINUTE, floor=-60, by=make.acting(rosa))
    found = proposed(rosa, owing)

    with pytest.raises(ValidationError) as refused:
        second_forgiveness(by=make.acting(sol), forgiveness=found)

    assert refused.value.code == "commons_exhausted"


def test_what_was_withdrawn_moves_nothing_and_can_be_proposed_anew(
    client, rosa, sol, owing
):
    found = proposed(rosa, owing)
    client.force_login(sol)

    client.post(f"{found.get_absolute_url()}withdraw/")

    found.refresh_from_db()
    assert (found.withdrawn_by, found.transfer) == (sol, None)
    with pytest.raises(ValidationError) as refused:
        second_forgiveness(by=make.acting(sol), forgiveness=found)
    assert refused.value.code == "decided_before"
    assert proposed(sol, owing).is_open


def test_whoever_left_owes_nothing(rosa, ana):
    depart(by=make.acting(ana))

    with pytest.raises(ValidationError) as refused:
        proposed(rosa, ana)

    assert refused.value.code == "member_left"


def test_coordinators_and_the_member_read_it_and_nobody_else(
    client, rosa, sol, owing, cleo
):
    found = proposed(rosa, owing)
    answers = []
    for reader in (rosa, sol, owing, cleo):
        client.force_login(reader)
        answers.append(client.get(found.get_absolute_url()).status_code)

    assert answers == [200, 200, 200, 404]


@pytest.mark.parametrize("words", ["", " ", "x" * 501])
def test_a_proposal_says_why_in_some_words(client, rosa, owing, words):
    client.force_login(rosa)

    response = client.post(
        f"/hours/forgiveness/propose/{owing.pk}/", {"words": words, "key": make.key()}
    )

    assert response.status_code == 422
    assert not Forgiveness.objects.exists()


def test_the_list_asks_as_much_for_thirty_as_for_one(
    client, rosa, sol, ana, django_assert_num_queries
):
    client.force_login(rosa)

    def forgiven(name):
        member = a_member(rosa, name, None)
        make.exchange(ana, member, 60)
        return proposed(rosa, member)

    second_forgiveness(by=make.acting(sol), forgiveness=forgiven("Nn 0"))
    forgiven("Nn 1")
    with django_assert_num_queries(5):
        client.get("/hours/forgiveness/")
    for number in range(2, 31):
        found = forgiven(f"Nn {number}")
        if number % 2:
            withdraw_forgiveness(by=make.acting(sol), forgiveness=found)

    with django_assert_num_queries(5):
        client.get("/hours/forgiveness/")
