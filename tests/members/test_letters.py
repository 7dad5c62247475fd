"""Letters that did not arrive: coordinators see to them, and read no word of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import put_away_letter, retry_letter, send_letters
from members.models import Letter
from members.models.letters import ADDRESS_REFUSED, FAULTS_IN_WORDS, INTERRUPTED
from members.notices import Kind, write_to
from tests import make
from tests.marks import committed

URL = reverse("members:letters")

pytestmark = pytest.mark.django_db


def given_up(fault=ADDRESS_REFUSED, **columns):
    Letter.objects.update(
        due_at=None, gave_up_at=clock.now(), fault=fault, tries=2, **columns
    )


@pytest.fixture
def letter(ana, ben):
    """One about hours to Ana, whose address nobody knows (any more)."""
    make.exchange(ana, ben, what="Something private")
    given_up()
    return Letter.objects.get()


def test_coordinators_read_who_and_why_and_no_word_of_it(client, rosa, letter):
    client.force_login(rosa)

    page = client.get(URL).text

    assert "Ana Okafor" in page
    assert "A neighbour recorded hours with me" in page
    assert "knows no such address" in page
    assert "Something private" not in page
    assert "ana@example.org" not in page


def test_of_a_stranger_they_read_the_address_for_it_may_be_mistyped(client, rosa):
    write_to(
        "sam@exmaple.org",
        name="Sam",
        kind=Kind("x", "x"),
        subject="You asked to join",
        template="members/notices/done_for_you.txt",
        context={},
    )
    given_up()
    client.force_login(rosa)

    page = client.get(URL).text

    assert "Sam (sam@exmaple.org)" in page
    assert "You asked to join" in page


@pytest.mark.parametrize("fault", [*FAULTS_IN_WORDS, "SMTPServerDisconnected", "x"])
def test_every_fault_is_said_in_plain_words(fault):
    words = str(Letter(fault=fault).fault_in_words)

    assert "SMTP" not in words
    assert words.endswith(".")


def test_none_is_a_good_page(client, rosa):
    client.force_login(rosa)

    assert "Every letter arrived" in client.get(URL).text


def test_where_the_post_is_away_the_page_says_since_when(client, rosa, ana, ben):
    make.exchange(ana, ben)
    client.force_login(rosa)
    assert client.get(URL).context["late"] is None
    Letter.objects.update(due_at=clock.now() - timedelta(hours=2))

    assert "One letter waits to go out since" in " ".join(client.get(URL).text.split())


def test_tried_again_it_goes_out(client, rosa, letter):
    client.force_login(rosa)

    answer = client.post(reverse("members:retry-letter", args=[letter.pk]))

    assertRedirects(answer, URL)
    assert not Letter.objects.given_up().exists()
    assert send_letters() == 1


def test_one_that_broke_off_twice_goes_out_when_a_person_says_so(rosa, letter):
    Letter.objects.update(
        fault=INTERRUPTED, unclear=2, begun_at=clock.now() - timedelta(hours=1)
    )

    retry_letter(by=make.acting(rosa), letter=letter)

    assert send_letters() == 1


def test_tried_again_twice_it_goes_out_once(client, rosa, letter):
    by = make.acting(rosa)
    retry_letter(by=by, letter=letter)
    send_letters()

    retry_letter(by=by, letter=letter)

    assert send_letters() == 0
    assert Letter.objects.get().sent_at is not None


def test_put_away_it_rests(client, rosa, letter):
    client.force_login(rosa)

    answer = client.post(reverse("members:put-away-letter", args=[letter.pk]))

    assertRedirects(answer, URL)
    assert not Letter.objects.given_up().exists()
    assert send_letters() == 0


@pytest.mark.parametrize("deed", [retry_letter, put_away_letter])
def test_nobody_else_sees_to_it(client, ana, cleo, letter, deed):
    for member in (ana, cleo):
        with pytest.raises(PermissionDenied):
            deed(by=make.acting(member), letter=letter)
        client.force_login(member)
        name = f"members:{deed.__name__.replace('_', '-')}"
        assert client.post(reverse(name, args=[letter.pk])).status_code == 404
        assert client.get(URL).status_code == 403
    assert Letter.objects.given_up().count() == 1


@committed
@pytest.mark.parametrize("rows", [1, 30])
def test_many_cost_what_one_does(
    client, rosa, ana, ben, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.exchange(ana, ben, 15)
    given_up()
    client.force_login(rosa)
    client.get(URL)

    # Who I am, what I am trusted with; how many, which; and whether any waits.
    with django_assert_num_queries(6):
        client.get(URL)


@pytest.mark.parametrize("page", ["x", "0", "-1", "9" * 40, "\x00"])
def test_a_forged_page_is_still_a_page(client, rosa, letter, page):
    client.force_login(rosa)

    assert client.get(URL, {"page": page}).status_code == 200
