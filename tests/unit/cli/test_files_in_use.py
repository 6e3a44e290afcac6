"""A file in use, a full disk or a reader that has gone is answered, and never with a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.builders import person, roster

from banzi.cli import main as command_line
from banzi.cli.main import expanded, run
from banzi.roster import save_roster


@pytest.fixture
def checking(tmp_path: Path) -> list[str]:
    save_roster(roster(persons=[person("甲")]), tmp_path / "r")
    return ["roster", "check", str(tmp_path / "r")]


def failing_with(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("banzi.roster.load_roster", fail)
    monkeypatch.setattr(command_line.os, "dup2", lambda *_: None)


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied", "名册.xlsx"),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_coded_line(
    checking: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
) -> None:
    failing_with(monkeypatch, error)
    assert run(checking) == 2
    said = capsys.readouterr().err
    assert "files/no-access" in said
    assert str(error.strerror) in said
    assert (error.filename or "") in said


def test_on_windows_a_reader_that_has_gone_is_no_problem(
    checking: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    failing_with(monkeypatch, OSError(errno.EINVAL, "Invalid argument"))
    assert run(checking) == 2
    assert "files/no-access" in capfd.readouterr().err
    monkeypatch.setattr(command_line, "_WINDOWS", True)
    assert run(checking) == 0
    assert capfd.readouterr().err == ""


def test_an_error_that_is_no_answer_of_the_system_is_a_fault_of_ours(
    checking: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_with(monkeypatch, OSError("nonsense"))
    with pytest.raises(OSError, match="nonsense"):
        run(checking)


def test_patterns_stand_for_files_as_in_other_shells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("乙.lrmx", "甲.lrmx", "丙.docx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert expanded(["import", "*.lrmx", "--roster", "r"]) == [
        "import", "乙.lrmx", "甲.lrmx", "--roster", "r",
    ]  # fmt: skip
    assert expanded(["*.xls", "甲?"]) == ["*.xls", "甲?"]
    assert [os.fspath(name) for name in expanded(["甲.*"])] == ["甲.lrmx"]
