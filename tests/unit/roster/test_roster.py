"""A roster is written whole, read back equal, and refused when its files were touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import polars as pl
import pytest
from tests.builders import of, person, roster, segment

from banzi.kernel.errors import BadInput
from banzi.kernel.files import sha256_of
from banzi.roster import TABLES, load_roster, save_roster
from banzi.roster import roster as module
from banzi.roster.checking import check_roster
from banzi.roster.difference import Change, roster_changes
from banzi.roster.tables import Tables


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


def test_a_table_touched_after_opening_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    save_roster(sample(), tmp_path / "r")
    opened = load_roster(tmp_path / "r")
    assert opened["career_segments"].height == 2
    for name in ("persons", "career_segments"):
        file = tmp_path / "r" / f"{name}.parquet"
        file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BadInput) as caught:
        opened["persons"]
    assert caught.value.message.code == "roster/changed-outside"
    assert opened["career_segments"].height == 2  # read before


def test_a_table_is_hashed_once_for_each_state_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_roster(sample(), tmp_path / "r")
    load_roster(tmp_path / "r")
    hashed: list[Path] = []

    def counting(path: Path) -> str:
        hashed.append(path)
        return sha256_of(path)

    monkeypatch.setattr("banzi.roster.roster.sha256_of", counting)
    load_roster(tmp_path / "r")["persons"]
    assert hashed == []
    file = tmp_path / "r" / "persons.parquet"
    os.utime(file, ns=(1, 1))
    load_roster(tmp_path / "r")
    assert hashed == [file.resolve()]


def test_the_roster_about_some_persons_has_their_rows_and_everything_else() -> None:
    whole = sample()
    some = whole.about(["甲"])
    assert some["persons"]["person_id"].to_list() == ["甲"]
    assert some["career_segments"].equals(whole["career_segments"])
    assert whole.about(["乙"])["career_segments"].height == 0
    assert whole.about([])["persons"].height == 0
    assert some["posts"].equals(whole["posts"])


def test_large_tables_on_disk_give_a_few_persons_without_being_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGE", 1)
    save_roster(sample(), tmp_path / "r")
    opened, expected = load_roster(tmp_path / "r"), load_roster(tmp_path / "r")
    for _again in range(2):
        for wanted in (["甲"], ["乙", "甲"], ["不在"]):
            for name in ("persons", "career_segments", "seats"):
                expected_rows = expected[name].filter(pl.col("person_id").is_in(wanted))
                assert opened.rows_of(name, *wanted).equals(expected_rows)
                assert opened.about(wanted)[name].equals(expected_rows)
        opened.settle()  # from here on rows come from memory
    assert opened.scan("persons").collect().equals(expected["persons"])
    tables = cast("Tables", opened.tables)
    assert tables.unread("persons") is not None
    file = tmp_path / "r" / "persons.parquet"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BadInput, match="roster/changed-outside"):
        opened.rows_of("persons", "甲")


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
