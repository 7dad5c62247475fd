"""Signing in and out by e-mail: with a password, with a code, with a new password."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from man_site.urls import account
from members import clock
from members.actions import welcome_member
from members.models import Letter, Member
from tests import make
from tests.conftest import PASSWORD

URL = reverse("account_login")
CODE = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
RESET = reverse("account_reset_password")
NEW_PASSWORD = "three-willows-and-a-pond"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def codes(page) -> list[str]:
    form = page.context["form"]
    return [error.code for error in form.errors.as_data().get("__all__", [])]


def letters() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("address", flat=True))


def code_sent() -> str:
    return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Letter.objects.latest("id").text)[0]


def text_of(page) -> str:
    """What a reader sees, without what differs each time."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.text)


def test_a_member_signs_in_by_email_and_password(client, ana):
    response = client.post(URL, {"login": "ana@example.org", "password": PASSWORD})

    assertRedirects(response, reverse("home"))
    assert "Ana" in client.get(reverse("home")).text


@pytest.mark.parametrize("login", ["ana@example.org", "nobody@example.org"])
def test_a_wrong_password_does_not_tell_who_belongs(client, ana, login):
    page = client.post(URL, {"login": login, "password": "wrong"})

    assert page.status_code == 200
    assert codes(page) == ["email_password_mismatch"]


def test_somebody_who_left_does_not_come_in(client, gus):
    client.post(URL, {"login": "gus@example.org", "password": PASSWORD})

    assert not is_in(client)


def test_somebody_who_leaves_is_out_at_once(client, ana):
    client.force_login(ana)
    ana.left_at = clock.now()
    ana.save(update_fields=["left_at"])

    assert client.get(reverse("timebank:statement")).status_code == 302


def test_signing_out_is_a_button(client, ana):
    client.force_login(ana)

    assertRedirects(client.post(reverse("account_logout")), reverse("home"))
    assert not is_in(client)


def test_nobody_joins_by_a_form_alone(client):
    page = client.post(
        reverse("account_signup"), {"email": "m@example.org", "password1": "x" * 20}
    )

    assert page.templates[0].name == "account/signup_closed.html"


def test_passwords_are_tried_a_few_times_and_no_more(client, ana):
    words = {"login": "ana@example.org", "password": "wrong"}
    tried = [codes(client.post(URL, words)) for _ in range(9)]
    unknown = [
        codes(client.post(URL, {**words, "login": "nobody@example.org"}))
        for _ in range(9)
    ]

    assert tried == unknown
    assert tried == [["email_password_mismatch"]] * 8 + [["too_many_login_attempts"]]
    # Even the right one waits now.
    assert codes(client.post(URL, {**words, "password": PASSWORD})) == [
        "too_many_login_attempts"
    ]


def test_one_address_of_the_network_does_not_try_everybody(client, ana):
    tried = [
        codes(client.post(URL, {"login": f"m{n}@example.org", "password": "wrong"}))
        for n in range(21)
    ]

    assert tried[-2:] == [["email_password_mismatch"], ["too_many_login_attempts"]]


def test_allauth_has_no_page_that_we_do_not_mean_to_have():
    names = {one.name for one in account}

    assert names == {
        "account_change_password",
        "account_confirm_login_code",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_password",
        "account_signup",
    }


# By a code


def test_a_member_without_a_password_signs_in_by_a_code(client, rosa):
    welcome_member(by=make.acting(rosa), name="Nia New", email="nia@example.org")

    assertRedirects(client.post(CODE, {"email": "Nia@Example.org"}), CONFIRM)
    assert letters() == ["nia@example.org"]
    assertRedirects(
        client.post(CONFIRM, {"code": code_sent().lower().replace("-", " ")}),
        reverse("home"),
    )
    assert is_in(client)


def test_asking_for_a_code_does_not_tell_who_belongs(client, ana, gus, mailoutbox):
    pages, addresses = [], ["ana@example.org", "nobody@example.org", "gus@example.org"]
    for address in addresses:
        client.logout()
        answer = client.post(CODE, {"email": address})
        pages.append((answer.status_code, answer.url, client.get(CONFIRM)))

    assert {page[:2] for page in pages} == {(302, CONFIRM)}
    texts = {
        text_of(page).replace(address, "")
        for (_, _, page), address in zip(pages, addresses, strict=True)
    }
    assert len(texts) == 1
    assert letters() == ["ana@example.org"]
    # The worker sends it: what a mail server takes of time, no page shows.
    assert mailoutbox == []


