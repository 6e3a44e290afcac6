"""What is said when the disk refuses, and when a file is named as it cannot be."""

from pathlib import Path

import pytest

from banzi.cli.outputs import refuse_endings, writing
from banzi.kernel.errors import BadInput, BanziError


def refused(path: Path, error: OSError) -> dict[str, object]:
    with pytest.raises(BanziError, match="files/cannot-write") as told, writing(path):
        raise error
    return dict(told.value.message.values)


def test_a_file_is_named_itself_and_not_its_temporary_neighbour(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    error = PermissionError(13, "拒绝访问", str(tmp_path / ".表.xlsx.part"), None, str(file))
    assert refused(file, error) == {"path": file, "reason": "拒绝访问"}


def test_in_a_folder_the_file_that_failed_is_named(tmp_path: Path) -> None:
    inside = str(tmp_path / "一.docx")
    assert refused(tmp_path, OSError(28, "满了", inside))["path"] == inside
    moved = OSError(13, "占用", str(tmp_path / ".part"), None, inside)
    assert refused(tmp_path, moved)["path"] == inside
    assert refused(tmp_path, OSError("只有话"))["path"] == tmp_path


def test_every_wrong_ending_is_told_and_none_is_needed_for_what_is_not_asked_for() -> None:
    refuse_endings((Path("a.XLSX"), ".xlsx"), (None, ".pdf"))
    with pytest.raises(BadInput) as bad:
        refuse_endings((Path("a.xls"), ".xlsx"), (Path("b"), ".pdf"))
    assert [problem.at.file for problem in bad.value.problems] == ["a.xls", "b"]
