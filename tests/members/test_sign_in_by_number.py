"""A member number and a code on paper: printing it, and coming in with it."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock, keys
from members.acting import Acting
from members.actions import (
    change_email,
    end_sign_in_code,
    end_sign_in_codes,
    grant_role,
    open_by_code,
    print_sign_in_code,
)
from members.models import Channel, DeedForAnother, Member, Role, SignInCode
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import refused

URL = reverse("members:sign-in-by-number")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    make.forget_tries()


def printed(rosa, member) -> str:
    by = Acting(rosa, member, Channel.PAPER)
    return print_sign_in_code(by=by, member=member).on_paper


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def codes(page) -> list[str]:
    errors = page.context["form"].errors.as_data()
    return [error.code for field in errors.values() for error in field]


def sign_in(client, number, code, **more):
    return client.post(URL, {"number": number, "code": code, **more})


def text_of(page) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.text)


# The code


def test_a_code_is_easily_read_and_hard_to_guess():
    codes = {keys.new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(
        re.fullmatch("([CDFGHJKMNPQRTVWXY3479]{4}-?){4}", code) for code in codes
    )
    assert len(keys.EASILY_READ) ** 16 > 2**64


@pytest.mark.parametrize(
    "typed",
    [
        "cdfg-hjkm-npqr-3479",
        " CDFG HJKM NPQR 3479 ",
        "cdfghjkmnpqr3479",
        "ＣDFG–HJKM.NPQR_3479",
    ],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert keys.read_code(typed) == "CDFGHJKMNPQR3479"


# Coming in


def test_a_member_without_email_comes_in(client, rosa, edna):
    code = printed(rosa, edna)

    response = sign_in(client, f" {edna.number} ", code.lower().replace("-", " "))

    assertRedirects(response, reverse("home"))
    assert client.session["_auth_user_id"] == str(edna.pk)
    assert client.session.get_expire_at_browser_close()
    assert SignInCode.objects.get(member=edna).used_at is not None


def test_on_ones_own_phone_one_stays_signed_in(client, rosa, edna):
    sign_in(client, edna.number, printed(rosa, edna), stays="on")

    assert not client.session.get_expire_at_browser_close()


def test_it_leads_on_to_where_they_wanted_to_go_but_not_elsewhere(client, rosa, edna):
    code = printed(rosa, edna)
    assert sign_in(client, edna.number, code, next="/hours/").url == "/hours/"
    client.logout()

    assert sign_in(client, edna.number, code, next="https://evil.example/").url == "/"


def test_whoever_is_in_is_led_home(client, ana):
    client.force_login(ana)

    assertRedirects(client.get(URL), reverse("home"))


def test_a_wrong_code_and_an_unknown_number_look_the_same(client, rosa, edna, ana):
    printed(rosa, edna)
    wrong = sign_in(client, edna.number, "CDFG-HJKM-NPQR-3479")
    unknown = sign_in(client, 2_000_000, "CDFG-HJKM-NPQR-3479")
    without_a_code = sign_in(client, ana.number, "CDFG-HJKM-NPQR-3479")

    texts = [
        text_of(page).replace(f'value="{number}"', "")
        for page, number in [
            (wrong, edna.number),
            (unknown, 2_000_000),
            (without_a_code, ana.number),
        ]
    ]
    assert texts[0] == texts[1] == texts[2]
    assert codes(wrong) == ["username_password_mismatch"]
    assert wrong.status_code == 422
    assert not is_in(client)


def test_an_unknown_number_takes_a_hash_too(rosa, edna, monkeypatch):
    """A hash is what takes the time; it is reckoned whether or not somebody has the number."""
    printed(rosa, edna)
    reckoned, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda *args: reckoned.append(1) or encode(*args),
    )

    counts = []
    for number in (edna.number, 2_000_000):
        reckoned.clear()
        assert open_by_code(number=number, code="CDFG-HJKM-NPQR-3479") is None
        counts.append(len(reckoned))
    assert counts[0] == counts[1] >= 1


@pytest.mark.parametrize("number", ["", "abc", "-3", "99999999999", "٣"])
def test_what_is_no_number_is_said_beside_it(client, db, number):
    page = sign_in(client, number, "CDFG-HJKM-NPQR-3479")

    assert page.status_code == 422
    assert "number" in page.context["form"].errors


def test_codes_are_tried_a_few_times_and_no_more(client, rosa, edna):
    code = printed(rosa, edna)
    tried = [codes(sign_in(client, edna.number, "wrong")) for _ in range(9)]
    unknown = [codes(sign_in(client, 2_000_000, "wrong")) for _ in range(9)]

    assert tried == unknown
    assert tried == [["username_password_mismatch"]] * 8 + [["too_many_login_attempts"]]
    assert codes(sign_in(client, edna.number, code)) == ["too_many_login_attempts"]


def test_the_tries_are_counted_from_wherever_they_come(client, rosa, edna):
    for n in range(8):
        client.post(
            URL,
            {"number": edna.number, "code": "wrong"},
            REMOTE_ADDR=f"10.0.0.{n}",
        )

    assert codes(sign_in(client, edna.number, "wrong")) == ["too_many_login_attempts"]


def test_coming_in_spends_no_try(client, rosa, edna):
    code = printed(rosa, edna)
    for _ in range(10):
        sign_in(client, edna.number, code)
        assert is_in(client)
        client.logout()


def test_a_new_code_ends_the_old_one(client, rosa, edna):
    old, new = printed(rosa, edna), printed(rosa, edna)

    assert codes(sign_in(client, edna.number, old)) == ["username_password_mismatch"]
    assert sign_in(client, edna.number, new).status_code == 302


def test_a_code_opens_nothing_for_somebody_who_left(client, rosa, edna):
    code = printed(rosa, edna)
    Member.objects.filter(pk=edna.pk).update(left_at=clock.now())

    page = sign_in(client, edna.number, code)

    assert codes(page) == ["username_password_mismatch"]


def test_leaving_ends_the_code(rosa, edna):
    printed(rosa, edna)

    end_sign_in_codes(edna)

    assert SignInCode.objects.get().ended_at is not None


def test_a_lost_code_is_ended_by_its_owner(client, rosa, edna):
    code = printed(rosa, edna)
    sign_in(client, edna.number, code)

    assertRedirects(
        client.post(reverse("members:end-sign-in-code")), reverse("members:sessions")
    )
    assert open_by_code(number=edna.number, code=code) is None


def test_the_database_knows_one_working_code_a_member(rosa, edna):
    printed(rosa, edna)
    with pytest.raises(IntegrityError, match="sign_in_code_works_alone"):
        SignInCode.objects.create(
            member=edna, code_hash="x", **make.acting(rosa).recorded(clock.now())
        )


def test_the_code_itself_is_kept_nowhere(rosa, edna):
    code = keys.read_code(printed(rosa, edna))
    row = SignInCode.objects.get()

    assert row.on_paper == ""
    assert code not in row.code_hash


# Printing


def open_page(client, rosa, member):
    client.force_login(rosa)
    make.sure(client)
    return reverse("members:print-sign-in-code", args=[member.pk])


def test_a_coordinator_prints_a_slip_that_is_shown_once(client, rosa, edna):
    url = open_page(client, rosa, edna)

    slip = client.post(url, {"channel": "phone"})

    code = slip.context["printed"].on_paper
    assert code in slip.text
    assert str(edna.number) in slip.text
    assert code not in client.get(url).text
    assert open_by_code(number=edna.number, code=code) == edna


def test_it_is_noted_and_told(rosa, edna):
    printed(rosa, edna)

    noted = DeedForAnother.objects.get(recorded_for=edna)
    assert (noted.recorded_by, noted.deed, noted.channel) == (
        rosa,
        "print_sign_in_code",
        "paper",
    )
    assert edna.notices.get().headline == (
        "Rosa Alvarez did this for you, on paper: printed a code for signing in"
    )


def test_only_coordinators_print(client, ana, edna):
    url = open_page(client, ana, edna)

    assert client.get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        printed(ana, edna)


def test_before_printing_they_prove_that_it_is_they(client, rosa, edna):
    client.force_login(rosa)
    url = reverse("members:print-sign-in-code", args=[edna.pk])

    assert client.get(url).status_code == 401
    assert client.post(url, {"channel": "paper"}).status_code == 401
    assert not SignInCode.objects.exists()


def test_no_code_for_somebody_who_left(rosa, gus):
    by = Acting(rosa, gus, Channel.PAPER)

    assert refused(print_sign_in_code, by=by, member=gus) == "member_left"


def test_nobody_gets_hold_of_the_sign_in_of_whoever_carries_a_task(client, rosa, edna):
    grant_role(by=make.acting(rosa), member=edna, role=Role.TREASURER)
    edna = Member.objects.get(pk=edna.pk)
    by = Acting(rosa, edna, Channel.PHONE)

    assert refused(print_sign_in_code, by=by, member=edna) == "carries_a_task"
    words = {"member": edna, "email": "e@example.org"}
    assert refused(change_email, by=by, **words) == "carries_a_task"
    page = client.post(open_page(client, rosa, edna), {"channel": "phone"})
    assert codes(page) == ["carries_a_task"]


def test_ending_a_code_for_whoever_phones_is_noted(rosa, edna):
    printed(rosa, edna)

    end_sign_in_code(by=Acting(rosa, edna, Channel.PHONE))

    assert DeedForAnother.objects.filter(deed="end_sign_in_code").exists()


@pytest.mark.xdist_group("races")
class TestAtOnce:
    """Really at once, each with a connection of its own."""

    pytestmark = [committed]

    def test_of_many_codes_that_are_printed_at_once_one_works(self, rosa, edna):
        printed_codes = at_once([lambda: printed(rosa, edna)] * 6)

        opening = [
            code
            for code in printed_codes
            if open_by_code(number=edna.number, code=code) == edna
        ]
        assert len(opening) == 1
        assert SignInCode.objects.working().count() == 1
