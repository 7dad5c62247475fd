"""What the network knows of one member, room by room, for them to take along."""

from members.downloads.belonging import SHELVES, belonging_known
from members.downloads.packing import zip_of
from members.downloads.parts import RECORDED, Part, Shelf, parts_of

__all__ = [
    "RECORDED",
    "SHELVES",
    "Part",
    "Shelf",
    "belonging_known",
    "parts_of",
    "zip_of",
]
