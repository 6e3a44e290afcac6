"""Is it a picture, and how wide and high? Told by the first bytes; names of files prove nothing.

Not here: decoding pictures; a photo is kept as the bytes it came in.
"""

from __future__ import annotations

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PNG_MARK = PNG[:4]

WIDTH, HEIGHT = 4, 5
"""Width to height of the photo on the form (formats.md 1.2)."""
TOLERANCE_PERCENT = 3
"""How far the width may be from four fifths of the height."""

_BEGINNINGS = (JPEG, PNG_MARK, b"BM", b"GIF8", b"II*\x00", b"MM\x00*")
_NO_FRAME = (0xC4, 0xC8, 0xCC)  # DHT, JPG, DAC: in the range of frame markers, and none


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin like JPEG, PNG, BMP, GIF, TIFF or WebP."""
    # RIFF alone may as well be sound or film; what it holds stands after its length.
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return is_webp or data.startswith(_BEGINNINGS)


def wrong_shape(picture: bytes) -> tuple[int, int] | None:
    """Width and height of a picture that is not 4:5 within the tolerance.

    None for one that is, and for one whose size cannot be told.
    """
    size = size_of(picture)
    if size is None:
        return None
    width, height = size
    is_off = abs(width * HEIGHT - height * WIDTH) * 100 > height * WIDTH * TOLERANCE_PERCENT
    return size if is_off else None


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a JPEG or PNG; None for anything else and for a broken one."""
    size = None
    if picture.startswith(PNG) and picture[12:16] == b"IHDR" and len(picture) >= 24:
        size = (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big"))
    elif picture.startswith(JPEG):
        size = _jpeg_size(picture)
    return size if size and all(size) else None


def _jpeg_size(picture: bytes) -> tuple[int, int] | None:
    """From the first frame header: segments are skipped by their length until one is met."""
    at = 2
    while at + 9 <= len(picture):
        if picture[at] != 0xFF:
            return None
        marker = picture[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height = int.from_bytes(picture[at + 5 : at + 7], "big")
            return int.from_bytes(picture[at + 7 : at + 9], "big"), height
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:  # no length follows
            at += 2
        else:
            length = int.from_bytes(picture[at + 2 : at + 4], "big")
            if length < 2 or marker in (0xD9, 0xDA):
                return None
            at += 2 + length
    return None
