"""Acting for somebody: choosing, the line under the bar, and never for the wrong person."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from members import clock
from members.actions import end_stewardship
from members.models import Channel, DeedForAnother, Member, Opened, Role, RoleGrant
from members.permissions import channels_for
from tests import make
from tests.conftest import PASSWORD
from timebank.models import Exchange

CHOOSE = reverse("members:acting")
BEGIN = reverse("members:begin-acting")
STOP = reverse("members:stop-acting")
HOME = reverse("home")
RECORD = reverse("timebank:record-exchange")

pytestmark = pytest.mark.django_db


def begin(client, member, channel="phone"):
    return client.post(BEGIN, {"member": member.pk, "channel": channel})


def acts_for(client) -> int | None:
    return client.session.get("acting_for", {}).get("member")


def an_exchange(opened_for, neighbour, **more):
    words = {
        "neighbour": neighbour.pk,
        "direction": "gave",
        "minutes": "1",
        "what": "Baked bread",
        "helped_on": clock.today().isoformat(),
        "key": make.key(),
    }
    return words | ({"acting_for": opened_for.pk} if opened_for else {}) | more


@pytest.fixture
def as_rosa(client, rosa):
    client.force_login(rosa)
    return client


def test_a_coordinator_acts_for_somebody_who_phones(as_rosa, rosa, edna):
    assertRedirects(begin(as_rosa, edna), HOME)

    page = as_rosa.get(HOME)
    assert "Hello, Edna" in page.text
    assert "Acting for <strong>Edna Moreau</strong>, by phone" in page.text
    assert as_rosa.get(reverse("timebank:statement")).context["member"] == edna


@pytest.mark.parametrize(
    "page",
    ["home", "members:notices", "timebank:statement", "members:done-for-me", "books"],
)
def test_the_line_stands_on_every_page(as_rosa, edna, page):
    begin(as_rosa, edna, "paper")

    assert (
        "Acting for <strong>Edna Moreau</strong>, on paper"
        in as_rosa.get(reverse(page)).text
    )
    assert "Acting for <strong>" in as_rosa.get("/nothing-here/").text


def test_what_is_done_is_theirs_and_says_who_and_how(as_rosa, rosa, edna, ana):
    begin(as_rosa, edna)

    as_rosa.post(RECORD, an_exchange(edna, ana))

    exchange = Exchange.objects.get()
    assert (exchange.giver, exchange.recorded_by, exchange.recorded_for) == (
        edna,
        rosa,
        edna,
    )
    noted = DeedForAnother.objects.get()
    assert (noted.recorded_by, noted.recorded_for, noted.channel) == (
        rosa,
        edna,
        Channel.PHONE,
    )


def test_stopping_leads_back_to_oneself(as_rosa, edna):
    begin(as_rosa, edna)

    as_rosa.post(STOP)

    assert "Hello, Rosa" in as_rosa.get(HOME).text
    assert "Acting for" not in as_rosa.get(HOME).text


def test_a_steward_acts_on_the_web_for_their_organisation_alone(client, ana, edna):
    bakery = make.stewardship(ana).organisation
    client.force_login(ana)

    assert "Corner Bakery" in client.get(CHOOSE).text
    assert begin(client, bakery, "phone").status_code == 403
    assert begin(client, edna, "web").status_code == 403
    assert acts_for(client) is None
    begin(client, bakery, "web")
    assert (
        "Acting for <strong>Corner Bakery</strong>, on the web" in client.get(HOME).text
    )


def test_a_coordinator_says_how_it_reached_her(as_rosa, edna):
    assert begin(as_rosa, edna, "web").status_code == 403
    assertRedirects(begin(as_rosa, edna, "pigeon"), CHOOSE)
    assertRedirects(begin(as_rosa, edna, ""), CHOOSE)
    assert acts_for(as_rosa) is None


def test_nobody_else_acts_for_anybody(client, ana, ben):
    client.force_login(ana)

    for channel in ("web", "phone", "paper"):
        assert begin(client, ben, channel).status_code == 403
    assert begin(client, ana, "web").status_code == 403
    assert client.post(BEGIN, {"member": "9" * 30, "channel": "web"}).status_code == 302
    assert client.post(BEGIN, {"member": 10**15, "channel": "web"}).status_code == 404
    assert acts_for(client) is None


def test_nobody_acts_for_whoever_left(as_rosa, gus):
    assert begin(as_rosa, gus).status_code == 404


@pytest.mark.parametrize("channel", ["web", "phone"])
def test_a_bent_session_lets_nobody_act(client, ana, ben, channel):
    client.force_login(ana)
    session = client.session
    session["acting_for"] = {"member": ben.pk, "channel": channel}
    session.save()

    page = client.get(HOME)

    assert "Hello, Ana" in page.text
    assert acts_for(client) is None


def test_coordinators_find_whom_they_look_for(as_rosa, edna, ana, gus):
    def found(words):
        return as_rosa.get(CHOOSE, {"q": words}).context["found"]

    assert found("edna") == [edna]
    assert found(str(ana.number)) == [ana]
    assert found("gus") == []
    assert as_rosa.get(CHOOSE, {"member": edna.pk}).context["chosen"] == edna
    for odd in ("x", "-1", "9" * 30, gus.pk):
        assert as_rosa.get(CHOOSE, {"member": odd}).context["chosen"] is None


def test_members_look_for_nobody_there(client, ana):
    client.force_login(ana)

    page = client.get(CHOOSE, {"q": "edna"})

    assert "found" not in page.context
    assert "You act for yourself" in page.text


def test_a_steward_finds_the_way_near_their_name(client, ana):
    make.stewardship(ana)
    client.force_login(ana)
    assert "Act for…" not in client.get(HOME).text

    client.get(CHOOSE)
    assert "Act for…" in client.get(HOME).text

    client.logout()
    words = {"login": "ana@example.org", "password": PASSWORD}
    client.post(reverse("account_login"), words)
    assert "Act for…" in client.get(HOME).text


def test_from_one_to_the_next_without_stopping(as_rosa, edna, ana):
    begin(as_rosa, edna)
    assert CHOOSE in as_rosa.get(HOME).text

    as_rosa.post(BEGIN, {"member": ana.pk, "channel": "paper", "acting_for": edna.pk})

    assert "Acting for <strong>Ana Okafor</strong>, on paper" in as_rosa.get(HOME).text


# The right to do so ends meanwhile


def end_role(member):
    RoleGrant.objects.filter(member=member, role=Role.COORDINATOR).update(
        ended_at=clock.now()
    )


def test_a_role_that_ends_leads_back_to_oneself(as_rosa, rosa, edna):
    begin(as_rosa, edna)
    end_role(rosa)

    page = as_rosa.get(HOME)

    assert "Hello, Rosa" in page.text
    assert [str(message) for message in page.context["messages"]] == [
        "You don't act for them any more. You are here as yourself again."
    ]


@pytest.mark.parametrize("says_for_whom", [True, False])
def test_a_role_that_ends_lets_no_form_be_taken(
    as_rosa, rosa, edna, ana, says_for_whom
):
    begin(as_rosa, edna)
    end_role(rosa)

    answer = as_rosa.post(RECORD, an_exchange(edna if says_for_whom else None, ana))

    assert answer.status_code == 409
    assert not Exchange.objects.exists()


def test_a_stewardship_that_ends_lets_no_form_be_taken(client, rosa, ana, ben):
    stewardship = make.stewardship(ana)
    bakery = stewardship.organisation
    make.stewardship(ben, bakery)
    client.force_login(ana)
    begin(client, bakery, "web")
    end_stewardship(by=make.acting(rosa), stewardship=stewardship)

    assert client.post(RECORD, an_exchange(bakery, ben)).status_code == 409
    assert not Exchange.objects.exists()
    assert "Hello, Ana" in client.get(HOME).text


def test_a_steward_who_coordinates_too_does_not_go_on_as_a_steward(as_rosa, rosa, ana):
    stewardship = make.stewardship(rosa)
    bakery = stewardship.organisation
    make.stewardship(ana, bakery)
    assert channels_for(rosa, bakery) == (Channel.WEB, Channel.PHONE, Channel.PAPER)
    begin(as_rosa, bakery, "web")
    end_stewardship(by=make.acting(rosa), stewardship=stewardship)

    assert "Hello, Rosa" in as_rosa.get(HOME).text


def test_somebody_who_leaves_is_acted_for_no_more(as_rosa, edna, ana):
    begin(as_rosa, edna)
    Member.objects.filter(pk=edna.pk).update(left_at=clock.now())

    assert as_rosa.post(RECORD, an_exchange(edna, ana)).status_code == 409
    assert "Hello, Rosa" in as_rosa.get(HOME).text


# What one does only for oneself


@pytest.mark.parametrize(
    "page",
    [
        "members:sessions",
        "members:ask-for-new-email",
        "account_change_password",
        "account_set_password",
    ],
)
def test_how_somebody_signs_in_is_nothing_that_others_do(as_rosa, edna, page):
    begin(as_rosa, edna)
    make.sure(as_rosa, edna)

    answer = as_rosa.get(reverse(page))

    assert answer.status_code == 403
    assert "only for yourself" in answer.text


@pytest.mark.parametrize("page", ["members:end-sessions", "members:end-sign-in-code"])
def test_nor_by_a_button(as_rosa, edna, page):
    begin(as_rosa, edna)
    make.sure(as_rosa, edna)

    assert as_rosa.post(reverse(page), {"acting_for": edna.pk}).status_code == 403


def test_acting_costs_a_page_little(as_rosa, edna, django_assert_max_num_queries):
    begin(as_rosa, edna)

    with django_assert_max_num_queries(12):
        as_rosa.get(HOME)


def test_a_member_reads_who_opened_their_pages_to_act_for_them(client, rosa, edna):
    client.force_login(rosa)
    for _ in range(2):
        begin(client, edna, "phone")

    (look,) = Opened.objects.filter(member=edna)
    assert (look.recorded_by, look.field, look.channel) == (rosa, "pages", "phone")
    client.force_login(edna)
    assert "Your pages, to act for you" in client.get(reverse("members:opened")).text


def test_a_steward_opens_what_is_theirs_to_see_to(client, ana):
    bakery = make.stewardship(ana).organisation
    client.force_login(ana)
    begin(client, bakery, "web")

    assert not Opened.objects.exists()


def test_whom_somebody_blocks_no_coordinator_reads(client, rosa, edna):
    client.force_login(rosa)
    begin(client, edna, "phone")

    assert client.get(reverse("members:blocks")).status_code == 403
