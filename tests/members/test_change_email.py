"""A new e-mail address: from a letter to it, or told to a coordinator by phone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import ask_for_new_email, change_email, confirm_email
from members.models import ActionLink, Channel, DeedForAnother, Letter, Member
from tests import make
from tests.conftest import PASSWORD
from tests.refusals import refused

ASK = reverse("members:ask-for-new-email")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


def token_sent() -> str:
    path = Letter.objects.exclude(path="").latest("id").path
    return path.removeprefix("/account/email/").removesuffix("/")


def email_of(member) -> str:
    return Member.objects.get(pk=member.pk).email


@pytest.fixture
def at_it(client, ana):
    client.force_login(ana)
    make.sure(client)
    return client


def test_a_new_address_counts_once_its_letter_is_answered(at_it, ana):
    assertRedirects(
        at_it.post(ASK, {"email": " New@Example.org "}), reverse("members:sessions")
    )

    assert Letter.objects.get().address == "new@example.org"
    assert email_of(ana) == "ana@example.org"
    link = reverse("members:confirm-email", args=[token_sent()])
    # Perhaps on another device, and opening it changes nothing.
    at_it.logout()
    assert at_it.get(link).status_code == 200
    assert email_of(ana) == "ana@example.org"
    assertRedirects(at_it.post(link), reverse("home"))
    assert email_of(ana) == "new@example.org"


def test_the_old_address_is_told(at_it, ana):
    ask_for_new_email(by=make.acting(ana), email="new@example.org")
    confirm_email(token=token_sent())

    assert Letter.objects.latest("id").address == "ana@example.org"
    assert "another e-mail address" in Letter.objects.latest("id").text


def test_signing_in_follows(client, ana):
    ask_for_new_email(by=make.acting(ana), email="new@example.org")
    confirm_email(token=token_sent())

    def sign_in(email):
        words = {"login": email, "password": PASSWORD}
        return client.post(reverse("account_login"), words).status_code

    assert (sign_in("ana@example.org"), sign_in("new@example.org")) == (200, 302)


def test_a_link_works_once(client, ana):
    ask_for_new_email(by=make.acting(ana), email="new@example.org")
    token = token_sent()
    confirm_email(token=token)
    change_email(by=make.acting(ana), member=ana, email="ana@example.org")

    assert refused(confirm_email, token=token) == "link_spent"
    link = reverse("members:confirm-email", args=[token])
    assert client.get(link).status_code == client.post(link).status_code == 410
    assert email_of(ana) == "ana@example.org"


def test_a_later_wish_overtakes_an_earlier_one(ana):
    ask_for_new_email(by=make.acting(ana), email="first@example.org")
    first = token_sent()
    ask_for_new_email(by=make.acting(ana), email="second@example.org")

    assert refused(confirm_email, token=first) == "link_spent"
    confirm_email(token=token_sent())
    assert email_of(ana) == "second@example.org"


def test_a_link_grows_old_and_opens_nothing_for_whoever_left(ana, ben):
    for member in (ana, ben):
        ask_for_new_email(by=make.acting(member), email=f"{member.pk}@example.org")
    of_ana, of_ben = (
        letter.path.split("/")[-2] for letter in Letter.objects.order_by("id")
    )
    now = clock.now()
    ActionLink.objects.filter(member=ana).update(
        made_at=now - timedelta(3), expires_at=now - timedelta(1)
    )
    Member.objects.filter(pk=ben.pk).update(left_at=now)

    assert refused(confirm_email, token=of_ana) == "link_spent"
    assert refused(confirm_email, token=of_ben) == "link_spent"


def test_a_link_is_not_bent_to_another_address(ana):
    ask_for_new_email(by=make.acting(ana), email="new@example.org")
    token = token_sent()

    for forged in (token[:-3] + "abc", "x", token.replace(":", "", 1), "a" * 400):
        assert refused(confirm_email, token=forged) == "link_spent"


def test_nobody_learns_whether_an_address_is_taken(at_it, ana, ben):
    taken = at_it.post(ASK, {"email": "ben@example.org"})
    free = at_it.post(ASK, {"email": "free@example.org"})

    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    to_ben, to_free = Letter.objects.order_by("id")
    assert (to_ben.address, to_free.address) == ("ben@example.org", "free@example.org")
    assert to_ben.path == ""
    assert to_ben.subject == to_free.subject


def test_an_address_that_was_taken_meanwhile_is_refused(ana, ben):
    ask_for_new_email(by=make.acting(ana), email="new@example.org")
    change_email(by=make.acting(ben), member=ben, email="new@example.org")

    assert refused(confirm_email, token=token_sent()) == "email_taken"


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("", "invalid"),
        ("no address", "invalid"),
        ("a@example.org\nBcc: all@example.org", "invalid"),
        ("ANA@example.org", "same"),
    ],
)
def test_what_is_no_new_address_is_refused(ana, email, code):
    assert refused(ask_for_new_email, by=make.acting(ana), email=email) == code


def test_letters_are_asked_for_a_few_times_and_no_more(at_it):
    tried = [
        at_it.post(ASK, {"email": f"n{n}@example.org"}).status_code for n in range(7)
    ]

    assert tried == [302] * 6 + [422]
    assert Letter.objects.count() == 6


# Told to a coordinator


def test_a_coordinator_writes_down_what_somebody_phoned(client, rosa, ana):
    client.force_login(rosa)
    make.sure(client)
    url = reverse("members:change-email", args=[ana.pk])

    page = client.post(url, {"email": "new@example.org", "channel": "phone"})

    assert page.status_code == 302
    assert email_of(ana) == "new@example.org"
    noted = DeedForAnother.objects.get()
    assert (noted.deed, noted.recorded_by, noted.recorded_for) == (
        "change_email",
        rosa,
        ana,
    )
    assert "ana@example.org" in Letter.objects.values_list("address", flat=True)


def test_somebody_without_email_gets_one(rosa, edna):
    by = Acting(rosa, edna, Channel.PHONE)

    change_email(by=by, member=edna, email="edna@example.org")

    assert email_of(edna) == "edna@example.org"


def test_nobody_else_changes_an_address(client, ana, ben):
    with pytest.raises(PermissionDenied):
        change_email(
            by=Acting(ana, ben, Channel.PHONE), member=ben, email="x@example.org"
        )
    client.force_login(ana)
    make.sure(client)
    url = reverse("members:change-email", args=[ben.pk])
    words = {"email": "x@example.org", "channel": "phone"}
    assert client.post(url, words).status_code == 403


def test_a_stewards_new_address_counts_once_it_answered(client, ana):
    bakery = make.stewardship(ana).organisation
    client.force_login(ana)
    make.sure(client)
    url = reverse("members:change-email", args=[bakery.pk])

    client.post(url, {"email": "bakery@example.org", "channel": "phone"})
    client.post(url, {"email": "bakery@example.org", "channel": "web"})
    assert email_of(bakery) is None

    client.post(Letter.objects.get(address="bakery@example.org").path)
    assert email_of(bakery) == "bakery@example.org"


def test_a_stewards_word_alone_changes_no_address(ana):
    bakery = make.stewardship(ana).organisation

    with pytest.raises(PermissionDenied):
        change_email(
            by=Acting(ana, bakery, Channel.WEB), member=bakery, email="x@example.org"
        )


def test_a_steward_tries_no_list_of_addresses(client, ana, ben):
    """Nor would it tell which are taken: a free and a taken one are answered alike."""
    bakery = make.stewardship(ana).organisation
    client.force_login(ana)
    make.sure(client)
    make.forget_tries()
    url = reverse("members:change-email", args=[bakery.pk])

    words = {"email": "ben@example.org", "channel": "web"}
    tried = [client.post(url, words).status_code for _ in range(7)]

    assert tried == [302] * 6 + [422]
