"""Notices of appointment: who is found, what is doubted, how it is worded."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.builders import person
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers.letters.decision_checks import check_decisions
from banzi.documents.papers.letters.decisions import (
    Decision,
    decisions_of,
    read_decisions,
    write_decisions_template,
)
from banzi.documents.papers.letters.letter import Letter
from banzi.documents.papers.letters.notice import (
    Order,
    notice_letter,
    notice_sentences,
    notice_title,
    ordered,
    told_apart,
)
from banzi.documents.papers.moves import house_of, moves_of
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster

HEADER = ("姓名", "身份证号", "任命职务", "免去职务", "试用期")


def sheet(folder: Path, *rows: tuple[str, ...]) -> Path:
    file = folder / "d.xlsx"
    book = xlsxwriter.Workbook(str(file))
    page = book.add_worksheet("任免事项")
    for number, row in enumerate((HEADER, *rows)):
        page.write_row(number, 0, row)
    book.close()
    return file


def flaws(folder: Path, *rows: tuple[str, ...], roster: Roster | None = None) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read_decisions(sheet(folder, *rows), roster or example_roster())
    return [f"{each.at.row} {each.message.code}" for each in bad.value.problems]


def findings(*decisions: Decision) -> list[str]:
    return [each.message.code for each in check_decisions(decisions, example_roster(), AS_OF)]


def namesakes(**facts: Any) -> Roster:
    people = [person("a", birth=19750300), person("b", birth=19750300)]
    both = [
        {**row, "name": "王明", "person_id": key} for key, row in zip("ab", people, strict=True)
    ]
    for row, key in zip(both, "ab", strict=True):
        row.update({name: values["ab".index(key)] for name, values in facts.items()})
    return Roster.of(AS_OF, persons=both)


def test_rows_become_decisions_in_their_order(tmp_path: Path) -> None:
    file = sheet(
        tmp_path,
        ("李芳", "", "云岭市副市长；云岭市公安局局长", "", "是"),
        ("周 强", "", "", "云岭市副市长", ""),
    )
    first, second = read_decisions(file, example_roster())
    assert first.appointed == ("云岭市副市长", "云岭市公安局局长")
    assert first.on_probation
    assert (second.person_id, second.removed) == ("p4", ("云岭市副市长",))
    assert not second.on_probation


def test_every_flaw_of_the_list_is_told(tmp_path: Path) -> None:
    assert flaws(
        tmp_path,
        ("无此人", "", "甲", "", ""),
        ("李芳", "", "", "", ""),
        ("周强", "", "甲", "", ""),
        ("周强", "", "", "乙", ""),
        ("孙明", "", "甲", "", "也许"),
    ) == [
        "6 workbook/bad-choice",
        "2 selection/no-such-person",
        "3 notice/nothing-decided",
        "5 notice/listed-twice",
    ]


def test_namesakes_need_something_that_tells_them_apart(tmp_path: Path) -> None:
    roster = namesakes(id_number=("11010519491231002X", "110105194912310038"))
    assert flaws(tmp_path, ("王明", "", "甲", "", ""), roster=roster) == [
        "2 selection/several-persons"
    ]
    row = ("王明", "110105194912310038", "甲", "", "")
    assert read_decisions(sheet(tmp_path, row), roster)[0].person_id == "b"
    row = ("王明", "110105194912310118", "甲", "", "")
    assert flaws(tmp_path, row, roster=roster) == ["2 selection/other-id-number"]


def test_a_birth_month_beside_the_name_tells_namesakes_apart_too(tmp_path: Path) -> None:
    roster = namesakes(birth=(19750300, 19781100))
    (decision,) = read_decisions(sheet(tmp_path, ("王明 1978.11", "", "甲", "", "")), roster)
    assert (decision.person_id, decision.name) == ("b", "王明")


def test_the_template_is_read_back_as_an_empty_list(tmp_path: Path) -> None:
    write_decisions_template(tmp_path / "t.xlsx")
    with pytest.raises(BanziError, match="notice/no-decisions"):
        read_decisions(tmp_path / "t.xlsx", example_roster())


def test_appointing_and_removing_from_the_same_post_is_refused() -> None:
    decision = Decision("p4", "周强", ("云岭市副市长",), ("云岭市 副市长",))
    with pytest.raises(BadInput, match="notice/appointed-and-removed"):
        findings(decision)


def test_what_the_roster_makes_doubtful_is_a_finding() -> None:
    assert findings(Decision("p4", "周强", (), ("云岭市副市长",))) == []
    assert findings(Decision("p4", "周强", (), ("云岭市委书记",))) == ["notice/not-held"]
    assert findings(Decision("p5", "李芳", ("云岭市副市厂",), ())) == ["notice/unknown-post"]
    assert findings(Decision("p3", "孙明", ("云岭市副市长",), ())) == ["notice/already-held"]
    both = [Decision(key, key, ("云岭市委书记",), ()) for key in ("p5", "p6")]
    assert findings(*both) == ["notice/several-principals"]


def test_elected_posts_are_pointed_out_and_have_no_probation() -> None:
    roster = example_roster()
    posts = [
        {**row, "is_elected": row["post_id"] == "shizhang"} for row in roster["posts"].to_dicts()
    ]
    elected = roster.with_tables(posts=Roster.of(AS_OF, posts=posts)["posts"])
    mayor = Decision("p5", "李芳", ("云岭市委副书记、市长",), (), on_probation=True)
    deputy = Decision("p6", "吴用", ("云岭市副市长",), (), on_probation=True)
    found = check_decisions([mayor, deputy], elected, AS_OF)
    assert [each.message.code for each in found] == [
        "notice/elected-on-probation",
        "notice/elected-posts",
    ]
    assert "李芳" in found[1].message.text()
    assert "吴用" not in found[1].message.text()


def test_a_plan_gives_the_same_decisions_as_its_papers() -> None:
    house = house_of(example_roster(), AS_OF)
    decisions = decisions_of(moves_of(house, PLAN), house)
    assert [(each.name, each.appointed, each.removed) for each in decisions] == [
        ("孙明", ("云岭市委副书记、市长",), ("云岭市副市长",)),
        ("钱文", (), ("云岭市委副书记、市长",)),
        ("李芳", ("云岭市副市长",), ()),
        ("周强", (), ("云岭市副市长",)),
    ]
    assert findings(*decisions) == []


def test_sentences_group_equal_decisions_and_end_rightly() -> None:
    names = {key: key for key in "abcde"}
    decisions = [
        Decision("a", "a", (), ("甲职务的局长",)),
        Decision("b", "b", ("乙局局长",), ("丙局副局长",), on_probation=True),
        Decision("c", "c", ("丁局副局长", "丁局总工程师"), ()),
        Decision("d", "d", ("戊局四级调研员",), ()),
        Decision("e", "e", ("戊局四级调研员",), ()),
    ]
    assert notice_sentences(decisions, names) == [
        "任命b同志为乙局局长（试用期一年），免去其丙局副局长职务；",
        "任命c同志为丁局副局长、丁局总工程师；",
        "任命d、e同志为戊局四级调研员；",
        "免去a同志的甲职务的局长职务。",
    ]


@pytest.mark.parametrize(
    ("decisions", "title"),
    [
        ([("甲", ("x",), ())], "关于甲同志任职的通知"),
        ([("甲", (), ("x",))], "关于甲同志免职的通知"),
        ([("甲", ("x",), ("y",)), ("乙", ("z",), ())], "关于甲、乙同志职务任免的通知"),
        ([(name, ("x",), ()) for name in "甲乙丙"], "关于甲等同志任职的通知"),
        (
            [("甲", (), ("x",)), ("乙", ("y",), ()), ("丙", (), ("z",))],
            "关于乙等同志职务任免的通知",
        ),
    ],
)
def test_titles_name_who_stands_first(decisions: list[Any], title: str) -> None:
    made = [Decision(name, name, given, taken) for name, given, taken in decisions]
    assert notice_title(made, {each.name: each.name for each in made}) == title


def test_namesakes_are_told_apart_by_what_differs() -> None:
    both = [Decision(key, "王明", ("甲",), ()) for key in "ab"]
    births = namesakes(birth=(19750300, 19800600))
    assert told_apart(both, births) == {"a": "王明（1975年3月生）", "b": "王明（1980年6月生）"}
    sexes = namesakes(birth=(19750300, 19750300), sex=("male", "female"))
    assert told_apart(both, sexes) == {"a": "王明（男）", "b": "王明（女）"}
    with pytest.raises(BanziError, match="notice/not-told-apart"):
        told_apart(both, namesakes())


def test_rank_order_follows_the_roster_and_puts_unknown_posts_last() -> None:
    decisions = (
        Decision("p6", "吴用", ("某局局长",), ()),
        Decision("p5", "李芳", ("云岭市副市长",), ()),
        Decision("p3", "孙明", ("云岭市委书记",), ()),
    )
    by_rank = ordered(decisions, example_roster(), AS_OF, Order.RANK)
    assert [each.name for each in by_rank] == ["孙明", "李芳", "吴用"]
    assert ordered(decisions, example_roster(), AS_OF, Order.INPUT) == decisions


def test_the_decisions_stand_where_the_letter_wants_them() -> None:
    frame = Letter("t", "研究决定：\n{{任免事项}}\n特此通知。", issued_on=date(2025, 3, 5))
    letter = notice_letter(frame, [Decision("a", "甲", ("乙",), ())], {"a": "甲"})
    assert letter.body.splitlines() == ["研究决定：", "任命甲同志为乙。", "特此通知。"]