def test_a_wrong_code_does_not_tell_who_belongs(client, ana):
    tries = []
    for address in ("ana@example.org", "nobody@example.org"):
        client.logout()
        client.post(CODE, {"email": address})
        answers = [client.post(CONFIRM, {"code": "AAAA-AAAA"}) for _ in range(5)]
        tries.append(
            [(one.status_code, one.headers.get("Location")) for one in answers]
        )

    assert tries[0] == tries[1] == [(200, None)] * 4 + [(302, CODE)]
    assert not is_in(client)


def test_codes_are_asked_for_a_few_times_and_no_more(client, ana):
    def ask(address):
        client.logout()
        return client.post(CODE, {"email": address}).status_code

    tried = [ask("ana@example.org") for _ in range(5)]

    assert tried == [ask("nobody@example.org") for _ in range(5)] == [302] * 4 + [200]
    assert len(letters()) == 4


def test_a_code_works_once_and_the_latest_alone(client, ana):
    client.post(CODE, {"email": "ana@example.org"})
    first = code_sent()
    client.post(CONFIRM, {"action": "resend"})
    second = code_sent()

    assert first != second
    assert client.post(CONFIRM, {"code": first}).status_code == 200
    assert client.post(CONFIRM, {"code": second}).status_code == 302
    client.logout()
    assertRedirects(
        client.post(CONFIRM, {"code": second}), CODE, fetch_redirect_response=False
    )


def test_a_code_grows_old(client, ana, settings):
    client.post(CODE, {"email": "ana@example.org"})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    assert client.post(CONFIRM, {"code": code_sent()}).status_code == 302
    assert not is_in(client)


# A new password


def test_a_forgotten_password_does_not_tell_who_belongs(client, ana, gus):
    known = client.post(RESET, {"email": "ana@example.org"})
    others = [
        client.post(RESET, {"email": email})
        for email in ("nobody@example.org", "gus@example.org")
    ]

    assert {known.url} == {other.url for other in others}
    assert letters() == ["ana@example.org"]


def test_a_new_password_is_chosen_from_a_letter_once(client, ana):
    client.post(RESET, {"email": "ana@example.org"})
    link = Letter.objects.latest("id").path

    form = client.get(link).url
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assertRedirects(
        client.post(form, words), reverse("account_reset_password_from_key_done")
    )
    assert Member.objects.get(pk=ana.pk).check_password(NEW_PASSWORD)
    assert client.get(link).context["token_fail"]


def test_the_letter_leads_to_our_own_address_whatever_host_was_asked(
    client, ana, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": "ana@example.org"}, headers={"host": "evil.example"})

    letter = Letter.objects.latest("id")
    assert urlsplit(letter.path).netloc == ""
    assert "evil" not in letter.text + letter.path


def test_what_allauth_sends_keeps_no_second_copy_of_an_address(client, ana):
    client.post(RESET, {"email": "ana@example.org"})

    assert ana.emailaddress_set.count() == 0


@pytest.mark.parametrize("has_password", [True, False])
def test_a_password_is_chosen_by_whoever_is_signed_in(client, ana, has_password):
    if not has_password:
        ana.set_unusable_password()
        ana.save()
    client.post(CODE, {"email": "ana@example.org"})
    client.post(CONFIRM, {"code": code_sent()})
    url = reverse("account_change_password" if has_password else "account_set_password")

    page = client.post(url, {"password1": NEW_PASSWORD, "password2": "another"})
    assert page.status_code == 200
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assertRedirects(client.post(url, words), reverse("members:sessions"))
    assert Member.objects.get(pk=ana.pk).check_password(NEW_PASSWORD)


def test_a_weak_password_is_refused(client, ana):
    client.force_login(ana)
    make.sure(client)
    words = {"password1": "12345678", "password2": "12345678"}

    page = client.post(reverse("account_change_password"), words)

    assert "password_too_common" in [
        error.code for error in page.context["form"].errors.as_data()["password1"]
    ]
