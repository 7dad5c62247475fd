"""Somebody records help between themselves and a neighbour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.models import Channel, Notice
from tests import make
from tests.marks import committed
from tests.refusals import codes
from timebank.models import Exchange

URL = reverse("timebank:record-exchange")

pytestmark = pytest.mark.django_db


def form(neighbour, **words):
    given = {
        "neighbour": neighbour.pk,
        "direction": "received",
        "minutes": "2",
        "what": "Mended my bicycle",
        "helped_on": make.a_day().isoformat(),
        "key": str(make.key()),
    }
    return given | words


def test_the_minutes_move_and_the_giver_is_told(client, ana, ben):
    client.force_login(ben)

    response = client.post(URL, form(ana))

    exchange = Exchange.objects.get()
    assertRedirects(response, exchange.get_absolute_url())
    assert (make.minutes(ana), make.minutes(ben)) == (120, -120)
    assert (exchange.giver, exchange.receiver, exchange.minutes) == (ana, ben, 120)
    assert (exchange.recorded_by, exchange.recorded_for, exchange.channel) == (
        ben,
        ben,
        "web",
    )
    assert ana.notices.get().headline.replace("\xa0", " ") == (
        "Ben de Vries recorded 2 h of your help"
    )
    assert not ben.notices.exists()
    assert make.books().is_sound


def test_the_giver_may_record_it_too(client, ana, ben):
    client.force_login(ana)

    client.post(URL, form(ben, direction="gave", minutes="45 min"))

    assert (make.minutes(ana), make.minutes(ben)) == (45, -45)
    assert ben.notices.get().headline.replace("\xa0", " ") == (
        "Ana Okafor recorded 45 min of help for you"
    )


def test_the_transfer_names_the_exchange_as_its_cause(ana, ben):
    exchange = make.exchange(ana, ben)

    moved = exchange.transfer
    assert (moved.key, moved.cause_kind, moved.cause_id) == (
        exchange.pk,
        "exchange",
        exchange.pk,
    )


def test_a_form_sent_twice_is_one_exchange_and_one_notice(client, ana, ben):
    client.force_login(ben)
    words = form(ana)

    first = client.post(URL, words)
    second = client.post(URL, words)

    assert first.url == second.url
    assert Exchange.objects.count() == 1
    assert Notice.objects.count() == 1
    assert make.minutes(ana) == 120


def test_a_form_sent_again_with_other_hours_is_refused(client, ana, ben):
    client.force_login(ben)
    words = form(ana)
    client.post(URL, words)

    response = client.post(URL, words | {"minutes": "3"})

    assert response.status_code == 422
    assert codes(response) == {"__all__": ["key_reused"]}
    assert make.minutes(ana) == 120


@pytest.mark.parametrize("change", [{"what": "Soup"}, {"helped_on": "another day"}])
def test_a_form_sent_again_with_other_words_is_refused_and_not_swallowed(
    client, ana, ben, change
):
    client.force_login(ben)
    words = form(ana, helped_on=(make.a_day() - timedelta(days=1)).isoformat())
    client.post(URL, words)
    change = change if "what" in change else {"helped_on": make.a_day().isoformat()}

    response = client.post(URL, words | change)

    assert codes(response) == {"__all__": ["key_reused"]}
    assert Exchange.objects.get().what == "Mended my bicycle"


def test_a_form_sent_again_after_somebody_left_is_answered_as_then(client, ana, ben):
    client.force_login(ben)
    words = form(ana)
    first = client.post(URL, words)
    ana.left_at = clock.now()
    ana.save(update_fields=["left_at"])

    assert client.post(URL, words).url == first.url


def test_an_address_does_not_bring_a_key_along(client, ana, ben):
    client.force_login(ben)
    forged = str(make.key())

    page = client.get(URL, {"neighbour": ana.pk, "key": forged, "minutes": "2"})

    assert str(page.context["form"]["key"].value()) != forged
    assert page.context["form"]["minutes"].value() == "2"


def test_the_day_is_the_networks_and_not_greenwichs(client, ana, ben):
    """At three in the night of the second in Greenwich it is still the first here."""
    moment = datetime(2026, 3, 2, 3, tzinfo=UTC)

    make.exchange(ana, ben, at=moment, helped_on=date(2026, 3, 1))
    with pytest.raises(ValidationError) as caught:
        make.exchange(ana, ben, at=moment, helped_on=date(2026, 3, 2))

    assert caught.value.error_dict["helped_on"][0].code == "in_future"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("minutes", "-2", "unreadable"),
        ("minutes", "0", "not_in_quarters"),
        ("minutes", "0.33", "unreadable"),
        ("minutes", "20 min", "not_in_quarters"),
        ("minutes", "101", "too_long"),
        ("minutes", "9999", "too_long"),
        ("minutes", "", "required"),
        ("minutes", "2" * 21, "max_length"),
        ("minutes", "2\x00", "null_characters_not_allowed"),
        ("what", "", "required"),
        ("what", "   ", "required"),
        ("what", "a" * 201, "max_length"),
        ("what", "a" * 1_000_000, "max_length"),
        ("what", "nul \x00", "null_characters_not_allowed"),
        ("what", "turned \u202e round", "invisible_marks"),
        ("what", "Rake\n\nYour account is locked", "invisible_marks"),
        ("what", "\u2800\u3164", "nothing_to_see"),
        ("helped_on", "", "required"),
        ("helped_on", "yesterday", "invalid"),
        ("helped_on", "9999-12-31", "in_future"),
        ("helped_on", "0001-01-01", "too_long_ago"),
        ("neighbour", "", "required"),
        ("neighbour", "999999", "invalid_choice"),
        ("neighbour", "1; DROP TABLE", "invalid_choice"),
        ("neighbour", "9" * 30, "invalid_choice"),
        ("direction", "", "required"),
        ("direction", "sideways", "invalid_choice"),
        ("key", "", "required"),
        ("key", "tampered", "invalid"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client, ana, ben, field, value, code
):
    client.force_login(ben)

    response = client.post(URL, form(ana) | {field: value})

    assert response.status_code == 422
    assert codes(response)[field][-1:] == [code]
    assert not Exchange.objects.exists()
    assert make.minutes(ana) == 0


def test_what_was_typed_stays_in_a_refused_form(client, ana, ben):
    client.force_login(ben)

    page = client.post(
        URL, form(ana, minutes="many", what="Soup <b>for</b> a week")
    ).text

    assert 'value="many"' in page
    assert "Soup &lt;b&gt;for&lt;/b&gt; a week" in page


def test_a_spoilt_key_is_replaced_so_that_sending_again_works(client, ana, ben):
    client.force_login(ben)
    response = client.post(URL, form(ana, key="tampered"))

    fresh = response.context["form"]["key"].value()

    client.post(URL, form(ana, key=fresh))
    assert str(Exchange.objects.get().pk) == fresh


def test_emoji_and_right_to_left_words_are_welcome(client, ana, ben):
    client.force_login(ben)

    client.post(URL, form(ana, what="🚲 תיקון אופניים"))

    exchange = Exchange.objects.get()
    assert exchange.what == "🚲 תיקון אופניים"
    assert "🚲 תיקון אופניים" in client.get(exchange.get_absolute_url()).text


def test_further_below_zero_than_agreed_is_refused_kindly(client, ana, ben):
    client.force_login(ben)

    response = client.post(URL, form(ana, minutes="20:15"))

    assert response.status_code == 422
    assert codes(response) == {"__all__": ["below_floor"]}
    assert "talk with a coordinator" in response.text
    assert not Notice.objects.exists()


def test_somebody_who_left_is_refused_with_their_name(client, ben, gus):
    client.force_login(ben)

    response = client.post(URL, form(gus))

    assert codes(response) == {"__all__": ["member_left"]}
    assert "Gus Lindqvist has left" in response.text


def test_nobody_helps_themselves(client, ben):
    client.force_login(ben)

    response = client.post(URL, form(ben))

    assert codes(response) == {"__all__": ["same_account"]}


def test_a_neighbour_without_email_is_told_in_the_app_alone(edna, ben):
    make.exchange(edna, ben)

    assert edna.notices.get().letter is None


def test_a_stranger_to_both_may_not(ana, ben, cleo):
    with pytest.raises(PermissionDenied):
        make.exchange(ana, ben, by=make.acting(cleo))
    with pytest.raises(PermissionDenied):
        make.exchange(ana, ben, by=Acting(cleo, for_member=ana, channel=Channel.PHONE))


def test_nobody_acts_for_the_other_side_of_their_own_exchange(rosa, ana):
    with pytest.raises(PermissionDenied):
        make.exchange(rosa, ana, by=Acting(rosa, for_member=ana, channel=Channel.PHONE))


def test_it_may_be_entered_as_of_a_past_moment(ana, ben):
    moment = clock.now() - timedelta(days=40)

    exchange = make.exchange(ana, ben, at=moment, helped_on=clock.day_of(moment))

    assert (exchange.recorded_at, exchange.transfer.at) == (moment, moment)


def test_a_refused_exchange_leaves_nothing_behind(ana, ben):
    with pytest.raises(ValidationError):
        make.exchange(ana, ben, minutes=1215)

    assert not Exchange.objects.exists()
    assert not Notice.objects.exists()


def test_the_page_first_asks_who_it_was(client, ana, ben, cleo, gus):
    make.exchange(cleo, ben)
    client.force_login(ben)

    response = client.get(URL)

    assert [member.name for member in response.context["of_late"]] == ["Cleo Stranger"]
    found = [member.name for member in response.context["found"]]
    assert found == ["Ana Okafor", "Cleo Stranger", "Rosa Alvarez"]


@pytest.mark.parametrize("words", ["okaf", "ANA", "oka ana"])
def test_people_are_found_by_parts_of_their_name(client, ana, ben, words):
    client.force_login(ben)

    assert list(client.get(URL, {"q": words}).context["found"]) == [ana]


def test_people_are_found_by_their_number(client, ana, ben):
    client.force_login(ben)

    assert list(client.get(URL, {"q": ana.number}).context["found"]) == [ana]
    assert list(client.get(URL, {"q": "9" * 70}).context["found"]) == []


@pytest.mark.parametrize("forged", ["999999", "x", "9" * 40, "-1", "٣"])
def test_an_address_with_a_forged_id_is_not_found(client, ben, forged):
    client.force_login(ben)

    assert client.get(URL, {"neighbour": forged}).status_code == 404


def test_the_form_speaks_of_the_neighbour_by_name(client, ana, ben):
    client.force_login(ben)

    response = client.get(URL, {"neighbour": ana.pk})

    assert response.status_code == 200
    assert "Ana Okafor" in response.text


def test_a_stranger_is_asked_to_sign_in(client):
    assertRedirects(
        client.post(URL, {}),
        f"{reverse('account_login')}?next={URL}",
        fetch_redirect_response=False,
    )


@committed
def test_the_deed_costs_what_it_did_yesterday(ana, ben, django_assert_num_queries):
    """Begin; the rules; the transfer, the exchange; how they are told, the letter, the
    notice; commit."""
    with django_assert_num_queries(8):
        make.exchange(ana, ben)
