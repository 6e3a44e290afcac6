"""The code base about itself: no clock in the engine, no addresses in locks, files one can read."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "banzi"
MODULES = sorted(file for file in SOURCE.rglob("*.py") if file.parent.name != "migrations")
ENGINE = [file for file in MODULES if file.relative_to(SOURCE).parts[0] not in ("cli", "web")]
CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("time", "time")}


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def calls_of_the_clock(source: str) -> list[str]:
    return [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCK
    ]


@pytest.mark.parametrize("file", ENGINE, ids=name_of)
def test_the_engine_never_asks_what_day_it_is(file: Path) -> None:
    assert calls_of_the_clock(file.read_text(encoding="utf-8")) == []


def test_the_clock_test_can_fail() -> None:
    assert calls_of_the_clock("from datetime import date\nx = date.today()") == ["date.today"]


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_says_why_it_exists(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of)
def test_a_file_holds_one_idea(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= 420, f"{lines} lines: it usually holds two things"


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=name_of)
def test_a_lock_file_has_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))


def test_the_ranges_and_the_lock_name_the_same_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[<>=]", text)[0] for text in project["dependencies"]}
    wanted = (ROOT / "requirements" / "runtime.in").read_text(encoding="utf-8")
    listed = {re.split(r"[<>=\s]", line)[0] for line in wanted.splitlines() if line[:1].isalpha()}
    assert named == listed


def test_every_changelog_fragment_has_a_known_kind() -> None:
    kinds = {"regulation", "added", "changed", "fixed", "removed"}
    fragments = [file for file in (ROOT / "changelog.d").glob("*.md") if file.name != "README.md"]
    assert fragments
    assert {file.name.split(".")[-2] for file in fragments} <= kinds
