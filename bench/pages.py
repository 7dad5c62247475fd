"""Pages: a full statement, beside a page that is nothing but our frame.

Also the addresses of the site with that empty page among them. Read only by hands.
"""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from man_site.urls import urlpatterns as pages_of_the_site
from members.models import Member
from timebank.statements import LINES_A_PAGE

FRAME = engines["django"].from_string('{% extends "base.html" %}')


def frame(request: HttpRequest) -> HttpResponse:
    """Show our frame with nothing in it, to somebody who is signed in."""
    return HttpResponse(FRAME.render({}, request))


urlpatterns = [*pages_of_the_site, path("bench/frame/", frame)]


class Place:
    """A browser in which the reader is signed in."""

    def __init__(self) -> None:
        settings.ROOT_URLCONF = __name__
        settings.ALLOWED_HOSTS = ["testserver"]
        self.reader = Member.objects.latest("number")
        self.browser = Client()
        self.browser.force_login(self.reader)
        page = self.browser.get("/hours/")
        assert page.content.count(b"<tr") == LINES_A_PAGE + 1, page.content.decode()

    def statement(self) -> None:
        """Look at one's own hours."""
        assert self.browser.get("/hours/").status_code == 200

    def empty_page(self) -> None:
        """Look at the frame alone."""
        assert self.browser.get("/bench/frame/").status_code == 200

    def queries_of_statement(self) -> int:
        """Count what the database is asked, from the session to the last line."""
        with CaptureQueriesContext(connection) as asked:
            self.statement()
        return len(asked)
