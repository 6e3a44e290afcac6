"""Tables of persons: columns, orders, short years, what is printed where a fact is missing."""

from dataclasses import replace
from typing import Any

import pytest
from tests.builders import of, person, roster
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers import adjustment_proposal, ballots, inspection, meeting_lists
from banzi.documents.papers.glyphs import missing_glyphs
from banzi.documents.papers.moves import house_of, moves_of
from banzi.documents.papers.office_table import (
    A3_LANDSCAPE,
    Group,
    OfficeTable,
    Picture,
    Row,
    estimated_height,
    heading_cells,
)
from banzi.documents.papers.paper_kinds import Order, PaperKind, PlanMoves, Request
from banzi.documents.papers.person_columns import short_year
from banzi.documents.papers.registry import ALL_PAPERS, find_paper
from banzi.documents.papers.roster_sheet import LONG, roster_sheet
from banzi.kernel.errors import BanziError


def planned(**changes: Any) -> Request:
    people = example_roster()
    house = house_of(people, AS_OF)
    plan = PlanMoves(house, moves_of(house, PLAN), ("fushi2",))
    return replace(Request(people, AS_OF, plan=plan), **changes)


def rows(table: OfficeTable) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows if isinstance(row, Row)]


def heads(table: OfficeTable) -> list[str]:
    return [cell.text for cell in heading_cells(table.columns)]


def test_the_long_roster_adds_title_degree_and_time_at_the_level() -> None:
    table, _persons, _notes = roster_sheet(planned(), layout=LONG)
    added = ["职称", "任现职务层次时间"]
    assert [text for text in heads(table) if text in added] == added
    assert heads(table).count("学历/学位") == 2
    assert "大学\n经济学学士" in rows(table)[0]


def test_the_discussion_list_prints_short_years_and_what_is_proposed() -> None:
    (table,), _notes = meeting_lists.discussion_list(planned())
    assert heads(table) == [
        "姓名",
        "现任职务",
        "拟任免职务",
        "性别",
        "出生年月",
        "学历",
        "籍贯",
        "工作年月",
        "入党年月",
        "副处(正处)职时间",
        "现职时间",
        "备注",
    ]
    first = rows(table)[0]
    assert first[:5] == (
        "孙明",
        "云岭市副市长",
        "拟任云岭市委副书记、市长\n拟免云岭市副市长",
        "男",
        "74.03",
    )
    assert first[7:9] == ("95.07", "98.06")


def test_short_years_touch_dates_alone() -> None:
    assert short_year("1998.06；民建") == "98.06；民建"
    assert short_year("民建2001.08") == "民建01.08"
    assert short_year("第12001.05号") == "第12001.05号"


def test_the_overview_counts_ages_to_the_month_and_says_so() -> None:
    request = planned(plan=None, persons=("p3", "p4"))
    (table,), _notes = meeting_lists.overview(request)
    assert table.left == "截至2021年7月1日，年龄计算到当月"
    ages = dict(zip(["孙明", "周强"], [row[9] for row in rows(table)], strict=True))
    assert ages == {"孙明": 47, "周强": 51}  # born 1974.03 and 1969.09; counted at 2021.07


def test_the_overview_shows_photographs_and_leaves_the_findings_blank() -> None:
    people = example_roster()
    photo = b"bytes of a picture"
    persons = people["persons"].to_dicts()
    persons[2]["photo_sha256"] = "a" * 64
    with_photo = roster(AS_OF, persons=persons)
    with_photo.photos["a" * 64] = photo  # type: ignore[index]
    (table,), notes = meeting_lists.overview(Request(with_photo, AS_OF, ("p3",)))
    (row,) = rows(table)
    assert [note.code for note in notes] == ["papers/photos-not-shown"]
    assert row[2] == Picture(photo)
    places = {column.text: number for number, column in enumerate(table.columns)}
    assert [row[places[text]] for text in ("谈话调研推荐", "会议推荐", "重点考察")] == [""] * 3


def test_a_missing_fact_is_blank_or_to_be_checked_and_never_guessed() -> None:
    people = roster(AS_OF, persons=[person("甲乙")])
    (table,), _notes = inspection.opinion_list(Request(people, AS_OF, ("甲乙",)))
    assert rows(table) == [(1, "甲乙", "待核", "待核", "")]
    (table,), notes = meeting_lists.discussion_list(Request(people, AS_OF, ("甲乙",)))
    assert rows(table)[0] == (
        *("甲乙", "", "待核", "待核", "待核", "待核", "待核", "待核"),
        *("", "", "", ""),
    )
    assert [note.code for note in notes] == ["papers/without-proposal"]


