"""Which fonts the papers name, whether this machine has them, and what stands in for those it lacks.

A .docx or .xlsx names the office's fonts; the program that opens it takes another when one is
missing. A PDF is set here with the vendored fonts alone, on every machine, so that it is the same
everywhere. What is installed is asked of fontconfig, or on Windows of the registry; where neither
answers, it is not known, and never taken for "missing".
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from banzi.kernel.messages import gettext_noop as _

PDF_SERIF, PDF_SANS = "Noto Serif SC", "Noto Sans SC"
"""What PDFs are set in: the vendored fonts."""

_TIMEOUT = 20
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


class Presence(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NamedFont:
    """A font that papers name.

    Attributes
    ----------
    also
        Other names of the same font, as some machines have it.
    stand_ins
        Fonts of the same kind and widths that may stand in, best first.
    in_pdf
        What a PDF of this program is set in where the paper wants this font.
    """

    name: str
    used_for: str
    also: tuple[str, ...]
    stand_ins: tuple[str, ...]
    in_pdf: str


@dataclass(frozen=True, slots=True)
class FontState:
    """A named font on this machine.

    Attributes
    ----------
    found_as
        The installed font of one of its names, or "".
    stand_in
        The first stand-in that is installed, "" where the font itself is or none is.
    """

    font: NamedFont
    presence: Presence
    found_as: str = ""
    stand_in: str = ""


_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "AR PL UMing CN", "SimSun")
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
_KAI = ("AR PL UKai CN", "LXGW WenKai", "STKaiti", "楷体", "KaiTi")
NAMED_FONTS = (
    NamedFont(
        "宋体",
        _("任免审批表、页码"),
        ("SimSun", "NSimSun", "新宋体"),
        ("STSong", *_SERIF),
        PDF_SERIF,
    ),
    NamedFont(
        "仿宋_GB2312",
        _("公文正文、表格正文"),
        ("FangSong_GB2312",),
        ("仿宋", "FangSong", "STFangsong", "FandolFang", *_KAI, *_SERIF),
        PDF_SERIF,
    ),
    NamedFont(
        "楷体_GB2312",
        _("公文二级标题、签发人"),
        ("KaiTi_GB2312",),
        ("楷体", "KaiTi", "STKaiti", *_KAI, *_SERIF),
        PDF_SERIF,
    ),
    NamedFont("黑体", _("公文一级标题、表头、密级"), ("SimHei",), _SANS, PDF_SANS),
    NamedFont(
        "方正小标宋简体",
        _("公文标题、发文机关标志、表格标题"),
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        ("方正小标宋_GBK", "小标宋", "STZhongsong", "华文中宋", *_SERIF),
        PDF_SERIF,
    ),
)


def font_states(installed: Collection[str] | None) -> tuple[FontState, ...]:
    """Each named font against the families installed; None when that could not be found out."""
    if installed is None:
        return tuple(FontState(font, Presence.UNKNOWN) for font in NAMED_FONTS)
    by_key = {_key(name): name for name in installed}
    states = []
    for font in NAMED_FONTS:
        found = next((by_key[_key(n)] for n in (font.name, *font.also) if _key(n) in by_key), "")
        stand_in = next((by_key[_key(n)] for n in font.stand_ins if _key(n) in by_key), "")
        presence = Presence.PRESENT if found else Presence.ABSENT
        states.append(FontState(font, presence, found, "" if found else stand_in))
    return tuple(states)


def installed_families() -> frozenset[str] | None:
    """Names of the font families on this machine; None when nothing here can tell."""
    if sys.platform == "win32":
        return _of_registry()
    program = shutil.which("fc-list")
    return _of_fontconfig(program) if program else None


def _of_fontconfig(program: str) -> frozenset[str] | None:
    try:
        said = subprocess.run(  # noqa: S603  (the program found above, fixed arguments)
            [program, "--format", "%{family}\n"],
            capture_output=True,
            check=True,
            timeout=_TIMEOUT,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = said.stdout.decode("utf-8", errors="replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())


def _of_registry() -> frozenset[str] | None:
    names: set[str] = set()
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, _WINDOWS_FONTS) as key:
                    for place in range(winreg.QueryInfoKey(key)[1]):
                        # "SimSun & NSimSun (TrueType)"
                        shown = winreg.EnumValue(key, place)[0].split(" (")[0]
                        names.update(part.strip() for part in shown.split("&"))
            except OSError:
                continue
    return frozenset(names) or None


def _key(name: str) -> str:
    return "".join(name.split()).lower()
