"""Pictures that people hand in are drawn anew; what is none, or too much, is refused."""

import random
import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from members.pictures import drawn_anew
from tests import make


def drawn(content: bytes) -> Image.Image:
    return Image.open(BytesIO(drawn_anew(BytesIO(content), size=len(content))))


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        drawn(content)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_each_kind_of_picture_becomes_a_jpeg(kind, mode):
    found = drawn(make.picture((60, 40), kind, mode).getvalue())

    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (60, 40))


def test_what_is_seen_through_is_white():
    clear = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")

    assert drawn(clear.getvalue()).getpixel((4, 4)) == (255, 255, 255)


def test_fine_greys_of_a_scanner_keep_their_shade():
    grey = BytesIO()
    Image.new("I;16", (8, 8), 0x8000).save(grey, "PNG")

    assert abs(drawn(grey.getvalue()).getpixel((4, 4))[0] - 0x80) < 4


def test_a_large_picture_is_made_smaller():
    assert drawn(make.picture((5000, 2500)).getvalue()).size == (2000, 1000)
    assert drawn(make.picture((900, 3000), "PNG").getvalue()).size == (600, 2000)


def test_no_place_no_camera_and_no_words_are_left():
    exif = Image.Exif()
    exif[Base.Make] = "Camera of Edna"
    exif[Base.Artist] = "Edna Moreau"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (44.0, 58.0, 40.0)
    told = make.picture(
        exif=exif, comment=b"At Edna's", icc_profile=b"Edna's", xmp=b"<x>Edna</x>"
    ).getvalue()
    assert b"Edna" in told

    found = drawn_anew(BytesIO(told), size=len(told))

    assert b"Edna" not in found
    shown = Image.open(BytesIO(found))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[Base.Orientation] = 6

    assert drawn(make.picture((60, 40), exif=exif).getvalue()).size == (40, 60)


def test_a_picture_that_is_something_else_too_is_only_a_picture():
    both = BytesIO(make.picture().getvalue())
    both.seek(0, 2)
    with ZipFile(both, "a") as packed:
        packed.writestr("evil.html", "<script>")
    assert ZipFile(both).namelist() == ["evil.html"]

    found = drawn_anew(both, size=1000)

    assert b"evil" not in found
    assert b"PK" not in found


def a_zip() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as inside:
        inside.writestr("signed.jpg", "no")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 signed",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script>",
        a_zip(),
        make.picture(kind="GIF", mode="P").getvalue(),
        make.picture(kind="TIFF").getvalue(),
        make.picture(kind="ICO").getvalue(),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_is_no_photo_is_refused(content):
    assert refused(content) == "not_a_picture"


def test_half_a_picture_is_refused():
    whole = make.picture((400, 400), quality=95)
    Image.effect_noise((400, 400), 80).save(whole, "JPEG")

    assert refused(whole.getvalue()[: len(whole.getvalue()) // 2]) == "picture_damaged"


def a_png(width: int, height: int) -> bytes:
    """The head of a picture that says how large it is, and a few points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    points = zlib.compress(b"\0" * 1000)
    kinds = [(b"IHDR", head), (b"IDAT", points), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in kinds)


@pytest.mark.parametrize(
    "size", [(10_000, 10_000), (8_000, 5_001), (50_000, 50_000), (2**31 - 1, 1)]
)
def test_a_small_file_that_would_unfold_is_not_unfolded(size):
    assert refused(a_png(*size)) == "picture_too_large"


def test_words_that_would_unfold_are_not_unfolded():
    """A PNG's text may be packed: a kilobyte becomes many megabytes."""
    plain = a_png(4, 4)
    bomb = b"words\0\0" + zlib.compress(b"A" * 100_000_000, 9)
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + bomb))

    assert refused(plain[:33] + chunk + plain[33:]) == "picture_damaged"


def test_a_large_file_is_not_even_opened():
    with pytest.raises(ValidationError) as caught:
        drawn_anew(BytesIO(), size=8 * 1024 * 1024 + 1)

    assert caught.value.code == "picture_too_large"


WHOLE = [make.picture((24, 24), kind).getvalue() for kind in ("JPEG", "PNG", "WEBP")]


@settings(max_examples=300)
@given(some.sampled_from(WHOLE), some.integers(0, 2**32), some.integers(1, 12))
def test_whatever_is_bent_in_a_file_ends_in_a_picture_or_a_refusal(whole, seed, times):
    chance = random.Random(seed)
    bent = bytearray(whole)
    for _ in range(times):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    bent = bytes(bent[: chance.randrange(1, len(bent) + 1)] if seed % 3 == 0 else bent)

    assert fate(bent) in (
        "JPEG",
        "not_a_picture",
        "picture_damaged",
        "picture_too_large",
    )


def fate(content: bytes) -> str | None:
    try:
        return drawn(content).format
    except ValidationError as refusal:
        return refusal.code
