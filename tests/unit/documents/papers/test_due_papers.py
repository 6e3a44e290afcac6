"""What falls due as papers: what stands in the cells, the overview, and the office's own law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from tests.builders import person
from tests.support.due import DAY, region

from banzi.documents.papers.due_basis import notes
from banzi.documents.papers.due_overview import overview_table
from banzi.documents.papers.due_table import COLUMNS, due_table
from banzi.documents.papers.office_table import Group, Row
from banzi.documents.papers.paper_kinds import Request
from banzi.documents.papers.registry import find_paper
from banzi.due.catalogue import KINDS, find_kind
from banzi.due.due_list import DueList, due_list
from banzi.due.entries import DueCase, DueKind
from banzi.due.scope import Scope
from banzi.kernel.dates import month_index
from banzi.kernel.errors import BanziError
from banzi.law import Grade, load_law
from banzi.law.documents import Provenance
from banzi.roster import TABLES, Roster

UNTIL = month_index(2027, 9)


def busy() -> Roster:
    """Three heads near ten years, one sanction, many without a level."""
    base = region()
    seats = [
        {**row, "started_on": 20170300 + number}
        for number, row in enumerate(base["seats"].to_dicts(), start=1)
    ]
    people = [*base["persons"].to_dicts(), *(person(f"众{n}") for n in range(20))]
    sanction = {
        "person_id": "丁",
        "sanction_no": 1,
        "sanction_family": "administrative",
        "sanction_kind": "demerit",
        "decided_on": 20260115,
    }
    return base.with_tables(
        persons=TABLES["persons"].frame(people),
        seats=TABLES["seats"].frame(seats),
        sanctions=TABLES["sanctions"].frame([sanction]),
    )


def listed(*kinds: str) -> DueList:
    chosen = [find_kind(kind) for kind in kinds]
    return due_list(
        DueCase(busy(), DAY, load_law()),
        Scope(),
        UNTIL,
        [kind for kind in chosen if kind] or KINDS,
    )


def cells(found: DueList) -> list[dict[str, object]]:
    heads = [column.text for column in COLUMNS]
    rows = [row.cells for row in due_table(found).rows if isinstance(row, Row)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_a_line_says_what_when_on_what_basis_and_what_to_do_next() -> None:
    (line,) = cells(listed("sanction_end"))
    assert line == {
        "姓名": "丁",
        "现任职务": "",
        "事项": "处分处理影响期满",
        "内容": "记过",
        "到期": "2027.01.15",
        "依据": "①",
        "下一步": "期满时核对决定，作出是否影响使用的结论",
        "待核": "",
    }


def test_groups_are_the_month_and_what_is_open_comes_last() -> None:
    groups = [row.text for row in due_table(listed()).rows if isinstance(row, Group)]
    assert "2027年3月　6项" in groups
    assert "2027年1月　2项" in groups
    assert groups[-1].startswith("待核：缺事实")
    assert groups[0].startswith("已到期")


def test_headings_never_name_the_same_months_twice() -> None:
    base = busy()
    started = [20171100, 20180300, 20180900]
    seats = [
        {**row, "started_on": day}
        for row, day in zip(base["seats"].to_dicts(), started, strict=False)
    ]
    roster = base.with_tables(seats=TABLES["seats"].frame(seats))
    found = due_list(DueCase(roster, DAY, load_law()), Scope(), month_index(2029, 12), KINDS)
    titles = [row.text.split("　")[0] for row in due_table(found).rows if isinstance(row, Group)]
    halves = [title for title in titles if title.endswith("半年")]
    months = [title for title in titles if title.endswith("月") and title[0].isdigit()]
    assert "2027年11月" in months  # the half-year of the last of the twelve months, to its end
    assert {"2028年上半年", "2028年下半年"} <= set(halves)
    for month in months:
        year, number = month.removesuffix("月").split("年")
        assert f"{year}年{'上半年' if int(number) <= 6 else '下半年'}" not in halves
    assert len(set(titles)) == len(titles)


def test_persons_who_lack_the_same_fact_are_one_line() -> None:
    lines = [
        line for line in cells(listed("personal_report")) if "缺现职务层次" in str(line["待核"])
    ]
    assert [line["姓名"] for line in lines] == ["25人"]
    assert str(lines[0]["现任职务"]).endswith("等")
    assert lines[0]["下一步"] == "补全所缺事实后重列"
    assert lines[0]["到期"] == "可能2027.01"


def test_every_number_of_the_basis_is_explained_and_how_well_it_is_known() -> None:
    found = listed()
    text = "".join(notes(found))
    used = {number for line in cells(found) for number in str(line["依据"])}
    assert used
    assert used <= set(text)
    assert "EX/5" in text
    assert "尚未与原文核对" in text


def test_a_number_that_an_office_compared_with_the_text_is_said_to_be() -> None:
    law = load_law()
    name = "exchange_rules/ten_years"
    reviewed = law.parameter(name).replaced(
        date(2006, 6, 10),
        {"same_post_must": 108, "same_area_level_should": 120},
        Grade.VERIFIED,
        Provenance("office", "某人", date(2026, 8, 3)),
    )
    own = replace(law, parameters={**law.parameters, name: reviewed})
    kind = find_kind("same_post")
    assert kind is not None
    found = due_list(DueCase(busy(), DAY, own), Scope(), UNTIL, [kind])
    assert {line.month for line in found.lines} == {month_index(2026, 3)}
    assert "2026-08-03与原文核对" in "".join(notes(found))


def test_the_overview_counts_every_line_once_and_charts_themes() -> None:
    found = listed()
    table = overview_table(found)
    rows = [row.cells for row in table.rows if isinstance(row, Row) and not row.strong]
    whole = sum(int(cell or 0) for row in rows for cell in row[-3:])
    assert whole == len(found.every)
    chart = table.chart
    assert chart is not None
    first = [row.cells for row in table.rows if isinstance(row, Row)][: len(chart.series)]
    assert [(row[0], tuple(cell or 0 for cell in row[1:14])) for row in first] == list(chart.series)
    assert chart.periods[0] == "2026年9月"
    assert len(chart.periods) == 13


def test_beyond_a_year_the_overview_counts_half_years() -> None:
    case = DueCase(busy(), DAY, load_law())
    chart = overview_table(due_list(case, Scope(), month_index(2029, 1))).chart
    assert chart is not None
    assert chart.periods[:2] == ("2026年下半年", "2027年上半年")


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
@pytest.mark.parametrize("paper", ["due-list", "到期事项一览"])
def test_papers_are_printed_by_name_in_every_format(
    paper: str, ending: str, tmp_path: Path
) -> None:
    file = tmp_path / f"p.{ending}"
    find_paper(paper).write(Request(busy(), DAY, options={"到": "2027-09"}), file)
    if ending == "xlsx":
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        assert any("年龄" in row or "记过" in row for row in sheet)
    elif ending == "docx":
        (table, *_more) = Document(str(file)).tables
        assert any("处分" in cell.text for row in table.rows for cell in row.cells)
    else:
        assert file.read_bytes().startswith(b"%PDF")


def test_an_unknown_kind_is_refused_and_the_known_ones_are_named(tmp_path: Path) -> None:
    request = Request(busy(), DAY, options={"事项": "晋升"})
    with pytest.raises(BanziError, match="晋升职级年限"):
        find_paper("due-list").write(request, tmp_path / "p.pdf")


def test_nobody_due_is_said_in_a_sentence() -> None:
    empty = due_list(DueCase(Roster.of(DAY), DAY, load_law()), Scope(), UNTIL)
    assert [row.text for row in due_table(empty).body if isinstance(row, Group)] == [
        "所选范围内，到所列年月没有到期事项。"
    ]
    assert overview_table(empty).chart is None


def test_kinds_have_names_of_their_own() -> None:
    def names(kind: DueKind) -> tuple[str, str, str]:
        return kind.id, kind.zh, kind.en

    assert len({name for kind in KINDS for name in names(kind)}) == 3 * len(KINDS)
