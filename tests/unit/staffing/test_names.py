"""names.csv: what posts and persons are called; a wrong file is told and not passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from banzi.kernel.errors import BadInput
from banzi.staffing.answers.names import NAMES_FILE, Names


def test_names_are_read_and_without_a_file_ids_speak(tmp_path: Path) -> None:
    assert Names.read(tmp_path).person("p1") == "p1"
    (tmp_path / NAMES_FILE).write_text("kind,id,name\nperson,p1,江一\nteam,t,县委\n", "utf-8")
    names = Names.read(tmp_path)
    assert (names.person("p1"), names.team("t"), names.post("a")) == ("江一", "县委", "a")


def test_namesakes_are_told_apart_by_what_the_file_says_else_by_id(tmp_path: Path) -> None:
    rows = ["person,p1,江一,1975.03", "person,p2,江一,", "person,p3,江三,", "team,t,县委,"]
    text = "\n".join(["kind,id,name,apart", *rows, ""])
    (tmp_path / NAMES_FILE).write_text(text, "utf-8")
    names = Names.read(tmp_path)
    assert [names.person(each) for each in ("p1", "p2", "p3")] == [
        "江一（1975.03）",
        "江一（p2）",
        "江三",
    ]


def test_what_the_file_says_of_two_alike_tells_nobody_apart(tmp_path: Path) -> None:
    """Else 江一（1975.03） would be shown for both, and typed it would mean the first of them."""
    rows = ["person,p1,江一,1975.03", "person,p2,江一,1975.03", "person,p3,江三,1975.03"]
    text = "\n".join(["kind,id,name,apart", *rows, ""])
    (tmp_path / NAMES_FILE).write_text(text, "utf-8")
    names = Names.read(tmp_path)
    assert [names.person(each) for each in ("p1", "p2")] == ["江一（p1）", "江一（p2）"]
    assert list(names.apart) == ["p3"]


@pytest.mark.parametrize(
    ("content", "row", "said"),
    [
        (b"kind,id\nperson,p1\n", 1, "name"),
        ("kind,id,name\nperson,p1,江一\nperson,p2\n".encode(), 3, ""),
        ("kind,id,name\nperson,p1,江一\nregion,r,县\n".encode(), 3, "region"),
        ("kind,id,name\nperson,p1,江一\n".encode("gb18030"), 2, "UTF-8"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(
    tmp_path: Path, content: bytes, row: int, said: str
) -> None:
    (tmp_path / NAMES_FILE).write_bytes(content)
    with pytest.raises(BadInput) as bad:
        Names.read(tmp_path)
    (problem,) = bad.value.problems
    assert (problem.at.file, problem.at.row) == (str(tmp_path / NAMES_FILE), row)
    assert said in problem.message.text()
