"""A roster is written whole, read back equal, and refused when its files were touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import of, person, roster, segment

from banzi.kernel.errors import BadInput
from banzi.roster import TABLES, load_roster, save_roster
from banzi.roster.checking import check_roster
from banzi.roster.difference import Change, roster_changes


def sample():
    return roster(
        persons=[person("乙", birth=19750300, sex="female"), person("甲")],
        career_segments=[segment("甲", 1, "2010.07", "2016.06"), segment("甲", 2, "2016.06", None)],
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    save_roster(sample(), tmp_path / "r")
    again = load_roster(tmp_path / "r")
    assert roster_changes(sample(), again) == []
    assert again.as_of == sample().as_of
    assert again["persons"]["name"].to_list() == ["乙", "甲"]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    save_roster(sample(), tmp_path / "a")
    save_roster(load_roster(tmp_path / "a"), tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_touched_table_is_refused_by_name(tmp_path: Path) -> None:
    save_roster(sample(), tmp_path / "r")
    file = tmp_path / "r" / "persons.parquet"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BadInput) as caught:
        load_roster(tmp_path / "r")
    assert [(p.message.code, Path(p.at.file).name) for p in caught.value.problems] == [
        ("roster/changed-outside", "persons.parquet")
    ]


def test_a_failed_write_leaves_the_old_roster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_roster(sample(), tmp_path / "r")

    def fail(*_: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr("banzi.roster.roster.sha256_of", fail)
    with pytest.raises(OSError, match="disk full"):
        save_roster(roster(), tmp_path / "r")
    monkeypatch.undo()
    assert load_roster(tmp_path / "r")["persons"].height == 2
    assert [file.name for file in tmp_path.iterdir()] == ["r"]


def test_a_changed_value_is_told_by_table_key_and_column() -> None:
    changed = sample().with_tables(
        persons=TABLES["persons"].frame([person("甲", health="健康"), person("丙")])
    )
    assert roster_changes(sample(), changed) == [
        Change("persons", ("丙",), "added"),
        Change("persons", ("乙",), "removed"),
        Change("persons", ("甲",), "changed", "health", None, "健康"),
    ]


@pytest.mark.parametrize(
    ("tables", "code", "column"),
    [
        ({"persons": [person("")]}, "roster/empty-value", "person_id"),
        ({"persons": [person("甲"), person("甲")]}, "roster/repeated-key", None),
        ({"persons": [person("甲", sex="男")]}, "roster/not-in-list", "sex"),
        ({"persons": [person("甲", ethnicity="99")]}, "roster/not-in-list", "ethnicity"),
        ({"persons": [person("甲", birth=19751300)]}, "roster/not-a-date", "birth"),
        (
            {"relatives": [of("甲", "relative_no")]},
            "roster/dangling-reference",
            "person_id",
        ),
        (
            {
                "persons": [person("甲")],
                "career_segments": [segment("甲", 1, "2010.07", "2009.06")],
            },
            "roster/ends-before-start",
            "ended",
        ),
        (
            {
                "organs": [{"organ_id": "o", "organ_name": "某县委"}],
                "posts": [
                    {"post_id": "p", "post_name": "书记", "organ_id": "o", "role": "principal"}
                ],
            },
            "roster/teams-of-post",
            None,
        ),
    ],
)
def test_each_breach_of_a_declaration_is_found(tables: dict, code: str, column: str | None) -> None:
    problems = check_roster(roster(**tables))
    assert (code, column) in {(p.message.code, p.at.column) for p in problems}


def test_a_sound_roster_has_no_problems() -> None:
    assert check_roster(sample()) == []
