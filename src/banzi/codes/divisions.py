"""Administrative divisions (GB/T 2260): place texts of forms → code, parents, containment.

籍贯 and 出生地 are written as province and city or county without 省, 市, 县 (`辽宁大连`,
`北京东城`; formats.md 1.6). The current table comes first; a name or code that is no longer in use
is found in the table of retired ones. A text that fits several places is answered with None.

Codes that begin with 99 are never issued: the invented region of the demonstration stands there.

Not here: which old division became which new one, and places below the county.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from banzi.codes.lookup import load, read_rows

_NATIONALITIES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|"
    "保安|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_NATIONALITIES})族?)*(?:{_NATIONALITIES})族自治[县州]$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|林区|新区|[省市县区盟])$")


@dataclass(frozen=True, slots=True)
class Division:
    """One division.

    `level` is province, prefecture or county; `short` the wording for 籍贯 (`江苏无锡`).
    `retired_after` is the last year-end the code or name was listed, None while it is current
    and where the year is not known exactly.
    """

    code: str
    name: str
    short: str
    level: str
    current: bool
    retired_after: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A division found for a place text; `standard` False when the wording should be corrected."""

    division: Division
    standard: bool


def bare_name(name: str) -> str:
    """A division's name without 省, 市, 县 …; a name of two characters keeps its suffix (沛县)."""
    if len(name) <= 2:
        return name
    bare = _AUTONOMOUS.sub("", name) or name
    if bare == name:
        bare = _SUFFIX.sub("", name)
    return bare if len(bare) >= 2 else name


