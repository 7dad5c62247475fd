"""Neighbours write to each other, and nobody needs the other's address."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.acting import Acting
from members.actions import welcome_member
from members.models import Channel, DeedForAnother, Letter, Member, Message, Notice
from members.policies.people import MESSAGES_A_DAY
from tests import make
from tests.marks import committed
from tests.races import at_once
from tests.refusals import codes

LIST = reverse("members:messages")
SECRET = "The key lies under the third pot"

pytestmark = pytest.mark.django_db


def with_(member):
    return reverse("members:send-message", args=[member.pk])


def form(words=SECRET, **more):
    return {"words": words, "key": str(make.key())} | more


def refused(sender, receiver, **more):
    with pytest.raises(ValidationError) as caught:
        make.message(sender, receiver, **more)
    return caught.value


def test_the_other_side_is_told_and_reads_it(client, ana, ben):
    client.force_login(ben)

    assertRedirects(client.post(with_(ana), form()), with_(ana))

    message = Message.objects.get()
    assert (message.sender, message.receiver, message.words) == (ben, ana, SECRET)
    notice = ana.notices.get()
    assert notice.headline == "Ben de Vries wrote to you"
    assert not ben.notices.exists()
    client.force_login(ana)
    assert client.get(notice.path, follow=True).request["PATH_INFO"] == with_(ben)
    assert SECRET in client.get(with_(ben)).text
    assert "The key lies under" in client.get(LIST).text


def test_the_letter_names_nobody_outside_and_shows_no_address_and_no_words(ana, ben):
    make.tells(ben, phone="555 0200")
    make.message(ben, ana, SECRET)

    letter = Letter.objects.get(member=ana, kind="message_received")
    assert letter.subject == "A neighbour wrote to you"
    for hidden in (SECRET, ben.email, "555 0200"):
        assert hidden not in letter.text


def test_only_the_two_read_it(client, rosa, ana, ben, cleo):
    message = make.message(ben, ana, SECRET)
    path = message.get_absolute_url()
    for reader in (rosa, cleo):
        client.force_login(reader)
        assert client.get(path).status_code == 404
        for page in (LIST, with_(ana), with_(ben)):
            assert SECRET not in client.get(page).text


def test_a_coordinator_who_acts_for_a_member_passes_on_but_does_not_read(
    client, rosa, ana, edna
):
    message = make.message(ana, edna, SECRET)
    client.force_login(rosa)
    session = client.session
    session["acting_for"] = {"member": edna.pk, "channel": "phone"}
    session.save()

    assert "Nobody else reads them" in client.get(LIST).text
    assert SECRET not in client.get(with_(ana)).text
    assert SECRET not in client.get(reverse("members:notices")).text
    assert client.get(message.get_absolute_url()).status_code == 404
    response = client.post(with_(ana), form("Yes, come", acting_for=str(edna.pk)))

    assertRedirects(response, ana.get_absolute_url())
    passed_on = Message.objects.latest("pk")
    assert (passed_on.sender, passed_on.recorded_by, passed_on.channel) == (
        edna,
        rosa,
        "phone",
    )
    assert DeedForAnother.objects.get().recorded_for == edna
    client.force_login(ana)
    assert "Written down by Rosa Alvarez, by phone" in client.get(with_(edna)).text


def test_a_steward_reads_and_answers_for_the_organisation(client, ana, ben):
    bakery = make.organisation()
    make.stewardship(ana, bakery)
    make.message(ben, bakery, SECRET)
    client.force_login(ana)
    assert SECRET not in client.get(LIST).text
    session = client.session
    session["acting_for"] = {"member": bakery.pk, "channel": "web"}
    session.save()

    assert "The key lies" in client.get(LIST).text
    assert SECRET in client.get(with_(ben)).text


def test_a_form_sent_twice_is_one_message_and_one_letter(client, ana, ben):
    client.force_login(ben)
    words = form()

    first, second = client.post(with_(ana), words), client.post(with_(ana), words)

    assert first.url == second.url
    assert Message.objects.count() == 1
    assert ana.notices.count() == 1


def test_a_form_sent_again_with_other_words_is_refused(client, ana, ben, cleo):
    client.force_login(ben)
    words = form()
    client.post(with_(ana), words)

    assert codes(client.post(with_(ana), words | {"words": "Other"})) == {
        "__all__": ["key_reused"]
    }
    assert codes(client.post(with_(cleo), words)) == {"__all__": ["key_reused"]}
    assert refused(cleo, ana, words=SECRET, key=Message.objects.get().key).code == (
        "key_reused"
    )
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "required"),
        ("  \n ", "required"),
        ("a" * 2001, "max_length"),
        ("nul \x00", "null_characters_not_allowed"),
        ("Fine\nturned \u202e round", "invisible_marks"),
        ("\u2800\u3164", "nothing_to_see"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, ana, ben, words, code):
    client.force_login(ben)

    response = client.post(with_(ana), form(words))

    assert response.status_code == 422
    assert codes(response)["words"] == [code]
    assert not Message.objects.exists()


def test_many_lines_emoji_and_scripts_stay_words(client, ana, ben):
    words = "Dear Ana,\n\n🚲 תיקון\n<script>alert(1)</script>"
    make.message(ben, ana, words)
    client.force_login(ana)

    page = client.get(with_(ben)).text

    assert "<script>alert" not in page
    assert "🚲 תיקון" in page
    assert Message.objects.get().words == words


def test_a_blocked_one_is_refused_without_learning_why(client, ana, ben):
    """Also in the middle of a conversation."""
    make.message(ana, ben, "Come by")
    make.block(ana, ben)
    client.force_login(ben)

    page = client.get(with_(ana))
    response = client.post(with_(ana), form())

    assert page.status_code == 200
    assert "Come by" in page.text
    assert codes(response) == {"__all__": ["not_reached"]}
    assert "A coordinator can help" in response.text
    assert "block" not in response.context["form"].errors.as_text().lower()
    assert ana.get_absolute_url() not in response.text
    assert client.get(reverse("members:messages")).status_code == 200
    assert ana.notices.count() == 0


def test_one_lifts_ones_own_block_first(ana, ben):
    make.block(ben, ana)

    assert refused(ben, ana).code == "you_blocked_them"


def test_acting_for_a_blocked_member_reaches_nobody_more(rosa, ana, edna):
    make.block(ana, edna)

    by = Acting(rosa, edna, Channel.PHONE)
    assert refused(edna, ana, by=by).code == "not_reached"


def test_somebody_who_left_is_not_reached(client, ana, ben):
    make.message(ana, ben, "Farewell")
    Member.objects.filter(pk=ana.pk).update(left_at=clock.now())
    client.force_login(ben)

    assert "Farewell" in client.get(with_(ana)).text
    assert codes(client.post(with_(ana), form())) == {"__all__": ["member_left"]}


def test_somebody_on_leave_gets_it_and_the_sender_is_told(client, ana, ben):
    Member.objects.filter(pk=ana.pk).update(on_leave_at=clock.now())
    client.force_login(ben)

    page = client.post(with_(ana), form(), follow=True)

    assert "Ana is away for a while" in page.text
    assert Message.objects.count() == 1


def test_nobody_writes_to_themselves(client, ana):
    client.force_login(ana)

    assert client.get(with_(ana)).status_code == 404
    assert refused(ana, ana).code == "to_oneself"


def test_nobody_writes_in_the_name_of_another(rosa, ana, cleo):
    with pytest.raises(PermissionDenied):
        make.message(ana, rosa, by=Acting(cleo, ana, Channel.PHONE))


def test_too_many_in_a_day_are_refused_kindly(rosa, ana, ben):
    make.policy(rosa, MESSAGES_A_DAY, 2)
    make.message(ben, ana)
    make.message(ben, rosa)

    assert refused(ben, ana).code == "too_many_messages"
    make.message(ana, ben)


@pytest.mark.parametrize("forged", ["999999", str(2**63 - 1)])
def test_an_address_with_a_forged_id_is_not_found(client, ben, forged):
    client.force_login(ben)

    assert client.get(f"{LIST}{forged}/").status_code == 404
    assert client.get(f"{LIST}one/{forged}/").status_code == 404


def test_nothing_is_shown_of_who_never_wrote(client, ana, ben, gus):
    client.force_login(ben)

    assert client.get(with_(gus)).status_code == 404


def test_lists_are_paged_and_cost_the_same(
    client, rosa, ana, ben, django_assert_num_queries
):
    make.message(ben, ana, "First")
    client.force_login(ana)
    counts = {}
    for page in (LIST, with_(ben)):
        client.get(page)
        with django_assert_num_queries(12, exact=False) as few:
            client.get(page)
        counts[page] = len(few)
    for number in range(31):
        other = welcome_member(by=make.acting(rosa), name=f"N {number}")
        make.message(other, ana)
        make.message(ben, ana, f"More {number}")
    for page, many in counts.items():
        with django_assert_num_queries(many):
            client.get(page)
    page = client.get(LIST)
    assert len(page.context["conversations"]) == 30
    older = client.get(LIST, {"before": page.context["older"]})
    assert len(older.context["conversations"]) == 2
    page = client.get(with_(ben))
    assert "First" not in page.text
    older = client.get(with_(ben), {"before": page.context["older"]})
    assert [one.words for one in older.context["written"]] == ["More 0", "First"]


def test_an_empty_list_offers_the_first_step(client, cleo):
    client.force_login(cleo)

    assert "Find a neighbour" in client.get(LIST).text


@committed
def test_a_key_sent_twice_at_once_counts_once(ana, ben):
    key = make.key()

    sent = at_once([lambda: make.message(ben, ana, key=key).pk] * 2)

    assert len(set(sent)) == 1
    assert Notice.objects.filter(kind="message_received").count() == 1


@committed
def test_two_who_write_to_each_other_at_once_don_t_stop_each_other(ana, ben):
    at_once([lambda: make.message(ana, ben), lambda: make.message(ben, ana)])

    assert Message.objects.count() == 2
