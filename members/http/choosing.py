"""Whom a page is about: looked for by name or number, and chosen first."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from members.acting import Acting
from members.http.requests import MemberRequest, oneself, read_id
from members.models import Member
from members.models.members import MemberQuerySet

FOUND_AT_MOST = 30
LONGEST_WORDS = 80


def chosen_member(request: MemberRequest, people: MemberQuerySet) -> Member | None:
    """Say who was chosen, if anybody; somebody who can't be is 404."""
    if "member" not in request.GET:
        return None
    member: Member = get_object_or_404(people, pk=read_id(request.GET["member"]))
    return member


def acting_about(request: MemberRequest, member: Member) -> Acting:
    """Say how a deed of one's office is done: on a member's word only if it is about them.

    Whoever acts for Edna and meanwhile writes down Ana's dues does not do so for Edna.
    """
    if request.acting.for_member == member:
        return request.acting
    return oneself(request)


def words_sought(request: HttpRequest) -> str:
    """Say what is looked for: letters of a name, or a member number."""
    return request.GET.get("q", "").replace("\0", "")[:LONGEST_WORDS]


def look_for(request: MemberRequest, people: MemberQuerySet) -> dict[str, Any]:
    """Look among people for what was typed: what `parts/_find_member.html` shows."""
    words = words_sought(request)
    found = people.found(words, at_most=FOUND_AT_MOST)
    return {
        "words": words,
        "found": found.members,
        "meant": found.meant,
        "more": found.has_more,
    }


def choose_member(
    request: MemberRequest,
    question: str,
    people: MemberQuerySet,
    *,
    name: str = "member",
    kept: Mapping[str, Member | None] | None = None,
    of_late: Sequence[Member] = (),
    with_numbers: bool = False,
) -> HttpResponse:
    """Ask for one of some people; each name leads back to this page, with them.

    `name` is what the address calls them, `kept` are those whom it names already;
    `of_late` stand first.
    """
    page = look_for(request, people) | {
        "question": question,
        "name": name,
        "kept": kept or {},
        "of_late": of_late,
        "with_numbers": with_numbers,
    }
    return render(request, "members/choose_member.html", page)
