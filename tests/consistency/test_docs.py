"""The documentation about itself: links lead somewhere, commands exist, examples are read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from banzi.cli.main import app, load_commands
from banzi.staffing.reading_plan_settings import read_settings_file
from banzi.structure.reading_targets import read_targets_file

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "benchmarks").rglob("*.md")),
]
WRITTEN_BY_HAND = [page for page in PAGES if page.parent.name != "reference"]
TARGET_PAGE = ROOT / "docs" / "howto" / "add-a-target.md"

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"(?:^\s{4,}|^\$ |^|`)banzi ([^`\n#]*)", re.MULTILINE)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")

load_commands()
ROOT_COMMAND: Any = typer.main.get_command(app)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands(command: Any = ROOT_COMMAND, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every command by its words; groups left out, and what only the product itself calls."""
    inside = getattr(command, "commands", None)
    if inside is None:
        return {path: command}
    return {
        words: each
        for name, child in inside.items()
        if not child.hidden
        for words, each in commands(child, (*path, name)).items()
    }


COMMANDS = commands()
GROUPS = {words[:1] for words in COMMANDS if len(words) > 1}


def lines_in(text: str) -> Iterator[str]:
    """Command lines and mentions of commands, without the word `banzi`."""
    for found in _COMMAND.finditer(text):
        yield found.group(1).strip()


def fault_of(line: str) -> str | None:
    """What is not true of a command line as documented; None when all of it exists."""
    words = [word for word in re.split(r"\s+", line) if word]
    if not words or words[0].startswith("-"):
        return None
    size = 2 if tuple(words[:1]) in GROUPS else 1
    name = tuple(words[:size])
    if name in GROUPS or (size == 2 and "|" in line):
        return None
    if name not in COMMANDS:
        return f"no command {' '.join(name)}"
    options = {option for each in COMMANDS[name].params for option in each.opts} | {"--help"}
    stray = [
        word
        for word in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)
        if word not in options and not word.startswith("--no-")
    ]
    return f"{' '.join(name)} has no {', '.join(stray)}" if stray else None


def anchors_of(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {_NOT_IN_ANCHORS.sub("", title.lower()).replace(" ", "-") for title in headings}
    return made | set(re.findall(r'<a id="([^"]+)"', text))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        file, _hash, anchor = unquote(target).partition("#")
        goal = (page.parent / file).resolve() if file else page
        if not goal.exists() or (anchor and anchor not in anchors_of(goal)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=name_of)
def test_every_command_line_that_is_shown_exists(page: Path) -> None:
    lines = lines_in(page.read_text(encoding="utf-8"))
    assert [fault for line in lines if (fault := fault_of(line))] == []


def test_the_command_test_can_fail() -> None:
    assert fault_of("import --template 空表.xlsx") == "import has no --template"
    assert fault_of("plan invent") == "no command plan invent"
    assert fault_of("plan solve PROBLEM --out PLAN --seconds 9") is None


@cache
def lines_shown() -> str:
    """Every command line of every page."""
    return "\n".join(
        line for page in WRITTEN_BY_HAND for line in lines_in(page.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_shown_on_some_page(words: tuple[str, ...]) -> None:
    assert re.search(rf"^{re.escape(' '.join(words))}\b", lines_shown(), re.MULTILINE), (
        f"say what `banzi {shlex.join(words)}` is for in README.md or under docs/"
    )


def test_the_examples_of_targets_and_settings_are_accepted(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", TARGET_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    targets, settings = tmp_path / "targets.yaml", tmp_path / "settings.yaml"
    targets.write_text(blocks[0], encoding="utf-8")
    settings.write_text(blocks[1], encoding="utf-8")
    assert [each.id for each in read_targets_file(targets).targets] == ["women-per-team"]
    assert [each.weight for each in read_settings_file(settings).profiles] == [15]


def test_decisions_are_numbered_one_after_another() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    titles = [page.read_text(encoding="utf-8").partition(".")[0] for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    assert titles == [f"# {number}" for number in numbers]
