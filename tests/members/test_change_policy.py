"""The numbers that govern the network: read now or at a date, changed by a decision."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections, transaction

from ledger.models import COMMONS, Account, LimitChange, Unit
from members import clock
from members.actions import begin_policies, change_policy, welcome_member
from members.models import PolicyStart, PolicyVersion
from members.policies import REGISTER, Measure, Policy, declare, in_force
from members.policies.money import DUES
from tests import make
from tests.marks import committed
from timebank.policies import (
    COMMONS_FLOOR,
    OPENING_FLOOR,
    QUARTER,
    WELCOME_MINUTES,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
RULE = make.address("members:rule", "opening_floor")
CHANGE = make.address("members:change-policy", "opening_floor")


def floor_of(member):
    return Account.objects.standing(member, Unit.MINUTE).floor


def decided(rosa, policy, value, **words):
    given = {"decision": "Members' meeting, 3 May"}
    return change_policy(
        by=make.acting(rosa), policy=policy, value=value, **given | words
    )


def test_what_nobody_decided_is_as_declared():
    assert in_force()[QUARTER] == 15
    assert PolicyVersion.objects.count() == 0


def test_a_decision_holds_from_its_moment_and_not_before(rosa):
    before = clock.now()
    decided(rosa, WELCOME_MINUTES, 120)

    assert in_force()[WELCOME_MINUTES] == 120
    assert in_force(before)[WELCOME_MINUTES] == 0


def test_a_decision_for_later_holds_from_its_day(rosa):
    now = clock.now()
    decided(rosa, QUARTER, 30, in_force_from=now + DAY)

    assert in_force()[QUARTER] == 15
    assert in_force(now + DAY)[QUARTER] == 30


def test_the_latest_decision_for_one_moment_stands(rosa):
    day = clock.now() + DAY
    decided(rosa, QUARTER, 30, in_force_from=day)
    decided(rosa, QUARTER, 60, in_force_from=day)

    assert in_force(day)[QUARTER] == 60


def test_all_are_read_in_one_query(rosa, django_assert_num_queries):
    decided(rosa, QUARTER, 30)
    with django_assert_num_queries(1):
        rules = in_force()
        found = [rules[policy] for policy in REGISTER.values()]
    assert len(found) == len(REGISTER)


@pytest.mark.parametrize("value", [0, -15, 61, "15", 15.0, True, None, 10**12])
def test_a_value_out_of_bounds_is_refused(rosa, value):
    with pytest.raises(ValidationError) as caught:
        decided(rosa, QUARTER, value)

    assert caught.value.error_dict["value"][0].code == "outside_bounds"
    assert in_force()[QUARTER] == 15


def test_words_and_yes_or_no_are_checked_too():
    word = Policy("w", "r", "l", "a", Measure.WORD, "one", choices=(("one", "1"),))
    yes = Policy("y", "r", "l", "a", Measure.YES_OR_NO, default=True)

    assert (word.check("one"), yes.check(value=False)) == ("one", False)
    for policy, value in ((word, "two"), (yes, 1), (yes, "yes")):
        with pytest.raises(ValidationError):
            policy.check(value)


def test_a_name_is_declared_once():
    with pytest.raises(AssertionError):
        declare(QUARTER)


def test_a_decision_is_named_and_never_of_yesterday(rosa):
    with pytest.raises(ValidationError) as unnamed:
        decided(rosa, QUARTER, 30, decision="  ")
    with pytest.raises(ValidationError) as late:
        decided(rosa, QUARTER, 30, in_force_from=clock.now() - DAY)

    codes = [
        error.code
        for caught in (unnamed, late)
        for errors in caught.value.error_dict.values()
        for error in errors
    ]
    assert codes == ["no_decision", "in_past"]


def test_only_coordinators_enter_decisions(rosa, ana):
    with pytest.raises(PermissionDenied):
        decided(ana, QUARTER, 30)


@committed
@pytest.mark.parametrize("using", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE members_policyversion SET value = '1'",
        "DELETE FROM members_policyversion",
    ],
)
def test_nobody_rewrites_what_was_decided(rosa, using, statement):
    decided(rosa, QUARTER, 30)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(statement)

    assert in_force()[QUARTER] == 30


def test_the_books_follow_the_floor_and_leave_alone_what_was_agreed_alone(
    rosa, ana, ben
):
    make.limits(ben, floor=-300, cause=make.cause("agreed"))

    version = decided(rosa, OPENING_FLOOR, 600)

    assert (floor_of(ana), floor_of(rosa), floor_of(ben)) == (-600, -600, -300)
    change = LimitChange.objects.filter(account__holder=ana).latest("id")
    assert (change.cause_kind, change.cause_id) == ("policy", version.pk)
    assert make.books().is_sound


def test_the_books_follow_again_and_newcomers_begin_with_it(rosa, ana):
    decided(rosa, OPENING_FLOOR, 600)
    decided(rosa, OPENING_FLOOR, 900)

    newcomer = welcome_member(by=make.acting(rosa), name="Noor")

    assert (floor_of(ana), floor_of(newcomer)) == (-900, -900)


def test_the_commons_lends_as_far_as_decided(rosa):
    assert floor_of(COMMONS) == -60_000

    decided(rosa, COMMONS_FLOOR, 60)

    assert floor_of(COMMONS) == -60


def test_a_decision_for_later_begins_with_the_sweep_of_its_day_and_once(rosa, ana):
    with time_machine.travel(clock.now(), tick=False) as frozen:
        decided(rosa, OPENING_FLOOR, 600, in_force_from=clock.now() + DAY)
        assert begin_policies() == 0
        assert floor_of(ana) == -1200

        # A day late: whenever beat comes round, what was missed is caught up with.
        frozen.shift(3 * DAY)
        assert begin_policies() == 1
        assert begin_policies() == 0

    assert floor_of(ana) == -600
    assert PolicyStart.objects.count() == 1


def test_missed_decisions_begin_in_their_order(rosa, ana):
    with time_machine.travel(clock.now(), tick=False) as frozen:
        decided(rosa, OPENING_FLOOR, 900, in_force_from=clock.now() + 2 * DAY)
        decided(rosa, OPENING_FLOOR, 600, in_force_from=clock.now() + DAY)
        frozen.shift(5 * DAY)
        begin_policies()

    assert floor_of(ana) == -900


def test_a_newcomer_gets_hours_from_the_commons_where_it_was_decided(rosa):
    decided(rosa, WELCOME_MINUTES, 120)

    person = welcome_member(by=make.acting(rosa), name="Noor")
    bakery = welcome_member(by=make.acting(rosa), name="Bakery", kind="organisation")

    assert (make.minutes(person), make.minutes(bakery)) == (120, 0)
    assert make.minutes(COMMONS) == -120
    assert make.books().is_sound


def test_a_welcome_that_the_commons_cannot_give_is_refused_whole(rosa):
    decided(rosa, WELCOME_MINUTES, 120)
    decided(rosa, COMMONS_FLOOR, 60)

    with pytest.raises(ValidationError) as caught, transaction.atomic():
        welcome_member(by=make.acting(rosa), name="Noor")

    assert caught.value.code == "below_floor"


def test_exchanges_obey_the_decided_step(rosa, ana, ben):
    decided(rosa, QUARTER, 30)

    with pytest.raises(ValidationError) as caught:
        make.exchange(ana, ben, 45)
    assert caught.value.error_dict["minutes"][0].code == "not_in_quarters"
    make.exchange(ana, ben, 60)


def test_everybody_reads_the_rules_and_where_they_come_from(client, rosa, ana):
    decided(rosa, OPENING_FLOOR, 600, decision_url="https://example.org/minutes")
    client.force_login(ana)

    page = client.get(make.address("members:rules")).text.replace("\xa0", " ")
    one = client.get(RULE).text.replace("\xa0", " ")

    assert "10 h" in page
    assert "Members&#x27; meeting, 3 May" in page
    assert 'href="https://example.org/minutes"' in one
    assert "Entered by Rosa Alvarez" in one
    assert "20 h" in one
    assert CHANGE not in one


def test_a_coordinator_enters_a_decision_on_the_page(client, rosa, ana):
    client.force_login(rosa)
    make.sure(client)
    words = {"value": "10", "decision": "Members' meeting", "in_force_on": ""}

    response = client.post(CHANGE, words)

    assert response.url == RULE
    assert floor_of(ana) == -600


def test_a_day_to_come_begins_at_its_midnight_here(client, rosa):
    client.force_login(rosa)
    make.sure(client)
    day = clock.today() + DAY
    words = {"value": "10", "decision": "Meeting", "in_force_on": day.isoformat()}

    client.post(CHANGE, words)

    begins = PolicyVersion.objects.get().in_force_from
    assert clock.day_of(begins) == day
    assert clock.day_of(begins - timedelta(seconds=1)) == clock.today()


def test_money_is_entered_as_people_write_it(client, rosa):
    client.force_login(rosa)
    make.sure(client)
    dues = make.address("members:change-policy", DUES.name)

    client.post(dues, {"value": "12,50", "decision": "Members' meeting"})

    assert in_force()[DUES] == 1250
    assert "$12.50" in client.get(make.address("members:rules")).text


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("value", "", "required"),
        ("value", "many", "unreadable"),
        ("value", "99999", "unreadable"),
        ("value", "9999 h 99", "unreadable"),
        ("decision", "", "required"),
        ("decision", "a\nb", "invisible_marks"),
        ("decision_url", "javascript:alert(1)", "invalid"),
        ("in_force_on", "2020-01-01", "in_past"),
        ("in_force_on", "soon", "invalid"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, rosa, field, value, code):
    client.force_login(rosa)
    make.sure(client)
    words = {"value": "10", "decision": "Members' meeting"}

    response = client.post(CHANGE, words | {field: value})

    assert response.status_code == 422
    errors = response.context["form"].errors.as_data()
    assert errors[field][-1].code == code
    assert not PolicyVersion.objects.exists()


def test_a_number_out_of_bounds_is_refused_beside_its_field(client, rosa):
    client.force_login(rosa)
    make.sure(client)
    step = make.address("members:change-policy", QUARTER.name)

    response = client.post(step, {"value": "2", "decision": "Members' meeting"})

    errors = response.context["form"].errors.as_data()
    assert [error.code for error in errors["value"]] == ["outside_bounds"]


def test_a_rule_that_we_do_not_have_is_not_found(client, rosa):
    client.force_login(rosa)
    make.sure(client)

    for page in ("members:rule", "members:change-policy"):
        assert client.get(make.address(page, "no-such-rule")).status_code == 404
