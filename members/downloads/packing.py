"""Packing what is known of a member into one file."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import get_language

from members.downloads.parts import parts_of
from members.models import Member


def zip_of(member: Member, at: datetime) -> bytes:
    """Pack it: one JSON file a part for machines, and one page for people, in their words.

    The page needs nothing from outside, so it can be read in twenty years, too.
    """
    parts = parts_of(member)
    page = render_to_string(
        "members/download/index.html",
        {
            "member": member,
            "parts": [(part.title, _in_words(part.rows)) for part in parts],
            "at": at,
            "network_name": settings.NETWORK_NAME,
            "language": get_language(),
        },
    )
    packed = BytesIO()
    moment = timezone.localtime(at).timetuple()[:6]
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        folder.writestr(ZipInfo("index.html", moment), page, ZIP_DEFLATED)
        for part in parts:
            words = json.dumps(
                {"title": part.title, "rows": part.rows},
                cls=DjangoJSONEncoder,
                ensure_ascii=False,
                indent=2,
            )
            name = f"data/{part.name}.json"
            folder.writestr(ZipInfo(name, moment), words, ZIP_DEFLATED)
    return packed.getvalue()


def _in_words(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Say rows as people read them, without what is empty."""
    return [
        [
            (column.replace("_", " "), _as_read(value))
            for column, value in row.items()
            if value not in (None, "", [])
        ]
        for row in rows
    ]


def _as_read(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(formats.localize(value))
