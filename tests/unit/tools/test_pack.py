"""A pack is refused, with every reason at once, when it is not whole or not for this PC."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tools import pack
from tools.pack import MANIFEST, PACK_FORMAT, Missing, checked_pack, system_here

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
LOCK_TEXT = b"polars==1 \\\n    --hash=sha256:00\n"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "boot.txt"
    file.write_bytes(LOCK_TEXT)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole pack for this very Python."""
    made = tmp_path / "pack"
    (made / "wheels").mkdir(parents=True)
    (made / "requirements").mkdir()
    (made / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"wheel a")
    (made / "wheels" / "b-1-py3-none-any.whl").write_bytes(b"wheel b")
    (made / "requirements" / "boot.txt").write_bytes(LOCK_TEXT)
    files = {
        file.relative_to(made).as_posix(): {
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "bytes": file.stat().st_size,
        }
        for file in sorted(made.rglob("*"))
        if file.is_file()
    }
    write_manifest(
        made,
        {
            "format": PACK_FORMAT,
            "banzi": "0.1.0",
            "system": system_here(),
            "python": HERE,
            "glibc": None,
            "longest_path": 90,
            "own_wheel": "b-1-py3-none-any.whl",
            "files": files,
        },
    )
    return made


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8", newline="\n")


def changed(folder: Path, **values: object) -> None:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    write_manifest(folder, content | values)


def refusal(folder: Path, lock: Path) -> str:
    with pytest.raises(Missing) as missing:
        checked_pack(folder, [lock], folder / ".venv")
    return str(missing.value)


def test_a_whole_pack_for_this_python_is_taken(folder: Path, lock: Path) -> None:
    assert checked_pack(folder, [lock], folder / ".venv")["own_wheel"] == "b-1-py3-none-any.whl"


def test_every_missing_and_altered_file_is_named(folder: Path, lock: Path) -> None:
    (folder / "wheels" / "a-1-py3-none-any.whl").unlink()
    (folder / "wheels" / "b-1-py3-none-any.whl").write_bytes(b"wheel B")
    said = refusal(folder, lock)
    assert "缺少文件 missing file: wheels/a-1-py3-none-any.whl" in said
    assert "文件被改动或损坏 altered or damaged file: wheels/b-1-py3-none-any.whl" in said
    assert "请重新复制或重新解压安装包" in said
    assert "什么也没有安装" in said


def test_another_system_is_refused(folder: Path, lock: Path) -> None:
    changed(folder, system="win-arm64")
    said = refusal(folder, lock)
    assert "安装包用于 win-arm64" in said
    assert "请换用对应的安装包" in said


def test_a_32_bit_python_is_told_so(
    folder: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(folder, system="win-amd64")
    monkeypatch.setattr(pack, "system_here", lambda: "win32")
    assert "32位 Python" in refusal(folder, lock)


def test_another_python_is_refused_with_the_line_to_type(folder: Path, lock: Path) -> None:
    changed(folder, python="3.99")
    said = refusal(folder, lock)
    assert "安装包用于 Python 3.99" in said
    assert "3.99 bootstrap.py setup" in said


@pytest.mark.parametrize(("library", "version"), [("glibc", "2.9"), ("", ""), ("musl", "1.2")])
def test_a_system_library_too_old_is_refused(
    folder: Path, lock: Path, monkeypatch: pytest.MonkeyPatch, library: str, version: str
) -> None:
    changed(folder, glibc="2.28")
    monkeypatch.setattr(pack.platform, "libc_ver", lambda: (library, version))
    assert "glibc 2.28" in refusal(folder, lock)


def test_glibc_versions_are_compared_as_numbers(
    folder: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(folder, glibc="2.9")
    monkeypatch.setattr(pack.platform, "libc_ver", lambda: ("glibc", "2.28"))
    assert checked_pack(folder, [lock], folder / ".venv")["glibc"] == "2.9"


def test_a_folder_too_deep_for_windows_is_refused_before_anything_breaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    deep = Path("D" * 150) / ".venv"
    assert pack.wrong_machine(content, deep) == []
    with monkeypatch.context() as windows:
        windows.setattr(pack.sys, "platform", "win32")
        assert "路径太长" in pack.wrong_machine(content, deep)[0]
        assert pack.wrong_machine(content, Path("D") / ".venv") == []


def test_the_pack_of_another_version_is_refused(folder: Path, lock: Path) -> None:
    lock.write_bytes(LOCK_TEXT.replace(b"==1", b"==2"))
    assert "不是同一版本" in refusal(folder, lock)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "other"}', "\ufffd"])
def test_what_is_no_pack_is_called_so(folder: Path, lock: Path, content: str) -> None:
    (folder / MANIFEST).write_text(content, encoding="utf-8", newline="\n")
    assert "不是本软件的离线安装包" in refusal(folder, lock)


def test_a_folder_that_is_not_there_is_called_no_pack(tmp_path: Path, lock: Path) -> None:
    assert "不是本软件的离线安装包" in refusal(tmp_path / "nowhere", lock)
