"""The page of a link in a letter: it asks first, and does it when the button is pressed."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members import actions, clock, links, permissions
from members.acting import Acting
from members.http import MemberRequest
from members.models import ActionLink, Channel


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: MemberRequest, token: str) -> HttpResponse:
    """Say what a letter's link will do, and do it on the button; signed in or not."""
    try:
        link = links.find_link(token)
        by = _acting(request, link)
        deed = links.check_link(link, clock.now())
        if request.method == "POST":
            about = actions.follow_link(by=by, link=link)
            where = getattr(about, "get_absolute_url", None)
            page = {"deed": deed, "url": where() if where else ""}
            return render(request, "members/link_followed.html", page)
    except ValidationError as refusal:
        return _refused(request, refusal)
    page = {"deed": deed, "name": link.member.first_name}
    return render(request, "members/follow_link.html", page)


def _acting(request: MemberRequest, link: ActionLink) -> Acting:
    """Say who follows it: whom it was sent to, or a steward of theirs who is signed in."""
    pen = request.user if request.user.is_authenticated else link.member
    by = Acting(member=pen, for_member=link.member, channel=Channel.LETTER)
    if not permissions.may_follow_link(by, link=link):
        raise links.refuse_link_of_another()
    return by


def _refused(request: MemberRequest, refusal: ValidationError) -> HttpResponse:
    """Say why nothing was done: the link is spent (410), or it can't be done now (409)."""
    code = getattr(refusal, "code", None)
    titles = {
        "link_used": _("Done already"),
        "link_of_another": _("This link is somebody else's"),
    }
    is_spent = str(code).startswith("link_") and code != "link_of_another"
    title = titles.get(
        str(code),
        _("This link can't be used") if is_spent else _("It can't be done now"),
    )
    page = {"refusal": refusal, "title": title}
    return render(
        request, "members/link_refused.html", page, status=410 if is_spent else 409
    )
