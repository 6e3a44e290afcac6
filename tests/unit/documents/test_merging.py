"""Several sources become one roster: who is who, what conflicts, what waits for a decision."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.builders import month
from tests.support.workbooks import id_number

from banzi.documents.codecs.extract import Extract, Finding, PersonExtract, Row
from banzi.documents.merging import Decision, Outcome, merge_extracts
from banzi.documents.merging.stable_ids import base32_of, person_ids
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.roster import Roster

DAY = date(2026, 6, 30)
NUMBER = id_number(19750312)
OTHER = id_number(19750320, 3)
DOUBT = MessageKind("test/doubt", "{x}")


def source(name: str, *persons: PersonExtract, form: str = "lrmx", **tables: list[Row]) -> Extract:
    extract = Extract(name, form, f"{name:0>64}", 1, list(persons))
    extract.tables = {table: list(rows) for table, rows in tables.items()}
    return extract


def told(name: str, file: str = "x", **row: Any) -> PersonExtract:
    rows = row.pop("rows", {})
    findings = row.pop("findings", [])
    return PersonExtract({"name": name, **row}, Location(file), rows, findings)


def merge(*extracts: Extract, decisions: list[Decision] | None = None) -> Outcome:
    return merge_extracts(extracts, as_of=DAY, recorded_on=DAY, decisions=decisions or ())


def refusal(*extracts: Extract) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        merge(*extracts)
    return [(problem.message.code, str(problem.at)) for problem in caught.value.problems]


def open_findings(roster: Roster) -> list[dict[str, Any]]:
    return [row for row in roster["findings"].iter_rows(named=True) if row["state"] == "open"]


def decide(finding: dict[str, Any], chosen: str) -> Decision:
    return Decision(finding["finding_id"], chosen, "某处长", DAY)


def national(name: str, *persons: PersonExtract, **tables: list[Row]) -> Extract:
    return source(name, *persons, form="national-workbook", **tables)


def template(**tables: list[Row]) -> Extract:
    return source("template", form="banzi-template", **tables)


def test_one_id_number_is_one_person_and_blanks_are_filled() -> None:
    roster = merge(
        source("a", told("甲", id_number=NUMBER, birth=19750300)),
        national("b", told("甲", id_number=NUMBER, health="健康", birth=19750312)),
    ).roster
    (row,) = roster["persons"].iter_rows(named=True)
    assert (row["health"], row["birth"]) == ("健康", 19750312)  # the more exact of two dates
    assert roster["findings"].height == 0


def test_two_values_are_a_question_and_null_until_settled() -> None:
    extracts = (
        source("a", told("甲", id_number=NUMBER, work_started=19970700)),
        national("b", told("甲", id_number=NUMBER, work_started=19970800)),
    )
    roster = merge(*extracts).roster
    assert roster["persons"]["work_started"].to_list() == [None]
    (finding,) = open_findings(roster)
    assert finding["code"] == "import/conflict"
    settled = merge(*extracts, decisions=[decide(finding, "1997.08")]).roster
    assert settled["persons"]["work_started"].to_list() == [19970800]
    assert settled["findings"]["state"].to_list() == ["settled"]
    assert settled["decisions"]["chosen"].to_list() == ["1997.08"]


def test_the_order_in_which_sources_are_named_changes_nothing() -> None:
    one = source("a", told("甲", id_number=NUMBER, health="健康"))
    two = national("b", told("甲", id_number=NUMBER, health="一般"))
    assert merge(one, two).roster["findings"].equals(merge(two, one).roster["findings"])


def test_a_choice_outside_the_options_and_a_decision_about_nothing() -> None:
    extracts = (
        source("a", told("甲", id_number=NUMBER, health="健康")),
        national("b", told("甲", id_number=NUMBER, health="一般")),
    )
    (finding,) = open_findings(merge(*extracts).roster)
    with pytest.raises(BadInput) as caught:
        merge(*extracts, decisions=[decide(finding, "较差")])
    assert caught.value.problems[0].message.code == "decisions/wrong-choice"
    stray = Decision("FAAAAAAAAAA", "x", "某处长", DAY)
    (warning,) = merge(*extracts, decisions=[stray]).warnings
    assert warning.message.code == "decisions/nothing-to-decide"


def test_name_and_birth_month_join_only_when_they_fit_one() -> None:
    form = source("a", told("甲", birth=19750300))
    one = national("b", told("甲", id_number=NUMBER, birth=19750312))
    assert merge(form, one).roster["persons"].height == 1
    two = national(
        "b",
        told("甲", id_number=NUMBER, birth=19750312),
        told("甲", id_number=OTHER, birth=19750320),
    )
    roster = merge(form, two).roster
    assert roster["persons"].height == 3
    (finding,) = open_findings(roster)
    assert finding["code"] == "import/same-person"


def test_a_confirmed_namesake_is_joined() -> None:
    extracts = (
        source("a", told("甲", health="健康")),
        national("b", told("甲", id_number=NUMBER, birth=19750312)),
    )
    roster = merge(*extracts).roster
    assert roster["persons"].height == 2
    (finding,) = open_findings(roster)
    options = json.loads(finding["options_json"])
    joined = merge(*extracts, decisions=[decide(finding, options[0])]).roster
    assert joined["persons"].select("health", "id_number").rows() == [("健康", NUMBER)]
    assert joined["findings"]["person_id"].to_list() == joined["persons"]["person_id"].to_list()
    apart = merge(*extracts, decisions=[decide(finding, options[-1])]).roster
    assert apart["persons"].height == 2
    assert open_findings(apart) == []


def test_a_namesake_of_another_birth_month_stays_another_person() -> None:
    roster = merge(
        source("a", told("甲", birth=19750400)),
        national("b", told("甲", id_number=NUMBER, birth=19750312)),
    ).roster
    assert roster["persons"].height == 2
    assert roster["findings"]["state"].to_list() == ["noted"]


def test_twins_on_paper_and_one_number_with_two_names_are_errors() -> None:
    twins = (
        source("a", told("甲", "a", birth=19750300)),
        source("b", told("甲", "b", birth=19750300)),
    )
    assert refusal(*twins) == [("import/cannot-tell-apart", "b::")]
    names = (
        source("a", told("甲", "a", id_number=NUMBER)),
        source("b", told("乙", "b", id_number=NUMBER)),
    )
    assert refusal(*names) == [("import/name-of-id-number", "b::")]


def test_person_ids_are_stable_and_collisions_get_longer_ids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = merge(source("a", told("甲", id_number=NUMBER))).roster
    again = merge(source("c", told("乙")), national("b", told("甲", id_number=NUMBER))).roster
    assert first["persons"]["person_id"][0] in again["persons"]["person_id"].to_list()
    monkeypatch.setattr(
        "banzi.documents.merging.stable_ids.base32_of",
        lambda text, length: "A" * 8 if length == 8 else base32_of(text, length),
    )
    ids = person_ids(["甲|", "乙|"])
    assert len(set(ids.values())) == 2
    assert {len(each) for each in ids.values()} == {17}


def family(**facts: Any) -> dict[str, list[Row]]:
    return {"relatives": [{"relation_text": "妻子", **facts}]}


def link(roster: Roster) -> tuple[bool | None, str | None]:
    ((linked, who),) = roster["relatives"].select("is_linked", "relative_person_id").rows()
    return linked, who


def test_relatives_link_by_number_or_decision_never_by_name() -> None:
    wife = told("乙", id_number=OTHER, birth=19750320)
    by_number = merge(
        source("a", told("甲", id_number=NUMBER, rows=family(name="乙", id_number=OTHER))),
        source("b", wife),
    ).roster
    assert link(by_number)[0] is True
    extracts = (
        source("a", told("甲", id_number=NUMBER, rows=family(name="乙", birth=19750300))),
        source("b", wife),
    )
    asked = merge(*extracts).roster
    assert link(asked) == (None, None)
    (finding,) = open_findings(asked)
    options = json.loads(finding["options_json"])
    confirmed = merge(*extracts, decisions=[decide(finding, options[0])]).roster
    assert link(confirmed) == link(by_number)
    refused = merge(*extracts, decisions=[decide(finding, "不是同一人")]).roster
    assert link(refused) == (False, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "丙"},
        {"name": "乙", "birth": 19500100},
        {"name": "乙", "unit_and_post": "某厂工人（已去世）"},
        {"name": "乙", "id_number": NUMBER[:-1] + "5"},
        {"name": "甲"},
    ],
)
def test_relatives_who_cannot_be_officials_are_known_not_to_be(facts: dict[str, Any]) -> None:
    roster = merge(
        source("a", told("甲", id_number=NUMBER, rows=family(**facts))),
        source("b", told("乙", id_number=OTHER, birth=19750320)),
    ).roster
    assert link(roster) == (False, None)
    assert open_findings(roster) == []


def test_rows_of_two_sources_that_mean_the_same_are_one_row() -> None:
    year = {"assessment_kind": "annual", "year": 2024}
    form = source(
        "a", told("甲", id_number=NUMBER, rows={"assessments": [{**year, "outcome": "1"}]})
    )
    same = national(
        "b",
        told(
            "甲",
            id_number=NUMBER,
            rows={"assessments": [{**year, "outcome": "1"}, {**year, "year": 2023}]},
        ),
    )
    roster = merge(form, same).roster
    assert roster["assessments"].select("year", "outcome").rows() == [(2023, None), (2024, "1")]
    other = national(
        "b", told("甲", id_number=NUMBER, rows={"assessments": [{**year, "outcome": "2"}]})
    )
    roster = merge(form, other).roster
    assert roster["assessments"]["outcome"].to_list() == [None]
    (finding,) = open_findings(roster)
    assert finding["row_key"] == "annual 2024"


def test_lines_of_one_source_are_never_put_together() -> None:
    line = {"relation_text": "儿子", "name": "丁"}
    roster = merge(source("a", told("甲", rows={"relatives": [line, dict(line)]}))).roster
    assert roster["relatives"]["relative_no"].to_list() == [1, 2]


SEGMENT = {
    "segment_kind": "main",
    "started": month("2010.07"),
    "ended": None,
    "is_open": True,
    "text": "某县",
}


def test_two_resumes_wait_for_a_decision_with_their_segments_and_tags() -> None:
    def resume(text: str, **segment: Any) -> dict[str, Any]:
        return {
            "resume_text": text,
            "rows": {"career_segments": [{**SEGMENT, "text": text, **segment}]},
        }

    tag = {"person_name": "甲", "segment_started": month("2010.07"), "tag": "grassroots"}
    extracts = (
        source("a", told("甲", id_number=NUMBER, **resume("某县"))),
        national("b", told("甲", id_number=NUMBER, **resume("某县乡"))),
        template(career_tags=[{**tag, "holds": True}]),
    )
    roster = merge(*extracts).roster
    assert roster["career_segments"].height == 0
    assert roster["career_tags"].height == 0
    assert roster["persons"]["resume_text"].to_list() == [None]
    (finding,) = open_findings(roster)
    settled = merge(*extracts, decisions=[decide(finding, "某县乡")]).roster
    assert settled["career_segments"]["text"].to_list() == ["某县乡"]
    assert settled["career_tags"]["segment_no"].to_list() == [1]


def test_tags_name_their_segment_by_month() -> None:
    nested = {**SEGMENT, "segment_kind": "nested", "is_open": False, "ended": month("2011.01")}
    person = told("甲", rows={"career_segments": [dict(SEGMENT), nested]})
    row: Row = {"person_name": "甲", "segment_started": month("2010.07"), "holds": True}
    at = Location("t.xlsx", "履历标签", 3)
    roster = merge(
        source("a", person),
        template(
            career_tags=[
                {**row, "tag": "grassroots"},
                {**row, "tag": "university", "segment_no": 2},
            ]
        ),
    ).roster
    assert roster["career_tags"].select("segment_no", "tag").rows() == [
        (1, "grassroots"),
        (2, "university"),
    ]
    wrong = {**row, "segment_started": month("2011.07"), "tag": "military", "_at": at}
    assert refusal(source("a", person), template(career_tags=[wrong])) == [
        ("import/no-such-segment", "t.xlsx[履历标签]:3:段起")
    ]


def test_rows_about_unknown_people_and_posts_name_their_place() -> None:
    seat = {"person_name": "乙", "post_id": "p", "_at": Location("t.xlsx", "任职", 4)}
    lost = {"person_name": "甲", "post_id": "p", "_at": Location("t.xlsx", "任职", 5)}
    codes = refusal(source("a", told("甲")), template(seats=[seat, lost]))
    assert codes == [
        ("import/unknown-person", "t.xlsx[任职]:4:"),
        ("roster/dangling-reference", "t.xlsx[任职]:5:职位标识"),
    ]


def test_a_superior_organ_out_of_scope_is_left_open_with_a_finding() -> None:
    organ = {"organ_id": "1.2", "organ_name": "某县", "superior_organ_id": "1"}
    roster = merge(national("a", told("甲"), organs=[organ])).roster
    assert roster["organs"]["superior_organ_id"].to_list() == [None]
    assert roster["findings"]["code"].to_list() == ["import/superior-not-given"]


def test_the_later_of_two_statements_of_completeness_holds() -> None:
    def upto(day: int) -> dict[str, list[Row]]:
        return {"completeness": [{"table_name": "sanctions", "complete_on": day}]}

    roster = merge(
        source("a", told("甲", id_number=NUMBER, rows=upto(20250600))),
        national("b", told("甲", id_number=NUMBER, rows=upto(20260600))),
    ).roster
    assert roster["completeness"]["complete_on"].to_list() == [20260600]


def test_a_text_that_could_not_be_read_is_kept_beside_the_null() -> None:
    doubt = Finding(DOUBT(x=1), Location("a"), "persons", "birth", written="七五年")
    roster = merge(source("a", told("甲", findings=[doubt]))).roster
    assert roster["texts_as_written"].select("column_name", "written").rows() == [
        ("birth", "七五年")
    ]


def test_a_codec_question_is_settled_before_sources_are_compared() -> None:
    doubt = Finding(DOUBT(x=2), Location("a"), "persons", "birth", "", ("197501", "197510"))
    extracts = (
        source("a", told("甲", id_number=NUMBER, findings=[doubt])),
        national("b", told("甲", id_number=NUMBER, birth=19751000)),
    )
    finding = open_findings(merge(*extracts).roster)[0]
    settled = merge(*extracts, decisions=[decide(finding, "197510")]).roster
    assert settled["persons"]["birth"].to_list() == [19751000]
    disputed = merge(*extracts, decisions=[decide(finding, "197501")]).roster
    assert disputed["persons"]["birth"].to_list() == [None]


def test_the_same_file_twice_is_read_once() -> None:
    first, copy = source("a", told("甲")), source("a", told("甲"))
    roster = merge(first, copy).roster
    assert roster["persons"].height == 1
    assert roster["findings"]["code"].to_list() == ["import/same-file"]


def test_each_of_two_equal_broken_files_is_named() -> None:
    """The second file's line was once left out with the file, as if only the first were broken."""
    pair = (source("a"), source("a"))
    for extract, file in zip(pair, ("甲.lrmx", "乙.lrmx"), strict=True):
        extract.problems.append(Problem(DOUBT(x=1), Location(file, row=2)))
    assert sorted(refusal(*pair)) == [("test/doubt", "乙.lrmx:2:"), ("test/doubt", "甲.lrmx:2:")]


def test_every_row_says_where_it_came_from() -> None:
    roster = merge(
        source(
            "a", told("甲", rows={"awards": [{"award_name": "三等功", "source_place": "第3行"}]})
        )
    ).roster
    (row,) = roster["awards"].iter_rows(named=True)
    assert row["source_id"] == roster["sources"]["source_id"][0]
    assert (row["source_place"], row["recorded_on"]) == ("第3行", DAY)