def test_levels_of_county_posts_come_from_the_history() -> None:
    history = [
        of(
            "甲",
            "level_no",
            number=1,
            level_kind="post_level",
            post_level="1A32",
            started_on=20100500,
        ),
        of(
            "甲",
            "level_no",
            number=2,
            level_kind="post_level",
            post_level="1A31",
            started_on=20150800,
        ),
    ]
    people = roster(AS_OF, persons=[person("甲")], level_history=history)
    (table,), _notes = meeting_lists.discussion_list(Request(people, AS_OF, ("甲",)))
    assert rows(table)[0][9] == "10.05\n(15.08)"


def test_the_time_in_post_of_several_offices_of_different_months_is_left_blank() -> None:
    offices = [
        of(
            "甲",
            "appointment_no",
            number=1,
            post_name="局长",
            appointed_on=20190300,
            in_office=True,
        ),
        of(
            "乙",
            "appointment_no",
            number=1,
            post_name="局长",
            appointed_on=20190300,
            in_office=True,
        ),
        of(
            "乙",
            "appointment_no",
            number=2,
            post_name="书记",
            appointed_on=20200300,
            in_office=True,
        ),
    ]
    people = roster(AS_OF, persons=[person("甲"), person("乙")], appointments=offices)
    table, _persons, _notes = roster_sheet(Request(people, AS_OF, ("甲", "乙")))
    assert [row[12] for row in rows(table)] == ["2019.03", ""]


def test_people_stand_by_rank_by_strokes_or_as_listed() -> None:
    listed = ("p5", "p3", "p1")
    orders = {
        order: roster_sheet(planned(persons=listed, order=order))[1] for order in (None, *Order)
    }
    assert orders == {
        None: listed,
        Order.INPUT: listed,
        Order.RANK: ("p1", "p3", "p5"),
        Order.STROKES: ("p3", "p5", "p1"),  # 孙 6, 李 7, 赵 9 strokes
    }
    table, _persons, _notes = roster_sheet(planned(order=Order.STROKES))
    assert table.subtitle == "（按姓氏笔画为序）"
    assert not any(isinstance(row, Group) for row in table.rows)


def test_people_of_one_name_are_pointed_out() -> None:
    people = roster(AS_OF, persons=[person("甲"), {**person("p2"), "name": "甲"}])
    _table, _persons, notes = roster_sheet(Request(people, AS_OF, ("甲", "p2")))
    assert [note.code for note in notes] == ["papers/same-name"]


def test_a_team_alone_can_be_listed() -> None:
    _table, listed, _notes = roster_sheet(planned(teams=("gov",)))
    assert listed == ("p3", "p4")


def test_who_only_gives_up_posts_is_not_looked_into() -> None:
    (table,), notes = inspection.inspection_plan(planned(options={"考察时间": "2021年7月"}))
    assert heads(table) == [
        "考察单位",
        "考察时间",
        "考察对象",
        "民主测评范围和要求",
        "个别谈话对象范围",
        "考察组成员",
        "备注",
    ]
    assert [row[:3] for row in rows(table)] == [
        (
            "云岭市人民政府",
            "2021年7月",
            "孙明（拟任云岭市委副书记、市长，拟免云岭市副市长）",
        ),
        ("待核", "2021年7月", "李芳（拟任云岭市副市长）"),
    ]
    assert [note.code for note in notes] == ["papers/only-removed"]


def test_each_unit_that_is_asked_gets_a_page_of_its_own() -> None:
    tables, _notes = inspection.opinion_list(planned(options={"单位": "市纪委监委、市公安局"}))
    assert [table.left for table in tables] == [
        "征求意见单位：市纪委监委",
        "征求意见单位：市公安局",
    ]
    assert len({tuple(rows(table)) for table in tables}) == 1


