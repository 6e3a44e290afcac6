"""Many files written at once: all or none, and back again."""

from datetime import date
from pathlib import Path

import pytest

from banzi.documents.comparing.batch import undo_batch, write_batch
from banzi.kernel.errors import BadInput, BanziError

DAY = date(2026, 6, 30)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "表"
    inside.mkdir()
    (inside / "甲.lrmx").write_bytes(b"1")
    (inside / "乙.lrmx").write_bytes(b"2")
    return inside


def test_files_are_replaced_originals_kept_and_given_back(folder, tmp_path):
    before = contents(folder)
    new = {folder / "甲.lrmx": b"one", folder / "乙.lrmx": b"two", folder / "丙.xlsx": b"new"}
    written = write_batch(new, tmp_path / "表差异.xlsx", DAY)
    assert written.folder == tmp_path / "表差异-原件-20260630-1"
    assert contents(folder) == {path.name: data for path, data in new.items()}
    assert not list(written.folder.glob("*.lrmx"))  # originals must not be read as forms
    undo_batch(written.folder)
    assert contents(folder) == before
    assert not written.folder.exists()


def test_when_one_file_cannot_be_put_in_place_none_is(folder, tmp_path, monkeypatch):
    before = contents(folder)
    replace = Path.replace

    def failing(self, target):
        if Path(target).name == "乙.lrmx":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    new = {folder / "甲.lrmx": b"one", folder / "乙.lrmx": b"two"}
    with pytest.raises(BanziError) as error:
        write_batch(new, tmp_path / "差异.xlsx", DAY)
    assert error.value.message.code == "batch/cannot-write"
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["表"]


def test_a_file_changed_afterwards_is_not_given_back(folder, tmp_path):
    written = write_batch({folder / "甲.lrmx": b"one", folder / "乙.lrmx": b"two"}, folder, DAY)
    (folder / "乙.lrmx").write_bytes(b"by hand")
    with pytest.raises(BadInput) as bad:
        undo_batch(written.folder)
    assert [problem.message.code for problem in bad.value.problems] == ["batch/changed-since"]
    assert (folder / "甲.lrmx").read_bytes() == b"one"
    with pytest.raises(BadInput) as bad:
        undo_batch(tmp_path)
    assert bad.value.problems[0].message.code == "batch/not-a-backup"
