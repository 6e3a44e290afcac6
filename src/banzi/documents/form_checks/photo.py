"""Rules on 照片.

Not here: how wide and high a picture is (`codecs.pictures`), nor what it shows.
"""

from __future__ import annotations

from banzi.documents.codecs.lrmx_elements import PHOTO
from banzi.documents.codecs.pictures import JPEG, PNG, PNG_MARK, size_of, wrong_shape
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import gettext_noop as _


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
    broken = photo is not None and photo.startswith((JPEG, PNG_MARK)) and size_of(photo) is None
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
    if photo is not None and not photo.startswith(JPEG):
        yield Found("photo", "PNG" if photo.startswith(PNG) else "")


@rule(
    "forms/photo-ratio",
    title=_("照片宽高比"),
    says=_("宽高比应为4:5"),
    severity=Severity.ERROR,
)
def photo_ratio(sheet: Sheet) -> Finds:
    """Width to height 4:5 (formats.md 1.2), to three per cent."""
    if sheet.form.photo and (size := wrong_shape(sheet.form.photo)):
        width, height = size
        yield Found("photo", f"{width}×{height}")


RULES = (photo_missing, photo_unreadable, photo_type, photo_ratio)


def _has_unreadable(sheet: Sheet) -> bool:
    """The reader keeps a picture it cannot read as an unknown element."""
    return any(name == PHOTO for name, _content in sheet.form.extras)