def test_proposals_come_from_the_forms_when_there_is_no_plan() -> None:
    persons = [
        {**person("甲"), "proposed_posts_text": "云岭市副市长"},
        {**person("乙"), "removed_posts_text": "拟免云岭市副市长"},
        person("丙"),
    ]
    people = roster(AS_OF, persons=persons)
    tables, _notes = adjustment_proposal.adjustment_proposal(Request(people, AS_OF))
    assert [(row[1], row[5]) for row in rows(tables[0])] == [
        ("乙", "拟免云岭市副市长"),  # by strokes: 乙 1, 甲 5
        ("甲", "拟任云岭市副市长"),
    ]
    with pytest.raises(BanziError) as refused:
        adjustment_proposal.adjustment_proposal(
            Request(roster(AS_OF, persons=[person("丙")]), AS_OF)
        )
    assert refused.value.message.code == "papers/nothing-proposed"


def ballot_pages(kind: str, **options: str) -> list[OfficeTable]:
    build = {"committee": ballots.COMMITTEE, "department": ballots.DEPARTMENT}[kind]
    tables, _notes = build(planned(options=options))
    return list(tables)


@pytest.mark.parametrize(("kind", "third"), [("committee", "弃权"), ("department", "缓议")])
def test_a_ballot_offers_three_choices_and_says_what_makes_it_void(kind: str, third: str) -> None:
    (ballot,) = ballot_pages(kind)
    assert heads(ballot) == ["姓名（序号）", "现任职务", "拟任免职务", "同意", "不同意", third]
    assert [row[0] for row in rows(ballot)] == [
        "孙　明（1）",
        "钱　文（2）",
        "李　芳（3）",
        "周　强（4）",
    ]
    assert all(row[3:] == ("", "", "") for row in rows(ballot))
    said = "".join(ballot.notes)
    assert f"“同意”“不同意”“{third}”中选一栏" in said
    assert "两个或两个以上符号的，对该人选的表决无效" in said
    assert "不得另写他人姓名" in said
    assert not ballot.paged


def test_ballots_are_alike_unless_numbers_are_asked_for() -> None:
    assert len(set(map(repr, ballot_pages("committee", 份数="12")))) == 1
    numbers = [page.right for page in ballot_pages("committee", 份数="12", 编号="是")]
    assert numbers[:2] == ["编号：01", "编号：02"]
    assert len(set(numbers)) == 12


@pytest.mark.parametrize("options", [{"份数": "0"}, {"份数": "十"}, {"编号": "要"}])
def test_a_wrong_value_of_an_option_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(BanziError) as refused:
        ballot_pages("committee", **options)
    assert refused.value.message.code == "papers/bad-value"


def test_a_ballot_takes_the_largest_size_that_keeps_it_on_a_page() -> None:
    def ballot(count: int) -> tuple[OfficeTable, list[str]]:
        names = [f"甲{number}" for number in range(count)]
        people = roster(AS_OF, persons=[person(name) for name in names])
        tables, notes = ballots.COMMITTEE(Request(people, AS_OF, tuple(names)))
        return tables[0], [note.code for note in notes]

    few, many, most = ballot(5), ballot(20), ballot(60)
    assert few[0].points > many[0].points
    for table, notes in (few, many):
        assert estimated_height(table) <= table.page.text_height
        assert "papers/long-ballot" not in notes
    assert "papers/long-ballot" in most[1]


def test_every_paper_has_a_name_of_its_own_and_can_be_found_by_it() -> None:
    names = [name for paper in ALL_PAPERS for name in (paper.id, paper.title)]
    assert len(names) == len(set(names))
    for paper in ALL_PAPERS:
        assert find_paper(paper.id) is find_paper(paper.title) is paper
    with pytest.raises(BanziError, match="papers/no-such-paper"):
        find_paper("没有的材料")


@pytest.mark.parametrize("paper", ALL_PAPERS, ids=lambda paper: paper.id)
def test_every_paper_can_be_had_in_its_formats_with_its_marking(
    paper: PaperKind, tmp_path: Any
) -> None:
    request = planned(marking="秘密★1年", wide=True)
    for ending in paper.formats:
        paper.write(request, tmp_path / f"p.{ending}")
        assert (tmp_path / f"p.{ending}").stat().st_size > 2000


def test_wide_papers_lie_on_a3() -> None:
    (table,), _notes = meeting_lists.overview(planned())
    wide = replace(table, page=A3_LANDSCAPE)
    assert sum(wide.widths) == pytest.approx(A3_LANDSCAPE.text_width)


def test_a_character_no_font_shows_is_found_and_an_ordinary_one_is_not() -> None:
    assert missing_glyphs(["王力·买买提　1975.03", "䶮㐂"]) == ""
    assert missing_glyphs(["\U00020bb7野家", "\U00020bb7"]) == "\U00020bb7"
