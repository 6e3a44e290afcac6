"""Every row of the two sections stands once, and what is said to serve it exists."""

from __future__ import annotations

import importlib

import pytest
import typer
from tools.reference_mechanisms import mechanisms

from banzi.cli.main import app, load_commands
from banzi.documents.papers.registry import ALL_PAPERS
from banzi.law import load_law
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.library.reading import read_library
from banzi.structure.vocabulary import MEMBER_WORDS

ROWS = [f"1.{number}" for number in range(1, 14)]
ROWS += [str(number) for number in range(12, 29)] + ["28b", "29", "30", "31"]


def commands() -> set[str]:
    load_commands()
    root = typer.main.get_command(app)
    found: set[str] = set()
    waiting = [("banzi", root)]
    while waiting:
        name, command = waiting.pop()
        found.add(name)
        found |= {f"{name} {option}" for each in command.params for option in each.opts}
        waiting += [
            (f"{name} {sub}", each) for sub, each in getattr(command, "commands", {}).items()
        ]
    return found


def test_every_row_stands_exactly_once_in_order() -> None:
    assert [each["row"] for each in mechanisms()] == ROWS


@pytest.mark.parametrize("each", mechanisms(), ids=lambda each: each["row"])
def test_a_row_is_served_configurable_or_says_why_later(each: dict[str, object]) -> None:
    assert each["zh"]
    assert each.get("by") or each.get("configured") or each.get("later")
    assert set(each) <= {"row", "zh", "by", "says", "configured", "later"}


def test_what_serves_a_row_exists() -> None:
    importlib.import_module("banzi.cli.structure")
    known = commands() | set(MEMBER_WORDS.words)
    known |= {f"gauge:{each.id}" for each in GAUGES}
    known |= {f"paper:{each.id}" for each in ALL_PAPERS}
    known |= {f"library:{each.id}" for each in read_library(load_law()).entries}
    named = {name for each in mechanisms() for name in each.get("by", ())}
    assert named - known == set()
