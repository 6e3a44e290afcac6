"""Photographs as papers use them: how large they are, and whether they can be read at all."""

from __future__ import annotations

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    KeyError,
    ValueError,
    OSError,
)
"""What reading the head of a picture raises when it is none."""
_FORMATS = {"jpg": "jpg", "jpeg": "jpg", "png": "png"}


def measured(content: bytes) -> tuple[int, int, str] | None:
    """Width and height in pixels, and the kind (`jpg`, `png`); None for anything else.

    Forms take JPEG and PNG; other kinds do not show in every program.
    """
    try:
        image = Image.from_blob(content)
    except UNREADABLE:
        return None
    kind = _FORMATS.get(image.ext)
    if kind is None or not image.px_width or not image.px_height:
        return None
    return image.px_width, image.px_height, kind


def fitted(size: tuple[int, int], width: float, height: float) -> tuple[float, float]:
    """The largest size of the same shape inside a box, in the unit of the box."""
    scale = min(width / size[0], height / size[1])
    return size[0] * scale, size[1] * scale
