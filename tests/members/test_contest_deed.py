"""Deeds done for others: they are listed, can be contested, and are answered by another."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members.acting import Acting
from members.actions import answer_contest, change_email, contest_deed
from members.models import DEEDS, Channel, DeedForAnother, Letter
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import refused

MINE = reverse("members:done-for-me")
QUEUE = reverse("members:contested")

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(rosa):
    return make.second_coordinator()


@pytest.fixture
def noted(rosa, edna):
    """Rosa wrote down for Edna what she phoned."""
    return make.done_for(edna)


def contest(noted, words="I said one hour."):
    return contest_deed(
        by=make.acting(noted.recorded_for), contested=noted, words=words
    )


def answer(noted, by, words="Put right, with both of them."):
    return answer_contest(by=make.acting(by), contested=noted, answer=words)


def path(name, noted):
    return reverse(f"members:{name}", args=[noted.pk])


def headlines(member):
    return list(member.notices.order_by("id").values_list("headline", flat=True))


def test_what_was_done_for_me_is_listed_in_words(client, noted, edna):
    client.force_login(edna)

    page = client.get(MINE)

    assert page.context["deeds"] == [noted]
    assert "Rosa Alvarez recorded hours" in page.text
    assert "by phone" in page.text


def test_a_deed_of_an_older_release_is_told_by_its_name(noted):
    assert noted.in_words == "recorded hours"
    noted.deed = "something_unheard_of"

    assert noted.in_words == "something unheard of"


def test_nobody_else_reads_it(client, noted, cleo, rosa):
    client.force_login(cleo)
    assert client.get(noted.get_absolute_url()).status_code == 404
    assert client.get(path("contest-deed", noted)).status_code == 404
    client.force_login(rosa)
    assert client.get(noted.get_absolute_url()).status_code == 200


def test_a_coordinator_who_did_not_do_it_reads_it_once_it_is_contested(
    client, noted, cora
):
    client.force_login(cora)
    assert client.get(noted.get_absolute_url()).status_code == 404

    contest(noted)

    assert client.get(noted.get_absolute_url()).status_code == 200


def test_contesting_is_kept_and_told(client, noted, edna, rosa):
    client.force_login(edna)

    response = client.post(path("contest-deed", noted), {"words": "I said one hour."})

    assertRedirects(response, noted.get_absolute_url())
    noted.refresh_from_db()
    assert noted.contest == "I said one hour."
    assert noted.waits_for_an_answer
    assert headlines(rosa)[-1] == (
        "Edna Moreau says that something is not right which you did for them"
    )
    assert "I said one hour." in rosa.notices.latest("id").text


def test_saying_it_twice_changes_nothing(noted, rosa):
    first = contest(noted)
    told = len(headlines(rosa))

    assert contest(noted).contested_at == first.contested_at
    assert len(headlines(rosa)) == told
    assert (
        refused(
            contest_deed,
            by=make.acting(noted.recorded_for),
            contested=noted,
            words="And another thing",
        )
        == "contested_already"
    )


def test_without_words_nothing_is_contested(client, noted, edna):
    assert (
        refused(contest_deed, by=make.acting(edna), contested=noted, words=" ")
        == "no_words"
    )
    client.force_login(edna)
    for words in ("", "   ", "x" * 501):
        assert (
            client.post(path("contest-deed", noted), {"words": words}).status_code
            == 422
        )
    noted.refresh_from_db()
    assert noted.contested_at is None


def test_only_the_one_it_was_done_for_contests(client, noted, rosa, cleo):
    for member in (rosa, cleo):
        with pytest.raises(PermissionDenied):
            contest_deed(by=make.acting(member), contested=noted, words="No")
    client.force_login(rosa)
    assert client.post(path("contest-deed", noted), {"words": "No"}).status_code == 403


def test_somebody_without_a_computer_contests_by_phone(client, noted, edna, cora):
    client.force_login(cora)
    client.post(
        reverse("members:begin-acting"), {"member": edna.pk, "channel": "phone"}
    )

    client.post(
        path("contest-deed", noted), {"words": "One hour.", "acting_for": edna.pk}
    )

    noted.refresh_from_db()
    assert noted.contest == "One hour."
    assert DeedForAnother.objects.filter(
        deed="contest_deed", recorded_by=cora, recorded_for=edna
    ).exists()


def test_a_letter_says_it_with_one_press(client, rosa, ana):
    by = Acting(rosa, ana, Channel.PHONE)
    change_email(by=by, member=ana, email="new@example.org")
    noted = DeedForAnother.objects.get(recorded_for=ana)
    link = Letter.objects.get(member=ana).path

    assert client.get(link).status_code == 200
    noted.refresh_from_db()
    assert noted.contested_at is None

    assert client.post(link).status_code == 200
    noted.refresh_from_db()
    assert noted.contest == "Said from the letter, without more words."
    assert client.post(link).status_code == 410


def test_every_deed_says_in_words_what_was_done():
    silent = sorted(name for name, words in DEEDS.items() if not words)

    assert silent == []


def test_words_are_read_by_whoever_did_it_too_so_they_call_nobody_you():
    to_one_reader = [
        str(words)
        for words in DEEDS.values()
        if {"you", "your"} & set(str(words).split())
    ]

    assert to_one_reader == []


# The answer


def test_another_coordinator_answers_and_both_are_told(client, noted, edna, rosa, cora):
    contest(noted)
    client.force_login(cora)
    assert client.get(QUEUE).context["deeds"][0] == noted

    response = client.post(
        path("answer-contest", noted), {"answer": "It was one hour indeed."}
    )

    assertRedirects(response, QUEUE)
    noted.refresh_from_db()
    assert (noted.answered_by, noted.answer) == (cora, "It was one hour indeed.")
    for reader in (edna, rosa):
        assert headlines(reader)[-1] == "Cora Second answered what was contested"
    assert list(client.get(QUEUE).context["deeds"]) == []


def test_the_one_who_did_it_does_not_answer(client, noted, rosa):
    contest(noted)

    with pytest.raises(PermissionDenied):
        answer(noted, rosa)
    client.force_login(rosa)
    assert (
        client.post(path("answer-contest", noted), {"answer": "No"}).status_code == 403
    )
    assert client.get(QUEUE).status_code == 200


def test_nor_does_the_one_who_contests(noted, edna):
    contest(noted)

    with pytest.raises(PermissionDenied):
        answer(noted, edna)


def test_a_coordinator_who_contests_does_not_answer_herself(rosa, cora):
    about_cora = make.done_for(cora)
    contest(about_cora)

    with pytest.raises(PermissionDenied):
        answer(about_cora, cora)


def test_an_answer_stands(noted, cora):
    contest(noted)
    first = answer(noted, cora)

    assert answer(noted, cora).answered_at == first.answered_at
    words = {"by": make.acting(cora), "contested": noted, "answer": "Something else"}
    assert refused(answer_contest, **words) == "answered_already"


def test_what_nobody_contested_is_not_answered(noted, cora):
    words = {"by": make.acting(cora), "contested": noted, "answer": "Why?"}
    assert refused(answer_contest, **words) == "not_contested"


def test_an_answer_has_words(noted, cora):
    contest(noted)
    words = {"by": make.acting(cora), "contested": noted, "answer": "  "}
    assert refused(answer_contest, **words) == "no_words"


def test_the_queue_is_for_coordinators(client, ana):
    client.force_login(ana)

    assert client.get(QUEUE).status_code == 403


def test_a_deed_for_an_organisation_is_read_by_its_other_stewards(client, ana, ben):
    bakery = make.stewardship(ana).organisation
    make.stewardship(ben, bakery)
    make.exchange(
        bakery, make.organisation("Library"), by=Acting(ana, bakery, Channel.WEB)
    )
    noted = DeedForAnother.objects.get(recorded_for=bakery, deed="record_exchange")
    client.force_login(ben)
    assert client.get(noted.get_absolute_url()).status_code == 404
    client.post(
        reverse("members:begin-acting"), {"member": bakery.pk, "channel": "web"}
    )

    assert noted in client.get(MINE).context["deeds"]
    client.post(path("contest-deed", noted), {"words": "No.", "acting_for": bakery.pk})
    noted.refresh_from_db()
    assert noted.waits_for_an_answer


@pytest.mark.parametrize("rows", [1, 30])
def test_the_lists_cost_the_same_however_long(
    client, rosa, edna, cora, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        contest(make.done_for(edna))
    client.force_login(edna)
    with django_assert_max_num_queries(8):
        assert len(client.get(MINE).context["deeds"]) == min(rows * 1, 30)
    client.force_login(cora)
    with django_assert_max_num_queries(8):
        assert len(client.get(QUEUE).context["deeds"]) == rows


def test_the_list_has_pages(client, rosa, edna):
    for _ in range(31):
        make.done_for(edna)
    client.force_login(edna)

    first = client.get(MINE)
    second = client.get(MINE, {"before": first.context["older"]})

    assert (len(first.context["deeds"]), len(second.context["deeds"])) == (30, 1)
    assert second.context["older"] is None
    for odd in ("x", "-1", "9" * 30):
        assert client.get(MINE, {"before": odd}).status_code == 200


@pytest.mark.xdist_group("races")
class TestAtOnce:
    """Really at once, each with a connection of its own."""

    pytestmark = [committed]

    def test_of_many_words_at_once_the_first_stand(self, rosa, edna):
        noted = make.done_for(edna)

        answers = at_once(
            [lambda n=n: contest(noted, f"Not so, {n}").pk for n in range(6)]
        )

        assert answers.count("contested_already") == 5
        assert len(headlines(rosa)) == 1
