"""Pictures that people hand in, drawn anew: no place, no camera and no trick is left in them."""

from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP")

# What Pillow raises at a picture that is broken, or made to break something.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    AttributeError,
)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def drawn_anew(upload: IO[bytes], *, size: int) -> bytes:
    """Answer a picture as a JPEG of our own making, upright, at most 2000 points a side.

    Refuses, kindly, what is too large (8 MB, 40 million points) or no picture.
    """
    if size > MOST_BYTES:
        raise ValidationError(
            _(
                "This picture is larger than 8 MB. Take it again with a smaller size, or "
                "send it to yourself as a smaller one."
            ),
            code="picture_too_large",
        )
    try:
        return _redraw(upload)
    except TOO_LARGE:
        raise _too_many_points() from None
    except UnidentifiedImageError:
        raise ValidationError(
            _(
                "This is no picture that we can read. Send a photo as JPEG, PNG or WebP."
            ),
            code="not_a_picture",
        ) from None
    except BROKEN:
        raise ValidationError(
            _("This picture is damaged or only half here. Send it again."),
            code="picture_damaged",
        ) from None


def _redraw(upload: IO[bytes]) -> bytes:
    with Image.open(upload, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _too_many_points()
        # A JPEG need not be unfolded larger than it is kept.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        if upright.mode.startswith("I;16"):
            # Scanners draw in finer greys than we keep.
            upright = upright.point(lambda grey: grey / 256).convert("L")
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Onto a fresh sheet, which knows nothing of what was in the file beside the points.
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    drawn = BytesIO()
    sheet.save(drawn, "JPEG", quality=82, optimize=True)
    return drawn.getvalue()


def _too_many_points() -> ValidationError:
    return ValidationError(
        _("This picture has more points than we can handle. Take it smaller."),
        code="picture_too_large",
    )
