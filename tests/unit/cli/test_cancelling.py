"""Long work that is stopped leaves nothing behind, and the command says so with exit code 130."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.example_teams import example_roster
from tests.support.workbooks import id_number, persons_sheet, write_sheets

from banzi.cli import terminal
from banzi.cli.main import run
from banzi.kernel.errors import Cancelled
from banzi.kernel.messages import Message
from banzi.roster import save_roster

SETTINGS = "name: 试排\nmust_place: nobody\n"
TARGETS = (
    "targets:\n- {id: a, title: 甲, measure: count, op: '>=', bound: 0, where: 基层工作经历}\n"
)
MORE_THAN_A_PIPE_HOLDS = 2**21


class Stopping:
    """A listener that stops the work at call number `at`; never when that is None."""

    def __init__(self, at: int | None) -> None:
        self.at, self.calls = at, 0

    def start(self, task: Message, total: int | None = None) -> None:
        self.advance()

    def advance(self, steps: int = 1) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise Cancelled


def listen(monkeypatch: pytest.MonkeyPatch, at: int | None) -> Stopping:
    listener = Stopping(at)

    @contextmanager
    def bar() -> Iterator[Stopping]:
        yield listener

    monkeypatch.setattr(terminal, "progress_bar", bar)
    return listener


@pytest.fixture
def office(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    for number, name in enumerate("甲乙", start=1):
        sheet = persons_sheet([name, id_number(19750310 + number), "男", "197503", "汉族"])
        write_sheets(files / f"{number}.xlsx", sheet)
    save_roster(example_roster(), tmp_path / "roster")
    (tmp_path / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    (tmp_path / "settings.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def import_line(office: Path) -> list[str]:
    days = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
    return ["import", str(office / "files"), "--roster", str(office / "new"), *days]


def build_line(office: Path) -> list[str]:
    inputs = [f"--{name}={office / name}.yaml" for name in ("targets", "settings")]
    return ["plan", "build", str(office / "roster"), *inputs, "--problem", str(office / "new")]


@pytest.mark.parametrize("line", [import_line, build_line], ids=["import", "plan build"])
def test_work_stopped_at_any_call_writes_nothing(
    office: Path, line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    calls = listen(monkeypatch, None)
    assert run(line(office)) == 0, capsys.readouterr().err
    written = {path for path in office.rglob("*") if path.is_file()} - set(before)
    assert written
    for path in written:
        path.unlink()
    (office / "new").rmdir()
    assert calls.calls >= 2
    for at in range(1, calls.calls + 1):
        listen(monkeypatch, at)
        capsys.readouterr()
        assert run(line(office)) == 130
        assert "未写入任何内容" in capsys.readouterr().err
        after = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
        assert after == before
        assert not (office / "new").exists()


def test_a_roster_already_there_survives_a_stopped_import(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(import_line(office)) == 0
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    (office / "files" / "2.xlsx").unlink()
    del before[office / "files" / "2.xlsx"]
    listen(monkeypatch, 2)
    assert run(import_line(office)) == 130
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_ctrl_c_ends_a_command_with_130_and_without_a_traceback() -> None:
    command = [sys.executable, "-m", "banzi", "names", "sort"]
    source = Path(__file__).parents[3] / "src"
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1", "BANZI_LANG": "zh"},
    ) as child:
        assert child.stdin is not None
        child.stdin.write(b"\n" * MORE_THAN_A_PIPE_HOLDS)  # returns once the command is reading
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert child.returncode == 130
    assert out == b""
    assert err.decode() == "已中止，未写入任何内容\n"
