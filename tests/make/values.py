"""What deeds are given: keys, days, addresses, pictures."""

from datetime import date
from io import BytesIO
from uuid import UUID

from django.urls import reverse
from PIL import Image

from ledger.models import Cause
from members import clock
from members.acting import Acting
from members.keys import new_key
from members.models import Member


def key() -> UUID:
    return new_key()


def acting(member: Member) -> Acting:
    return Acting.as_oneself(member)


def a_day() -> date:
    return clock.today()


def address(page: str, *args) -> str:
    return reverse(page, args=args)


def cause(kind: str) -> Cause:
    """Some row of a room that a change comes from."""
    return Cause(kind, key())


def picture(size=(40, 30), kind: str = "JPEG", mode: str = "RGB", **words) -> BytesIO:
    """A picture as somebody hands it in."""
    drawn = BytesIO()
    Image.new(mode, size).save(drawn, kind, **words)
    drawn.seek(0)
    return drawn
