"""A place that is named wrongly is told in a sentence with its next step, never by a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from banzi.kernel.errors import BanziError
from banzi.web.accounts.policy import policy
from banzi.web.config.place import DATABASE, HOME, database, home


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://a@b/c", "开头不是 postgresql://"),
        ("banzi.sqlite3", "开头不是 postgresql://"),
        ("postgresql://a@b:port/c", "主机或端口不对"),
        ("postgresql://a@[b/c", "主机或端口不对"),
        ("postgresql://a:secret@b", "没有库名"),
    ],
)
def test_a_wrong_address_of_a_database_is_told(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATABASE, address)
    with pytest.raises(BanziError) as refused:
        database(tmp_path)
    text = refused.value.message.text()
    assert said in text
    assert "删去这个变量" in text
    assert "secret" not in text


def test_a_folder_that_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(HOME, str(tmp_path / "file" / "site"))
    with pytest.raises(BanziError, match="请换一个可以写入的文件夹"):
        home()


def test_a_limit_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANZI_FAILURES", "五次")
    with pytest.raises(BanziError, match="BANZI_FAILURES应为整数"):
        policy()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("mysql://a@b/c", "site/bad-database-address"),
        ("postgresql://a@/b?host=/nowhere", "site/no-database"),
    ],
)
def test_a_command_says_it_in_one_line(tmp_path: Path, address: str, code: str) -> None:
    given = {**os.environ, DATABASE: address, "PYTHONPATH": "src", "PYTHONUTF8": "1"}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    answer = subprocess.run(
        [sys.executable, "-m", "banzi", "site", "prepare", "--home", str(tmp_path)],
        capture_output=True, text=True, check=False, env=given,
    )  # fmt: skip
    assert answer.returncode == 2
    assert code in answer.stderr
    assert "Traceback" not in answer.stderr
