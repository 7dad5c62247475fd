"""The page from which members take along what the network knows of them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from members import clock, permissions
from members.downloads import zip_of
from members.http import MemberRequest, sure_it_is_you


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def download(request: MemberRequest) -> HttpResponse:
    """Say what is in it; hand it over on the button."""
    if not permissions.may_take_download(request.acting):
        raise PermissionDenied
    me = request.acting.for_member
    if request.method != "POST":
        return render(request, "members/download.html", {"me": me})
    now = clock.now()
    response = HttpResponse(zip_of(me, now), content_type="application/zip")
    name = f"my-data-{me.number}-{clock.day_of(now)}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
