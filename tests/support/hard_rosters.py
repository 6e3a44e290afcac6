"""Rosters of many persons: every column, every choice, and the hardest names there are.

Hypothesis draws names, texts and a seed; the rest is made from them, since drawing every cell of
a hundred persons takes longer than writing and reading them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from tests.support.workbooks import id_number

from banzi.codes import lookup
from banzi.codes.texts import clean_name
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.codecs.workbook.discipline import FAMILY_OF
from banzi.documents.codecs.workbook.national_layout import A01_COLUMNS, A99_COLUMNS
from banzi.kernel.columns import Column, Kind
from banzi.people.choices import (
    AssessmentKind,
    CareerTag,
    ConclusionKind,
    ConclusionOutcome,
    LevelKind,
)
from banzi.roster import TABLES, Roster

DAY = date(2026, 6, 30)
RESUME = "1997.07--2005.03  某县某乡干部\n2005.03--         某县某局局长"

han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
# Four bytes in GB 18030, CJK extensions A, B, E and G, a compatibility form, characters of two strokes.
rare = st.text(st.sampled_from("䶮堃𠮷㛃𬭎𪚥㐂\ufa11𫝀𰻞𱍐〇"), min_size=1, max_size=3)
dotted = st.lists(han, min_size=2, max_size=8).map("·".join)
padded = st.tuples(han, st.sampled_from(["\u3000", " ", "\u2003"]), rare).map("".join)
longest = st.just("阿" * 24 + "·" + "依" * 25)  # fifty characters
names = st.one_of(han, rare, dotted, padded, longest).map(clean_name)
texts = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool)
)

_HAN = "阿依古丽买提江吐尔逊卓玛才让欧阳司马慕容甲乙丙丁"
_RARE = "䶮堃𠮷㛃𬭎𪚥㐂\ufa11𫝀𰻞𱍐〇"
_LONGEST = 50
_HARD_TEXTS = (
    "某县\u3000某局",
    "买买提·吐尔逊",
    "䶮堃𠮷𬭎𰻞",
    "１２３，。",
    "=1+1",
    "'00123",
    "1E5",
    "_x0041_",
    "&lt;",
)
"""Texts that spreadsheets, XML or narrow encodings like to change."""
_FIRST_DAY, _DAYS = date(1930, 1, 1), 35_428
_SPANS = (
    ("appointed_on", "removed_on"),
    ("entered_on", "graduated_on"),
    ("started_on", "ended_on"),
)


class Maker:
    """Makes values, rows and rosters out of what was drawn, the same for the same draw."""

    def __init__(self, random: Random, names: Sequence[str], texts: Sequence[str]) -> None:
        self.random = random
        self._drawn = list(dict.fromkeys(names))
        self._texts = [*texts, *_HARD_TEXTS]
        self._used: set[str] = set()

    def name(self) -> str:
        """A name that nobody has yet: first those drawn, then others as hard."""
        while True:
            name = self._drawn.pop() if self._drawn else clean_name(self._made_name())
            if name and name not in self._used:
                self._used.add(name)
                return name

    def _made_name(self) -> str:
        random = self.random
        characters = _HAN + _RARE if random.random() < 0.5 else _HAN
        parts = [self._syllables(characters, 1, 6) for _part in range(random.randint(1, 8))]
        match random.randrange(4):
            case 0:
                return "".join(parts)[: random.randint(2, _LONGEST)]
            case 1:
                long = "·".join([*parts, self._syllables(characters, _LONGEST, _LONGEST)])
                return long[:_LONGEST]
            case 2:
                return parts[0] + random.choice("\u3000 \u2003") + random.choice(_RARE)
        return "·".join(parts)

    def _syllables(self, characters: str, least: int, most: int) -> str:
        return "".join(self.random.choices(characters, k=self.random.randint(least, most)))

    def text(self) -> str:
        """One of the texts drawn, or two of them together."""
        return self.random.choice(self._texts) + self.random.choice(["", *self._texts])

    def day(self) -> date:
        return _FIRST_DAY + timedelta(days=self.random.randrange(_DAYS))

    def partial_date(self) -> int:
        day = self.day()
        if self.random.random() < 0.5:
            return int(f"{day:%Y%m%d}")
        return day.year * 10000 + self.random.randint(0, 12) * 100

    def value(self, column: Column) -> Any:
        if column.choices is not None:
            return self.random.choice(list(column.choices)).value
        match column.kind:
            case Kind.CODE:
                return self.random.choice(lookup.load(column.codes).rows).code
            case Kind.PARTIAL_DATE:
                return self.partial_date()
            case Kind.DATE:
                return self.day()
            case Kind.BOOLEAN:
                return self.random.random() < 0.5
            case Kind.INTEGER:
                return self.random.randint(0, 9999)
            case _:
                return self.text()

    def row(self, table: str, *names: str, **given: Any) -> dict[str, Any]:
        """A row with the named columns; those that may be null sometimes are."""
        columns = [TABLES[table][name] for name in names]
        row = {
            column.name: self.value(column)
            if column.required or self.random.random() < 0.7
            else None
            for column in columns
        }
        for start, end in _SPANS:  # an end that the roster would refuse is left out
            if row.get(start) and row.get(end) and row[end] // 10000 <= row[start] // 10000:
                row[end] = None
        return {**row, **given}


_PERSON_COLUMNS = [
    name
    for name in (*A01_COLUMNS, *A99_COLUMNS, "retirement_track")
    if name not in ("name", "id_number", "birth", "sex", "resume_text")
]


def national_columns(table: str, *without: str) -> list[str]:
    return [c.name for c in TABLES[table] if c.national and c.name not in without]


_ABOUT_PERSONS = {
    "appointments": national_columns("appointments"),
    "level_history": national_columns("level_history"),
    "education": national_columns("education"),
    "technical_titles": national_columns("technical_titles"),
    "assessments": ["outcome"],
    "relatives": ["birth", "political_status_text", "unit_and_post"],
    "awards": ["awarded_on", "awarded_by"],
    "sanctions": ["decided_by", "decided_on", "revoked_on"],
    "conclusions": ["concluded_on", "concluded_by", "basis", "valid_until"],
    "training": ["training_name", "organised_by", "class_hours"],
}
"""Tables of which every person has up to two rows, and the columns that are made as they come."""


def _given(table: str, maker: Maker) -> dict[str, Any]:
    """What has to fit together, or into a closed list."""
    random = maker.random
    match table:
        case "assessments":
            return {"assessment_kind": AssessmentKind.ANNUAL.value}
        case "relatives":
            said = random.choice(["妻子", "父亲", "长女"])
            relation = lookup.code_of("family_relation_form", said)
            own = {"relation_text": said, "relation": relation, "name": maker.name()}
            return {**own, "is_linked": False}  # nobody on the roster has that name
        case "level_history":
            kind = random.choice(list(LevelKind))
            other = "rank" if kind is LevelKind.POST_LEVEL else "post_level"
            return {"level_kind": kind.value, other: None}
        case "awards":
            return {"award_name": random.choice(["三等功", "优秀共产党员", "先进个人"])}
        case "sanctions":
            kind, family = random.choice(list(FAMILY_OF.items()))
            return {"sanction_kind": kind.value, "sanction_family": family.value}
        case "conclusions":
            return {
                "conclusion_kind": random.choice(list(ConclusionKind)).value,
                "conclusion_outcome": random.choice(list(ConclusionOutcome)).value,
            }
    return {}


def _add_person(maker: Maker, number: int, rows: dict[str, list[dict[str, Any]]]) -> None:
    random, person_id = maker.random, f"P{number:04d}"
    resume = random.choice([None, RESUME])
    known = random.random() < 0.5
    person = maker.row(
        "persons",
        *_PERSON_COLUMNS,
        person_id=person_id,
        name=maker.name(),
        id_number=id_number(19700101 + number % 28, 2 * number + 1) if known else None,
        birth=random.choice([None, 19700000, 19700100, 19700101 + number % 28]),
        sex="male",
        resume_text=resume,
    )
    rows["persons"].append(person)
    for at, segment in enumerate(parse_resume(resume or "").segments, start=1):
        keys = {"person_id": person_id, "segment_no": at}
        rows["career_segments"].append({**keys, **segment.row()})
        if random.random() < 0.5:
            tag = random.choice(list(CareerTag)).value
            holds = random.choice([None, True, False])
            rows["career_tags"].append({**keys, "tag": tag, "holds": holds, "basis": None})
    for table, columns in _ABOUT_PERSONS.items():
        for at in range(1, random.randint(0, 2) + 1):
            number = 2020 + at if table == "assessments" else at
            keys = {"person_id": person_id, TABLES[table].key[-1]: number}
            rows[table].append(maker.row(table, *columns, **keys, **_given(table, maker)))


def made_roster(seed: int, names: Sequence[str], texts: Sequence[str], persons: int) -> Roster:
    """So many persons, one organ with a team, and a post that the first of them holds."""
    maker = Maker(Random(seed), names, texts)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number in range(persons):
        _add_person(maker, number, rows)
    rows["organs"] = [
        maker.row(
            "organs",
            "organ_name",
            "remarks",
            "establishment",
            "civil_servant_institution_establishment",
            "worker_establishment",
            "technical_head_quota",
            "division_code",
            "region_tier",
            organ_id="1.1",
        )
    ]
    team = ("team_name", "team_kind", "region", "display_order")
    rows["teams"] = [maker.row("teams", *team, team_id="t", organ_id="1.1")]
    post = ("post_name", "role", "post_level", "duty_head", "is_elected", "custom")
    rows["posts"] = [maker.row("posts", *post, post_id="p", organ_id="1.1")]
    link = {"post_id": "p", "team_id": "t", "team_order": 1}
    rows["post_teams"] = [maker.row("post_teams", "role_in_team", **link)]
    seat = {"seat_no": 1, "post_id": "p", "person_id": rows["persons"][0]["person_id"]}
    rows["seats"] = [maker.row("seats", "started_on", "document", **seat)]
    return Roster.of(DAY, **rows)


def rosters(persons: int) -> st.SearchStrategy[Roster]:
    """Rosters of so many persons each."""
    return st.builds(
        made_roster,
        st.integers(0, 2**32),
        st.lists(names, max_size=12),
        st.lists(texts, min_size=1, max_size=12),
        st.just(persons),
    )
