import json
from pathlib import Path

import pytest

from banzi.cli.main import run
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import Form


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    for number, name in enumerate(("赵明", "丁一", "王力"), start=1):
        form = Form({"name": name, "birth": "197503", "age_counted_on": "202506"})
        (folder / f"{number}.lrmx").write_bytes(write_form(form))
    return folder


def test_a_folder_is_printed_in_the_order_wanted(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, bound = tmp_path / "out", tmp_path / "all.pdf"
    line = ["forms", "print", str(forms), "--out", str(out), "--format", "both"]
    assert run([*line, "--merged", str(bound), "--order", "strokes", "--json"]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "001丁一.docx",
        "001丁一.pdf",
        "002王力.docx",
        "002王力.pdf",
        "003赵明.docx",
        "003赵明.pdf",
        "清单.xlsx",
    ]
    assert bound.is_file()
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["printed"]] == ["丁一", "王力", "赵明"]
    assert told["refused"] == []


def test_a_refused_form_is_listed_and_strict_prints_nothing(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (forms / "2.lrmx").write_text("<Person>", "utf-8")
    out = tmp_path / "out"
    line = ["forms", "print", str(forms), "--out", str(out)]
    assert run([*line, "--strict"]) == 2
    assert not out.exists()
    assert run(line) == 2
    assert sorted(path.name for path in out.iterdir()) == [
        "001赵明.docx",
        "003王力.docx",
        "清单.xlsx",
    ]
    said = capsys.readouterr()
    assert "2.lrmx" in said.err
    assert "未输出1份" in said.out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".part")] == []


def test_a_list_chooses_and_orders(forms: Path, tmp_path: Path) -> None:
    names = tmp_path / "名单.txt"
    names.write_bytes("王　力\r\n\r\n赵明\r\n".encode("gbk"))
    out = tmp_path / "out"
    line = ["forms", "print", str(forms), "--out", str(out), "--list", str(names)]
    assert run(line) == 0
    names_written = sorted(path.name for path in out.iterdir())
    assert names_written == ["001王力.docx", "002赵明.docx", "清单.xlsx"]
    names.write_text("钱多", "utf-8")
    assert run(line) == 2
    assert sorted(path.name for path in out.iterdir()) == names_written


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--out", "{here}/forms"],
        ["--merged", "{here}/all.docx"],
        ["--out", "{here}/out", "--format", "doc"],
        ["--out", "{here}/out", "--order", "rank"],
        ["--out", "{here}/out", "--list", "{here}/nowhere.txt"],
    ],
)
def test_a_wrong_line_writes_nothing(forms: Path, tmp_path: Path, options: list[str]) -> None:
    before = sorted(tmp_path.rglob("*"))
    words = [option.format(here=tmp_path) for option in options]
    assert run(["forms", "print", str(forms), *words]) == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_names_are_shown_first_and_changed_only_when_asked(
    forms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in forms.iterdir())
    assert run(["forms", "rename", str(forms)]) == 0
    assert sorted(path.name for path in forms.iterdir()) == before
    assert "1赵明.lrmx" in capsys.readouterr().out
    assert run(["forms", "rename", str(forms), "--apply"]) == 0
    assert sorted(path.name for path in forms.iterdir()) == [
        "1赵明.lrmx",
        "2丁一.lrmx",
        "3王力.lrmx",
        "改名记录1.csv",
    ]
    assert run(["forms", "rename", str(forms)]) == 0
    assert "无须改名" in capsys.readouterr().out
    assert run(["forms", "rename", "--undo", str(forms / "改名记录1.csv")]) == 0
    assert sorted(path.name for path in forms.glob("*.lrmx")) == before


def test_a_clash_renames_nothing(forms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (forms / "4.lrmx").write_bytes((forms / "1.lrmx").read_bytes())
    before = sorted(path.name for path in forms.iterdir())
    assert run(["forms", "rename", str(forms), "--pattern", "name", "--apply"]) == 2
    assert sorted(path.name for path in forms.iterdir()) == before
    assert "form-renaming/same" in capsys.readouterr().err
    assert run(["forms", "rename"]) == 2
