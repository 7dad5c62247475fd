"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from members.http.requests import MemberRequest

A_PAGE = 30


def page_of(request: MemberRequest, rows: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    """Take the page of a list that is asked for; the nearest one where there is no such."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
