"""`banzi template` as its user meets it: what is written, what is read back, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import of, person, roster

from banzi.cli.main import run
from banzi.documents.codecs.workbook import read_template, read_workbook
from banzi.documents.codecs.workbook.sheets import SheetLayout
from banzi.documents.codecs.workbook.template_layout import TEMPLATE_SHEETS
from banzi.roster import load_roster, save_roster


def sheet_names(file: Path) -> list[str]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(file).sheet_names


def test_the_blank_template_has_every_sheet_and_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "空表.xlsx"
    assert run(["template", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    layouts: list[SheetLayout] = list(TEMPLATE_SHEETS)
    assert {layout.name for layout in layouts} <= set(sheet_names(file))
    extract = read_template(file)
    assert not list(extract.problems)
    assert not any(extract.tables.values())


def test_the_blank_national_workbook_is_the_ten_sheets(tmp_path: Path) -> None:
    file = tmp_path / "national.xlsx"
    assert run(["template", str(file), "--national"]) == 0
    assert [name[0] for name in sheet_names(file)][:10] == ["B", *"AAAAAAAAA"]
    assert read_workbook(file).format == "national-workbook"


def test_a_roster_fills_both_workbooks_and_comes_back(tmp_path: Path) -> None:
    save_roster(
        roster(
            persons=[person("甲", id_number="110105197503120017")],
            organs=[{"organ_id": "o1", "organ_name": "甲市政府"}],
            sanctions=[
                of(
                    "甲",
                    "sanction_no",
                    sanction_family="administrative",
                    sanction_kind="warning",
                    decided_on=20200101,
                )
            ],
        ),
        tmp_path / "r",
    )
    ours, national = tmp_path / "filled.xlsx", tmp_path / "national.xlsx"
    source = ["--roster", str(tmp_path / "r")]
    assert run(["template", str(ours), *source]) == 0
    assert run(["template", str(national), *source, "--national"]) == 0
    back = tmp_path / "back"
    day = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
    assert run(["import", str(ours), str(national), "--roster", str(back), *day]) == 0
    read = load_roster(back)
    assert list(read["persons"]["name"]) == ["甲"]
    assert list(read["organs"]["organ_name"]) == ["甲市政府"]
    assert list(read["sanctions"]["decided_on"]) == [20200101]


def test_a_file_already_there_is_kept_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "filled.xlsx"
    file.write_bytes(b"typed for hours")
    assert run(["template", str(file)]) == 2
    assert "template/already-there" in capsys.readouterr().err
    assert file.read_bytes() == b"typed for hours"
    assert run(["template", str(file), "--force"]) == 0
    assert read_template(file).format


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["a.xls"], "template/not-xlsx"),
        (["a.xlsx", "--roster", "nowhere"], "roster/not-a-roster"),
        (["folder.xlsx", "--force"], "template/already-there"),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_code(
    tmp_path: Path, line: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert run(["template", str(tmp_path / line[0]), *line[1:]]) == 2
    assert code in capsys.readouterr().err
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
