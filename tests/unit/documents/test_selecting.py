"""Whom a list means: what lines say, and what is told when they do not say enough."""

from pathlib import Path

import pytest
import xlsxwriter
from tests.builders import person, roster

from banzi.documents.selecting import PersonIndex, find_persons, read_list, typed_entries
from banzi.kernel.errors import BadInput

PEOPLE = roster(
    persons=[
        {**person("王力"), "id_number": "99010119750312001X", "birth": 19750312},
        {**person("p2"), "name": "李明", "birth": 19700100},
        {**person("p3"), "name": "李明", "birth": 19820900, "current_posts_text": "云岭市副市长"},
        person("买买提·吐尔逊"),
        {**person("p5"), "name": "欧阳小小"},
    ]
)
INDEX = PersonIndex(PEOPLE)


def ids(*typed: str) -> tuple[str, ...]:
    return find_persons(typed_entries(typed, INDEX), INDEX)


def problems(*typed: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        ids(*typed)
    return [problem.message.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("王力", ("王力",)),
        ("王　力", ("王力",)),
        ("1、王力", ("王力",)),
        ("3．王 力", ("王力",)),
        ("99010119750312001x", ("王力",)),
        ("王力 99010119750312001X", ("王力",)),
        ("王力\t99010119750312001X", ("王力",)),
        ("李明 197001", ("p2",)),
        ("李明（1982.09）", ("p3",)),
        ("李明，1982年9月", ("p3",)),
        ("p3", ("p3",)),
        ("王力、欧阳小小，p2", ("王力", "p5", "p2")),
        ("买买提•吐尔逊", ("买买提·吐尔逊",)),
    ],
)
def test_a_line_may_say_whom_it_means_in_many_ways(line: str, found: tuple[str, ...]) -> None:
    assert ids(line) == found


def test_people_of_one_name_are_not_chosen_between_and_are_told_apart() -> None:
    with pytest.raises(BadInput) as refused:
        ids("李明")
    (problem,) = refused.value.problems
    text = problem.message.text()
    assert "2人叫“李明”" in text
    assert "p2（1970.01）" in text
    assert "p3（1982.09，云岭市副市长）" in text
    assert "李明 197001" in text


def test_everything_wrong_with_a_list_is_said_at_once() -> None:
    assert problems("没有", "李明", "王力", "王力", "李明 198001") == [
        "selection/no-such-person",
        "selection/several-persons",
        "selection/listed-twice",
        "selection/no-such-person",
    ]


def test_a_name_beside_somebody_elses_number_is_refused() -> None:
    assert problems("李明 99010119750312001X") == ["selection/name-differs"]


def test_a_number_the_roster_does_not_know_is_held_against_the_one_it_does() -> None:
    assert problems("王力 990101197503120028") == ["selection/other-id-number"]
    # nobody's number is known to the roster here, so none can contradict
    assert ids("欧阳小小 990101197503120028") == ("p5",)
    assert problems("李明 990101197503120028") == ["selection/other-id-number"]
    assert problems("欧阳小小 p9") == ["selection/no-such-person"]


def test_names_near_the_one_typed_are_offered() -> None:
    with pytest.raises(BadInput) as refused:
        ids("欧阳小少")
    assert "欧阳小小" in refused.value.problems[0].message.text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_every_encoding_of_offices(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "名单.txt"
    file.write_text("1、王力\n\n欧阳小小\n李明 197001\n", encoding)
    assert find_persons(read_list(file, INDEX), INDEX) == ("王力", "p5", "p2")


def test_a_problem_in_a_file_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "名单.txt"
    file.write_text("王力\n\n某人\n", "utf-8")
    with pytest.raises(BadInput) as refused:
        find_persons(read_list(file, INDEX), INDEX)
    assert refused.value.problems[0].line().startswith(f"{file}:3: selection/no-such-person")


def test_a_workbook_is_read_by_its_headings_below_titles_and_between_units(tmp_path: Path) -> None:
    file = tmp_path / "名单.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    rows = [
        ["某市名册", "", ""],
        ["序号", "姓 名", "出生年月"],
        ["云岭市", "", ""],
        [1, "李明", "1982.09"],
        [2, "王力", ""],
        ["说明", "", ""],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    assert find_persons(read_list(file, INDEX), INDEX) == ("p3", "王力")


def test_a_list_that_is_missing_or_blank_is_refused(tmp_path: Path) -> None:
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n\n", "utf-8")
    for file, code in ((blank, "selection/empty"), (tmp_path / "no.txt", "selection/no-file")):
        with pytest.raises(BadInput) as refused:
            read_list(file, INDEX)
        assert refused.value.problems[0].message.code == code
