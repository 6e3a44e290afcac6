"""Rosters that Hypothesis draws: every column, every choice, and the hardest names there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.support.workbooks import id_number

from banzi.codes import lookup
from banzi.codes.texts import clean_name
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.codecs.workbook.discipline import FAMILY_OF
from banzi.documents.codecs.workbook.national_layout import A01_COLUMNS, A99_COLUMNS
from banzi.kernel.columns import Column, Kind
from banzi.people.choices import CareerTag, ConclusionKind, ConclusionOutcome
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
months = st.tuples(st.integers(1930, 2026), st.integers(0, 12)).map(
    lambda pair: pair[0] * 10000 + pair[1] * 100
)
days = st.dates(date(1930, 1, 1), date(2026, 12, 31))
partial_dates = st.one_of(months, days.map(lambda day: int(f"{day:%Y%m%d}")))


def value_of(column: Column) -> st.SearchStrategy[Any]:
    if column.choices is not None:
        return st.sampled_from([choice.value for choice in column.choices])
    match column.kind:
        case Kind.CODE:
            return st.sampled_from([row.code for row in lookup.load(column.codes)])
        case Kind.PARTIAL_DATE:
            return partial_dates
        case Kind.DATE:
            return days
        case Kind.BOOLEAN:
            return st.booleans()
        case Kind.INTEGER:
            return st.integers(0, 9999)
        case _:
            return texts


def row_of(table: str, *names: str, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A row with the named columns; those that may be null sometimes are."""
    columns = {name: TABLES[table][name] for name in names}
    drawn = {
        name: value_of(column) if column.required else st.none() | value_of(column)
        for name, column in columns.items()
    }
    return st.fixed_dictionaries({**drawn, **fixed}).map(_started_before_ended)


_SPANS = (("appointed_on", "removed_on"), ("entered_on", "graduated_on"))


def _started_before_ended(row: dict[str, Any]) -> dict[str, Any]:
    """An end that the roster would refuse is left out."""
    for start, end in _SPANS:
        if row.get(start) and row.get(end) and row[end] // 10000 <= row[start] // 10000:
            row = {**row, end: None}
    return row


_PERSON_COLUMNS = [
    name
    for name in (*A01_COLUMNS, *A99_COLUMNS, "retirement_track")
    if name not in ("name", "id_number", "birth", "sex", "resume_text")
]
_DISCIPLINE = {"decided_on", "decided_by", "revoked_on"}


def national_columns(table: str, *without: str) -> list[str]:
    return [c.name for c in TABLES[table] if c.national and c.name not in without]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    count = draw(st.integers(1, 3))
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    used: set[str] = set()

    def add(person_id: str, table: str, strategy: st.SearchStrategy[Any], number_name: str) -> None:
        for at, row in enumerate(draw(st.lists(strategy, max_size=2)), start=1):
            rows[table].append({"person_id": person_id, number_name: at, **row})

    for number in range(count):
        name = draw(names.filter(lambda text: text not in used))
        used.add(name)
        person_id = f"P{number}"
        resume = draw(st.sampled_from([None, RESUME]))
        person = draw(row_of("persons", *_PERSON_COLUMNS))
        known = draw(st.booleans())
        rows["persons"].append(
            {
                **person,
                "person_id": person_id,
                "name": name,
                "id_number": id_number(19700101 + number, 2 * number + 1) if known else None,
                "sex": "male",
                "resume_text": resume,
            }
        )
        for at, segment in enumerate(parse_resume(resume or "").segments, start=1):
            rows["career_segments"].append(
                {"person_id": person_id, "segment_no": at, **segment.row()}
            )
            if draw(st.booleans()):
                tag = draw(st.sampled_from(list(CareerTag))).value
                holds = draw(st.none() | st.booleans())
                keys = {"person_id": person_id, "segment_no": at, "tag": tag}
                rows["career_tags"].append({**keys, "holds": holds, "basis": None})

        add(
            person_id,
            "appointments",
            row_of("appointments", *national_columns("appointments")),
            "appointment_no",
        )
        add(
            person_id,
            "education",
            row_of("education", *national_columns("education")),
            "education_no",
        )
        add(
            person_id,
            "awards",
            row_of(
                "awards",
                "awarded_on",
                "awarded_by",
                award_name=st.sampled_from(["三等功", "优秀共产党员", "先进个人"]),
            ),
            "award_no",
        )
        kinds = st.sampled_from(list(FAMILY_OF.items()))
        add(
            person_id,
            "sanctions",
            st.tuples(kinds, row_of("sanctions", *_DISCIPLINE)).map(
                lambda drawn: {
                    "sanction_kind": drawn[0][0].value,
                    "sanction_family": drawn[0][1].value,
                    **drawn[1],
                }
            ),
            "sanction_no",
        )
        add(
            person_id,
            "conclusions",
            row_of(
                "conclusions",
                "concluded_on",
                "concluded_by",
                "basis",
                "valid_until",
                conclusion_kind=st.sampled_from([each.value for each in ConclusionKind]),
                conclusion_outcome=st.sampled_from([each.value for each in ConclusionOutcome]),
            ),
            "conclusion_no",
        )
        add(
            person_id,
            "training",
            row_of("training", "training_name", "organised_by", "class_hours"),
            "training_no",
        )
    rows["organs"] = [
        {
            **draw(
                row_of(
                    "organs",
                    "organ_name",
                    "remarks",
                    "establishment",
                    "civil_servant_institution_establishment",
                    "worker_establishment",
                    "technical_head_quota",
                    "division_code",
                    "region_tier",
                )
            ),
            "organ_id": "1.1",
        }
    ]
    rows["teams"] = [
        {
            **draw(row_of("teams", "team_name", "team_kind", "region", "display_order")),
            "team_id": "t",
            "organ_id": "1.1",
        }
    ]
    post = draw(
        row_of("posts", "post_name", "role", "post_level", "duty_head", "is_elected", "custom")
    )
    rows["posts"] = [{**post, "post_id": "p", "organ_id": "1.1"}]
    link = draw(row_of("post_teams", "role_in_team"))
    rows["post_teams"] = [{**link, "post_id": "p", "team_id": "t", "team_order": 1}]
    seat = draw(row_of("seats", "started_on", "document"))
    rows["seats"] = [{**seat, "seat_no": 1, "post_id": "p", "person_id": "P0"}]
    return Roster.of(DAY, **rows)
