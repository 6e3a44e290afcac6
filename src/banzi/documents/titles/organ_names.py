"""The names by which an organ may be written, and which organs a written name may mean.

Full and short names are the organ's own; former names and the usual abbreviations (`发改委`, `市政协`)
are less sure; a name without its place (`市财政局`, `财政局`) says which organ only beside something
that names the place. Every name leads to all organs that answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from banzi.codes.divisions import division
from banzi.documents.titles.parsing import normal

_SPLIT = re.compile(r"[、，,；;\s]+")
_SHORTENED: tuple[tuple[str, str], ...] = (
    ("人民代表大会常务委员会", "人大常委会"),
    ("人大常委会", "人大"),
    ("人民政府", "政府"),
    ("纪律检查委员会", "纪委"),
    ("监察委员会", "监委"),
    ("政法委员会", "政法委"),
    ("发展和改革", "发展改革"),
    ("发展改革", "发改"),
    ("国有资产监督管理委员会", "国资委"),
    ("卫生健康委员会", "卫健委"),
    ("工业和信息化", "工信"),
    ("住房和城乡建设", "住建"),
    ("人力资源和社会保障", "人社"),
    ("市场监督管理", "市场监管"),
    ("文化和旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("科学技术", "科技"),
    ("林业和草原", "林草"),
    ("交通运输", "交通"),
    ("应急管理", "应急"),
    ("退役军人事务", "退役军人"),
    ("机构编制委员会办公室", "编办"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("委员会", "委"),
    ("办公室", "办"),
)
_ROUNDS = 3
_LEAST = 3
"""Characters a name without its place must have to be looked for at all."""


class NameGrade(IntEnum):
    """How directly a name belongs to the organ; the higher the surer."""

    WITHOUT_PLACE = 1
    ABBREVIATION = 2
    FORMER = 3
    OWN = 4


@dataclass(frozen=True, slots=True)
class Organ:
    """What guessing needs of an organ; `place` is the full name of its area, "" when unknown."""

    organ_id: str
    name: str
    level_text: str
    place: str
    names: frozenset[str]
    former: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """`government`, `party`, `congress`, `consultative` or the last character of the name."""
        if self.name.endswith("人民政府"):
            return "government"
        if re.search(r"(人民代表大会常务委员会|人大常委会)$", self.name):
            return "congress"
        if "政治协商会议" in self.name or "政协" in self.name:
            return "consultative"
        if re.match(r"(中共|中国共产党).*(委员会|委)$", self.name):
            return "discipline" if "纪律检查" in self.name else "party"
        return "other"


def organ_of(row: Mapping[str, Any]) -> Organ:
    """An organ from a row of `organs`."""
    area = division(row["division_code"]) if row["division_code"] else None
    name = normal(row["organ_name"])
    place = area.name if area is not None and area.name in name else ""
    own = {name, *([normal(row["short_name"])] if row["short_name"] else [])}
    former = {each for each in _SPLIT.split(row.get("former_names") or "") if each}
    return Organ(
        row["organ_id"],
        name,
        row["organ_level"] or "",
        place or _place_in(name),
        frozenset(own),
        frozenset(former - own),
    )


def names_of(organ: Organ) -> dict[str, NameGrade]:
    """Every name of an organ with its grade, the best where it is reached in several ways."""
    found: dict[str, NameGrade] = {}

    def add(names: Iterable[str], grade: NameGrade) -> None:
        for name in names:
            if len(name) >= 2:
                found[name] = max(found.get(name, grade), grade)

    add(organ.names, NameGrade.OWN)
    add((_without_party_word(name) for name in organ.names), NameGrade.OWN)
    add(organ.former, NameGrade.FORMER)
    for name in (*organ.names, *organ.former):
        add(_abbreviations(name), NameGrade.ABBREVIATION)
    if organ.place:
        for name in list(found):
            add(_without_place(name, organ.place), NameGrade.WITHOUT_PLACE)
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """One organ that a written name may mean, and how directly."""

    organ: Organ
    grade: NameGrade


@dataclass(frozen=True)
class OrganIndex:
    """Written name → the organs that answer to it, by organ id."""

    organs: Mapping[str, Organ]
    by_name: Mapping[str, tuple[Named, ...]]
    places: frozenset[str] = field(default_factory=frozenset)
    longest: int = 0

    @classmethod
    def of(cls, organs: Iterable[Organ]) -> OrganIndex:
        listed = sorted(organs, key=lambda organ: organ.organ_id)
        names: dict[str, list[Named]] = {}
        for organ in listed:
            for name, grade in names_of(organ).items():
                names.setdefault(name, []).append(Named(organ, grade))
        return cls(
            {organ.organ_id: organ for organ in listed},
            {name: tuple(each) for name, each in names.items()},
            frozenset(organ.place for organ in listed if organ.place),
            max((len(name) for name in names), default=0),
        )

    def starts(self, text: str) -> Iterable[tuple[str, tuple[Named, ...]]]:
        """Names that a text begins with, longest first, with whom they may mean."""
        for length in range(min(self.longest, len(text)), 1, -1):
            found = self.by_name.get(text[:length])
            if found:
                yield text[:length], found


def _without_party_word(name: str) -> str:
    return re.sub(r"^(?:中国共产党|中共)", "", name)


def _abbreviations(name: str) -> set[str]:
    """What offices make of a full name, in a few rounds of shortening."""
    found = {name}
    consultative = re.fullmatch(r"中国人民政治协商会议(.+)委员会", name)
    if consultative:
        found |= {f"政协{consultative[1]}委员会", f"{consultative[1]}政协"}
    for _round in range(_ROUNDS):
        for each in list(found):
            found.add(_without_party_word(each))
            found |= {each.replace(long, short) for long, short in _SHORTENED if long in each}
    return found - {name}


def _without_place(name: str, place: str) -> set[str]:
    """`云岭市财政局` → `市财政局`, `财政局`; 中共 before the place is left out too."""
    bare = _without_party_word(name)
    if not bare.startswith(place):
        return set()
    rest = bare[len(place) :]
    if not rest:
        return set()
    relative = place[-1] + rest
    return {each for each in (relative, rest) if len(each) >= _LEAST or each == relative}


def _place_in(name: str) -> str:
    """The place a name begins with, where the organ's area is not recorded."""
    match = re.match(
        r"(?:中共|中国共产党|中国人民政治协商会议|政协)?"
        r"((?:[^省市县区旗州盟镇乡]{2,6}(?:省|自治区))?[^省市县区旗州盟镇乡]{1,6}[市县区旗州盟镇乡])",
        name,
    )
    return match[1] if match else ""
