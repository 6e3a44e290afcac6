"""`banzi import` as its user meets it: exit codes, printed lines, what is and is not written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.workbooks import id_number, persons_sheet, write_sheets

from banzi.cli.main import run
from banzi.documents.codecs.workbook.opening import open_book
from banzi.roster import load_roster

DAYS = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
FORM = "<Person><XingMing>乙</XingMing><JianKangZhuangKuang>健康</JianKangZhuangKuang></Person>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files" / "inner"
    files.mkdir(parents=True)
    rows = persons_sheet(["甲", id_number(19750312), "男", "197503", "汉族"])
    write_sheets(tmp_path / "files" / "a.xlsx", rows)
    (files / "乙.LRMX").write_text(FORM, encoding="utf-8")
    (files / "readme.txt").write_text("x", encoding="utf-8")
    (files / "~$a.xlsx").write_bytes(b"lock")
    return tmp_path


def test_folders_are_read_through_and_the_roster_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = folder / "r"
    assert run(["import", str(folder / "files"), "--roster", str(target), *DAYS]) == 0
    roster = load_roster(target)
    assert sorted(roster["persons"]["name"]) == ["乙", "甲"]
    assert roster.as_of.isoformat() == "2026-06-30"
    assert {str(day) for day in roster["persons"]["recorded_on"]} == {"2026-07-01"}
    assert (folder / "r-decisions.xlsx").is_file()
    out = capsys.readouterr().out
    assert "1份任免审批表、1个工作簿" in out
    assert str(target) in out


def test_importing_twice_gives_the_same_folder(folder: Path) -> None:
    for name in ("r", "s"):
        assert run(["import", str(folder / "files"), "--roster", str(folder / name), *DAYS]) == 0
    for file in (folder / "r").iterdir():
        assert file.read_bytes() == (folder / "s" / file.name).read_bytes(), file.name
    first, second = (folder / f"{name}-decisions.xlsx" for name in "rs")
    assert first.read_bytes() == second.read_bytes()


def test_filled_answers_are_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", str(folder / "files"), "--roster", str(folder / "r"), *DAYS]
    assert run(arguments) == 0
    listing = folder / "r-decisions.xlsx"
    rows = [list(row) for row in open_book(listing).sheet("裁定")]
    rows.append(["FAAAAAAAAAA", *[""] * 7, "x", "某处长", "20260701", ""])
    write_sheets(listing, {"裁定": rows})
    filled = listing.read_bytes()
    assert run(arguments) == 2
    assert "decisions/would-be-lost" in capsys.readouterr().err
    assert listing.read_bytes() == filled
    assert run([*arguments, "--decisions", str(listing)]) == 0


def test_a_dry_run_writes_nothing_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    arguments = ["import", str(folder / "files"), "--roster", str(folder / "r"), "--dry-run"]
    assert run(arguments) == 0
    assert sorted(folder.rglob("*")) == before
    assert "试运行" in capsys.readouterr().out


def test_every_problem_of_every_file_is_listed_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(folder / "files"), "--roster", str(folder / "r"), *DAYS]) == 0
    kept = (folder / "r" / "manifest.json").read_bytes()
    capsys.readouterr()
    write_sheets(folder / "files" / "b.xlsx", persons_sheet(["丙", "1", "男", "197513", ""]))
    (folder / "files" / "c.lrmx").write_text("<Person>", encoding="utf-8")
    (folder / "files" / "d.xlsx").write_bytes(b"noise")
    assert run(["import", str(folder / "files"), "--roster", str(folder / "r"), *DAYS]) == 2
    lines = capsys.readouterr().err.splitlines()
    found = {line.split(" ")[1] for line in lines}
    assert {"workbook/bad-date", "workbook/bad-id-number", "workbook/not-a-workbook"} <= found
    assert any("c.lrmx" in line for line in lines)
    assert any("b.xlsx[A01人员]:3:出生年月" in line for line in lines)
    assert (folder / "r" / "manifest.json").read_bytes() == kept
    assert not [path for path in folder.iterdir() if path.name.startswith(".part")]


def test_a_failure_while_writing_leaves_the_old_roster(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", str(folder / "files"), "--roster", str(folder / "r"), *DAYS]
    assert run(arguments) == 0

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("banzi.roster.roster.sha256_of", full)
    assert run(arguments) == 2
    monkeypatch.undo()
    assert "files/cannot-write" in capsys.readouterr().err
    assert load_roster(folder / "r")["persons"].height == 2


def test_a_folder_that_is_no_roster_is_never_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(folder / "files"), "--roster", str(folder / "files")]) == 2
    assert "import/not-a-roster-folder" in capsys.readouterr().err
    assert (folder / "files" / "a.xlsx").is_file()


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere", "import/not-found"), ("files/inner/readme.txt", "import/not-a-source")],
)
def test_sources_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    assert run(["import", str(folder / name), "--roster", str(folder / "r")]) == 2
    assert code in capsys.readouterr().err


def test_figures_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = str(folder / "r")
    assert run(["import", str(folder / "files"), "--roster", target, "--json", *DAYS]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sources"] == {"lrmx": 1, "national-workbook": 1}
    assert told["rows"]["persons"] == 2
    assert told["decisions"].endswith("r-decisions.xlsx")
