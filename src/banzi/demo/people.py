"""What the generator knows of one invented official, before it becomes rows and files.

Plain values only; drawing them is `careers`, `families` and `world`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from banzi.kernel.dates import month_parts
from banzi.people.choices import (
    CareerTag,
    ExpertField,
    SanctionFamily,
    SanctionKind,
    SeatRole,
    Sex,
)

LEVELS = ("1A50", "1A42", "1A41", "1A32", "1A31", "1A22", "1A21")
"""Levels a career climbs, 科员 to 厅局级正职."""

PRINCIPAL_LEVELS = frozenset({"1A41", "1A31", "1A21"})


@dataclass(slots=True)
class Step:
    """One stay in one post (or several held together); `ended` is the first month after it.

    `titles` gives organ and post name of each post held, the main one first.
    """

    started: int
    ended: int | None
    titles: tuple[tuple[str, str], ...]
    level: str
    tags: frozenset[CareerTag]
    post_id: str | None = None
    wording: str = ""

    @property
    def leading(self) -> bool:
        return self.level != "1A50"

    @property
    def role(self) -> SeatRole:
        if not self.leading:
            return SeatRole.MEMBER
        return SeatRole.PRINCIPAL if self.level in PRINCIPAL_LEVELS else SeatRole.DEPUTY

    @property
    def text(self) -> str:
        """What the résumé says."""
        return self.wording or "，".join(organ + post for organ, post in self.titles)


@dataclass(slots=True)
class Within:
    """A line （其间：…） inside the career: study beside work, or a secondment."""

    started: int
    ended: int
    text: str
    tags: frozenset[CareerTag] = frozenset()


@dataclass(slots=True)
class Study:
    """One course of study; `entered` and `left` are month indexes."""

    full_time: bool
    entered: int
    left: int
    education: str
    education_code: str
    degree: str
    school: str
    major: str

    @property
    def school_and_major(self) -> str:
        return f"{self.school}{self.major}专业"


@dataclass(slots=True)
class Relative:
    """One line of the family table; `official` is set where the relative is on the roster too."""

    relation: str
    name: str
    born: int | None
    political: str
    unit_and_post: str
    id_number: str = ""
    official: str = ""


@dataclass(slots=True)
class Official:
    """One invented official. Months are month indexes; `born_day` is the day in the ID number.

    `group` is `incumbent` or a group of the pool; `area` the code of the prefecture or county whose
    teams the person sits in or would be put in; `planned_for` the post of the hidden plan.
    """

    key: str
    group: str
    area: str
    sex: Sex
    born: int
    born_day: int
    name: str = ""
    id_number: str = ""
    ethnicity: str = "01"
    political: str = "01"
    party_joined: int | None = None
    native_place: str = ""
    birthplace: str = ""
    growth_place: str | None = None
    not_from: tuple[str, ...] = ()
    """Wordings of places that the law bars as place of growing up (RC/5, heads in counties)."""
    main_field: ExpertField = ExpertField.PARTY_AFFAIRS
    work_started: int = 0
    studies: list[Study] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    within: list[Within] = field(default_factory=list)
    level_since: int = 0
    relatives: list[Relative] = field(default_factory=list)
    assessments: dict[int, str] = field(default_factory=dict)
    sanctions: list[tuple[SanctionFamily, SanctionKind, int]] = field(default_factory=list)
    """(family, kind, decided on as YYYYMMDD)"""
    awards: list[tuple[str, int, str]] = field(default_factory=list)
    """(award, year, awarded by)"""
    training: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    """(course, organised by, from YYYYMM00, to YYYYMM00, class hours)"""
    fields: dict[ExpertField, str] = field(default_factory=dict)
    """Field → basis."""
    gate_open: bool = False
    planned_for: str = ""

    @property
    def now(self) -> Step:
        return self.steps[-1]

    @property
    def level(self) -> str:
        return self.now.level

    def age(self, month: int) -> int:
        """Completed years counted to the month."""
        return (month - self.born) // 12

    def has(self, tag: CareerTag) -> bool:
        return any(tag in tags for _started, _ended, tags in self.stays())

    def stays(self) -> list[tuple[int, int | None, frozenset[CareerTag]]]:
        """Start, end and tags of every post and every line within."""
        own = [(stay.started, stay.ended, stay.tags) for stay in self.steps]
        return [*own, *((line.started, line.ended, line.tags) for line in self.within)]


def digits(month: int) -> int:
    """A month index as the integer `YYYYMM00`."""
    year, number = month_parts(month)
    return year * 10000 + number * 100