def level_of(code: str) -> str:
    """province, prefecture or county, by the zeros at the end of the code."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def division(code: str) -> Division | None:
    """The division with this code, current before retired; None when neither table has it."""
    found = _current().get(code)
    if found:
        return found
    retired = _retired().get(code)
    return retired[-1] if retired else None


def titular_nationalities(code: str) -> tuple[str, ...] | None:
    """Codes (ethnic_gbt3304) of the nationalities that exercise autonomy in a division, by its name.

    () for a division that is not autonomous; None for a code that no table has, and for an area
    of 各族, whose nationalities the name does not say.
    """
    found = division(code)
    if found is None:
        return None
    name = _IS_AUTONOMOUS.sub("", found.name)
    if name == found.name:
        return ()
    if name == _TIBET:
        return (_TIBETAN,)
    codes: dict[str, int] = {}
    for full in (True, False):  # 土家族 before 土; the bare name only where none is written in full
        for row in sorted(load("ethnic_gbt3304").rows, key=lambda each: -len(each.name)):
            word = row.name if full else row.name.removesuffix("族")
            at = name.find(word)
            if at >= 0 and row.code != _HAN:
                codes[row.code] = at
                name = name.replace(word, "　" * len(word), 1)
        if codes:
            break
    return tuple(sorted(codes, key=codes.__getitem__)) or None


_IS_AUTONOMOUS = re.compile(r"自治[区州县旗]$")
_TIBET, _TIBETAN, _HAN = "西藏", "04", "01"


def find_place(text: str) -> PlaceMatch | None:
    """The division a place text means; None when it is unknown or fits several.

    Accepts `辽宁大连`, `辽宁省大连市`, `北京东城`, `江苏无锡滨湖`; without the province where that
    is unique in the country (then not `standard`).
    """
    key = re.sub(r"[\s,，、·.]+", "", text)
    for standard, index in (
        (True, _standard_index()),
        (False, _wording_index()),
        (False, _retired_index()),
    ):
        codes = index.get(key)
        if codes:
            found = division(codes[0]) if len(codes) == 1 else None
            return PlaceMatch(found, standard) if found else None
    return None


def code_of_place(text: str) -> str | None:
    """Code of the division a place text means; None when it is unknown or fits several."""
    match = find_place(text)
    return match.division.code if match else None


def parents(code: str) -> tuple[str, ...]:
    """Codes above a division that exist, nearest first: 110101 → (110100, 110000)."""
    above = dict.fromkeys((code[:4] + "00", code[:2] + "0000"))
    return tuple(parent for parent in above if parent != code and division(parent))


def province_of(code: str) -> str:
    """Code of the province a division belongs to."""
    return code[:2] + "0000"


def within(code: str, ancestor: str) -> bool:
    """Whether a division is the other one or lies in it, by the digits of the codes."""
    prefix = ancestor[:2] if ancestor.endswith("0000") else ancestor[:4]
    return code == ancestor or (level_of(ancestor) != "county" and code.startswith(prefix))


@cache
def _current() -> dict[str, Division]:
    rows = [*read_rows("admin_divisions.csv"), *read_rows("admin_divisions_invented.csv")]
    provinces = {row["code"][:2]: row["short"] for row in rows if row["level"] == "province"}
    return {
        row["code"]: Division(
            code=row["code"],
            name=row["name"],
            short=row["short"] or provinces[row["code"][:2]] + bare_name(row["name"]),
            level=row["level"],
            current=True,
        )
        for row in rows
    }


@cache
def _retired() -> dict[str, list[Division]]:
    """Retired divisions by code, the latest name of a code last."""
    found: dict[str, list[Division]] = {}
    for row in read_rows("admin_divisions_retired.csv"):
        code = row["code"]
        entry = Division(
            code=code,
            name=row["name"],
            short=_province_short(code) + bare_name(row["name"]),
            level=level_of(code),
            current=False,
            retired_after=int(row["last_year"]) if row["last_year"].isdigit() else None,
        )
        found.setdefault(code, []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: entry.retired_after or 9999)
    return found


def _province_short(code: str) -> str:
    province = _current().get(province_of(code))
    return province.short if province else ""


def _is_place(entry: Division) -> bool:
    """Containers such as 市辖区 carry a code and are no place anybody comes from."""
    return entry.name not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


def _is_city_district(entry: Division) -> bool:
    """A district of a city that is not one of the four municipalities."""
    municipality = entry.code[:2] in ("11", "12", "31", "50")
    return entry.level == "county" and entry.name.endswith("区") and not municipality


def _add(index: dict[str, list[str]], text: str, code: str) -> None:
    codes = index.setdefault(text, [])
    if code not in codes:
        codes.append(code)


@cache
def _standard_index() -> dict[str, list[str]]:
    """Standard wording → codes. A county that shares it with its own prefecture gives way.

    `四川阿坝` may be the prefecture or the county in it; the prefecture is true in both cases.
    Districts of ordinary cities are left out: who comes from one writes the city (`江苏无锡`).
    """
    index: dict[str, list[str]] = {}
    for entry in _current().values():
        if _is_place(entry) and not _is_city_district(entry):
            _add(index, entry.short, entry.code)
    for codes in index.values():
        wide = [code for code in codes if level_of(code) == "prefecture"]
        if len(wide) == 1 and all(code[:4] == wide[0][:4] for code in codes):
            codes[:] = wide
    return index


@cache
def _wording_index() -> dict[str, list[str]]:
    """Other wordings of current divisions → codes."""
    index: dict[str, list[str]] = {}
    for entry in _current().values():
        if _is_place(entry):
            for wording in _wordings(entry):
                _add(index, wording, entry.code)
    return index


@cache
def _retired_index() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for entries in _retired().values():
        for entry in entries:
            if _is_place(entry):
                for wording in {entry.short, *_wordings(entry)}:
                    _add(index, wording, entry.code)
    return index


def _wordings(entry: Division) -> set[str]:
    own = {entry.name, bare_name(entry.name)}
    if entry.level == "province":
        return own
    province = _current().get(province_of(entry.code))
    heads = {province.name, province.short} if province else {""}
    texts = {head + tail for head in heads for tail in own} | own
    prefecture = _current().get(entry.code[:4] + "00")
    if entry.level == "county" and prefecture and _is_place(prefecture):
        middles = {prefecture.name, bare_name(prefecture.name)}
        inner = {middle + tail for middle in middles for tail in own}
        texts |= inner | {head + tail for head in heads for tail in inner}
    return texts
