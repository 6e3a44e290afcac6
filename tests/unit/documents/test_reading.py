"""Forms read by one process or several: the same roster, the same problems, or nothing at all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.documents.lrmx_variants import invented, variant

from banzi.cli import terminal
from banzi.cli.main import load_commands, run
from banzi.documents.codecs.extract import Extract, PersonExtract
from banzi.documents.codecs.lrmx import read_lrmx, write_form
from banzi.documents.form import Form
from banzi.documents.shelf import pack, working_shelf
from banzi.kernel.messages import Message
from banzi.roster import load_roster

load_commands()
DAYS = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
FORMS = 70
BROKEN = (b"", b"<Person>", b"<Person/>", write_form(Form({"name": "甲", "birth": "197513"})))


def write_forms(folder: Path, count: int = FORMS) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        random = Random(number)
        meant = invented(random)
        fields = {**meant.form.fields, "name": f"甲{chr(0x4E00 + number)}", "id_number": ""}
        meant.form = Form(fields, meant.form.family, meant.form.photo, meant.form.extras)
        (folder / f"{number:03d}.lrmx").write_bytes(variant(meant, random))


def write_plain_forms(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        name = f"{chr(0x4E00 + number // 50)}{chr(0x5E00 + number % 50)}"
        (folder / f"{number}.lrmx").write_bytes(write_form(Form({"name": name})))


def line(place: Path, workers: int, roster: str = "new") -> list[str]:
    return [
        "import", str(place / "files"), "--roster", str(place / roster), *DAYS,
        "--workers", str(workers),
    ]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


class Killing:
    """A listener that kills one of the workers at a step."""

    def __init__(self, at: int) -> None:
        self.at, self.killed = at, False

    def start(self, task: Message, total: int | None = None) -> None:
        return

    def advance(self, steps: int = 1) -> None:
        self.at -= steps
        if self.at == 0:
            multiprocessing.active_children()[0].kill()
            self.killed = True


def test_one_worker_and_two_write_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_forms(tmp_path / "files")
    told = []
    for workers, name in ((1, "a"), (2, "b")):
        assert run(line(tmp_path, workers, name)) == 0
        told.append(capsys.readouterr().out.replace(str(tmp_path / name), "R"))
    assert told[0] == told[1]
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert len(load_roster(tmp_path / "a")["persons"]) == FORMS
    assert len(load_roster(tmp_path / "a").photos) > 1
    listings = [tmp_path / f"{name}-decisions.xlsx" for name in "ab"]
    assert listings[0].read_bytes() == listings[1].read_bytes()


def test_one_worker_and_two_list_the_same_problems_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_forms(tmp_path / "files")
    for number, data in enumerate(BROKEN):
        (tmp_path / "files" / f"{number * 20:03d}a.lrmx").write_bytes(data)
    listed = []
    for workers in (1, 2):
        assert run(line(tmp_path, workers)) == 2
        listed.append(capsys.readouterr().err.splitlines())
    assert listed[0] == listed[1]
    assert len(listed[0]) == len(BROKEN)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files"]


def test_a_killed_worker_is_an_error_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plain_forms(tmp_path / "files", 250)
    listener = Killing(at=10)

    @contextmanager
    def bar() -> Iterator[Killing]:
        yield listener

    monkeypatch.setattr(terminal, "progress_bar", bar)
    assert run(line(tmp_path, 2)) == 2
    assert listener.killed
    assert "workers/died" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files"]
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_ctrl_c_for_parent_and_workers_leaves_one_line_and_no_file(tmp_path: Path) -> None:
    write_plain_forms(tmp_path / "files", 1000)
    source = Path(__file__).parents[3] / "src"
    with subprocess.Popen(
        [sys.executable, "-m", "banzi", *line(tmp_path, 2)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1", "BANZI_LANG": "zh"},
        start_new_session=True,
    ) as child:
        while child.poll() is None:
            if any(path.stat().st_size for path in tmp_path.glob(".part-*/persons")):
                break  # workers are reading
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate()
    assert child.returncode == 130
    assert (out, err.decode()) == (b"", "已中止，未写入任何内容\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files"]


def test_a_person_comes_off_the_shelf_as_it_was_put_there(tmp_path: Path) -> None:
    write_forms(tmp_path / "files", 30)
    with working_shelf(None) as shelf:
        read = [read_lrmx(path) for path in sorted((tmp_path / "files").iterdir())]
        kept = [shelf.place(pack(extract, shelf.photos)) for extract in read]
        for before, after in zip(read, kept, strict=True):
            assert_same(before, after)
        photos = {person.photo for extract in read for person in extract.persons if person.photo}
        assert {path.read_bytes() for path in shelf.photos.iterdir()} == photos
        folder = shelf.photos.parent
    assert not folder.exists()


def test_what_a_workbook_says_stays_in_memory_only_while_there_is_room(tmp_path: Path) -> None:
    write_forms(tmp_path / "files", 3)
    with working_shelf(None) as shelf:
        paths = sorted((tmp_path / "files").iterdir())
        first, second, third = (read_lrmx(path) for path in paths)
        rows = 1 + sum(map(len, first.persons[0].rows.values()))
        shelf.room = rows
        (photo,) = [person.photo for person in first.persons]
        assert shelf.keep(first).persons == first.persons
        assert [path.read_bytes() for path in shelf.photos.iterdir()] == [photo]
        assert first.persons[0].photo is None
        assert shelf.room == 0
        assert_same(second, shelf.keep(second))
        shelf.room = 10**6
        assert shelf.keep(third).kept == []


def assert_same(before: Extract, after: Extract) -> None:
    (person,), (off_shelf,) = before.persons, after.kept
    whole = off_shelf.whole()
    assert isinstance(whole, PersonExtract)
    assert (whole.row, whole.rows, whole.at) == (person.row, person.rows, person.at)
    assert whole.findings == person.findings
    for one, other in zip(whole.findings, person.findings, strict=True):
        assert one.message.kind is other.message.kind
    assert (after.sha256, after.findings, after.persons) == (before.sha256, before.findings, [])
