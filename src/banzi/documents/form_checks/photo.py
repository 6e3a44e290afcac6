"""Rules on 照片, and as much of JPEG and PNG as tells how wide and high a picture is.

Not here: what the picture shows.
"""

from __future__ import annotations

from banzi.documents.codecs.lrmx_elements import PHOTO
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import gettext_noop as _

WIDTH, HEIGHT = 4, 5
"""Width to height of the photo (formats.md 1.2)."""
TOLERANCE_PERCENT = 3
"""How far the width may be from four fifths of the height."""

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_NO_FRAME = (0xC4, 0xC8, 0xCC)  # DHT, JPG, DAC: in the range of frame markers, and none


@rule(
    "forms/photo-missing",
    title=_("照片"),
    says=_("没有照片"),
    severity=Severity.HINT,
)
def photo_missing(sheet: Sheet) -> Finds:
    """A colour bare-head front photo is on the form (formats.md 1.2)."""
    if sheet.form.photo is None and not _has_unreadable(sheet):
        yield Found("photo")


@rule(
    "forms/photo-unreadable",
    title=_("照片可读"),
    says=_("照片数据无法识别，请重新插入"),
    severity=Severity.ERROR,
)
def photo_unreadable(sheet: Sheet) -> Finds:
    """The photo is a picture and complete enough to tell its size (formats.md 1.2)."""
    photo = sheet.form.photo
    broken = photo is not None and photo.startswith((_JPEG, _PNG[:4])) and size_of(photo) is None
    if _has_unreadable(sheet) or broken:
        yield Found("photo")


@rule(
    "forms/photo-type",
    title=_("照片格式"),
    says=_("不是JPEG格式，有的软件不能显示，请转换"),
    severity=Severity.HINT,
)
def photo_type(sheet: Sheet) -> Finds:
    """The photo is a JPEG (formats.md 1.1)."""
    photo = sheet.form.photo
    if photo is not None and not photo.startswith(_JPEG):
        yield Found("photo", "PNG" if photo.startswith(_PNG) else "")


@rule(
    "forms/photo-ratio",
    title=_("照片宽高比"),
    says=_("宽高比应为4:5"),
    severity=Severity.ERROR,
)
def photo_ratio(sheet: Sheet) -> Finds:
    """Width to height 4:5 (formats.md 1.2), to three per cent."""
    size = size_of(sheet.form.photo) if sheet.form.photo else None
    if size is None:
        return
    width, height = size
    if abs(width * HEIGHT - height * WIDTH) * 100 > height * WIDTH * TOLERANCE_PERCENT:
        yield Found("photo", f"{width}×{height}")


RULES = (photo_missing, photo_unreadable, photo_type, photo_ratio)


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a JPEG or PNG; None for anything else and for a broken one."""
    size = None
    if picture.startswith(_PNG) and picture[12:16] == b"IHDR" and len(picture) >= 24:
        size = (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big"))
    elif picture.startswith(_JPEG):
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


def _has_unreadable(sheet: Sheet) -> bool:
    """The reader keeps a picture it cannot read as an unknown element."""
    return any(name == PHOTO for name, _content in sheet.form.extras)
