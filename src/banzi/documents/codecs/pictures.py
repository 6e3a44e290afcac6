"""Is it a picture? Told by the first bytes, since names of photo files prove nothing.

Not here: decoding pictures; a photo is kept as the bytes it came in.
"""

from __future__ import annotations

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"BM", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin like JPEG, PNG, BMP, GIF, TIFF or WebP."""
    return data.startswith(_BEGINNINGS)
