"""编制 against persons, counted by hand."""

from __future__ import annotations

from typing import Any

from tests.builders import person
from tests.support.counting import AS_OF

from banzi.roster import Roster
from banzi.structure.counting.establishments import establishment_table
from banzi.structure.counting.figures import FigureTable, Unit
from banzi.structure.counting.reading_settings import default_settings

SETTINGS = default_settings()


def office(*people: dict[str, Any], **more: Any) -> FigureTable:
    organs = [
        {"organ_id": "b", "organ_name": "青河局", "short_name": "局", "establishment": 3,
         "worker_establishment": 1, "civil_servant_institution_establishment": 0},
        {"organ_id": "z", "organ_name": "青河中心", "institution_establishment": 2},
    ]  # fmt: skip
    tables: dict[str, Any] = {"organs": organs, "persons": list(people), **more}
    return establishment_table(Roster.of(AS_OF, **tables), AS_OF, SETTINGS)


def staff(
    name: str, kind: str | None, unit: str | None = "青河局", state: str | None = "现职人员"
) -> dict:
    return person(name, establishment_kind=kind, reporting_organ=unit, management_status=state)


def shown(table: FigureTable, row: str, kind: str) -> list[str]:
    keys = [f"{kind}_{key}" for key in ("allowed", "actual", "over", "short")]
    return [table.figure(row, key).shown(Unit.COUNT) for key in keys]


def notes(table: FigureTable) -> str:
    return "\n".join(note.text() for note in table.notes)


def test_persons_are_counted_by_kind_in_the_organ_their_papers_name() -> None:
    table = office(
        staff("甲", "行政编制"),
        staff("乙", "行政", unit="局"),
        staff("丙", "工勤编制"),
        staff("丁", "事业编制(参公)"),
        staff("戊", "事业编制", unit="青河中心"),
    )
    assert shown(table, "b", "administrative") == ["3", "2", "0", "1"]
    assert shown(table, "b", "worker") == ["1", "1", "0", "0"]
    assert shown(table, "b", "civil_servant_institution") == ["0", "1", "1", "0"]
    assert shown(table, "b", "institution") == ["", "0", "", ""]
    assert shown(table, "z", "institution") == ["2", "1", "0", "1"]
    assert shown(table, "total", "administrative") == ["3", "2", "0", "1"]
    assert table.persons_behind("b", "administrative_actual") == ("乙", "甲")
    assert notes(table) == ""


def test_a_kind_nobody_can_read_is_unknown_and_leaves_open_what_it_may_change() -> None:
    table = office(staff("甲", "行政编制"), staff("乙", "编外"), staff("丙", None))
    assert table.persons_behind("b", "unknown") == ("丙", "乙")
    assert shown(table, "b", "administrative") == ["3", "1", "0", "不详"]
    assert shown(table, "b", "worker") == ["1", "0", "不详", "不详"]
    assert "2人未填编制类型" in notes(table)


def test_who_has_left_is_not_counted_and_an_unreadable_state_is_unknown() -> None:
    table = office(
        staff("甲", "行政编制", state="退休"),
        staff("乙", "行政编制", state="待定"),
        staff("丙", "行政编制", state=None),
        staff("丁", "行政编制"),
    )
    assert table.persons_behind("b", "unknown") == ("丙", "乙")
    assert shown(table, "b", "administrative") == ["3", "1", "0", "不详"]


def test_a_seat_tells_the_organ_and_that_its_holder_is_in_office() -> None:
    table = office(
        staff("甲", "行政编制", unit=None, state=None),
        posts=[{"post_id": "p", "post_name": "局长", "organ_id": "b", "role": "principal"}],
        seats=[{"seat_no": 1, "post_id": "p", "person_id": "甲", "started_on": 20200100}],
    )
    assert table.persons_behind("b", "administrative_actual") == ("甲",)


def test_whose_organ_nobody_named_stands_in_a_row_of_its_own() -> None:
    table = office(staff("甲", "行政编制", unit=None))
    assert table.persons_behind("unknown", "administrative_actual") == ("甲",)
    assert table.row("unknown").texts["organ_name"] == "所在机构不详"
    assert table.figure("total", "administrative_actual").value == 1


def test_a_unit_that_is_no_organ_of_the_roster_is_named_in_a_note() -> None:
    table = office(staff("甲", "行政编制", unit="远方局"))
    assert "1人的统计关系" in notes(table)
    assert "甲" in notes(table)
    assert table.figure("total", "administrative_actual").value == 0
