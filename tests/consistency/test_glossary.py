"""One name for each thing: every declared name is a glossary term or made of plain words."""

from __future__ import annotations

import inspect
import tomllib
from pathlib import Path

import pytest

from banzi.facts.declared import PERSON_FACTS
from banzi.kernel.columns import Labelled
from banzi.people import choices as people_choices
from banzi.roster import TABLES
from banzi.teams import choices as team_choices

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))
TERMS = {term["identifier"]: term for term in GLOSSARY["term"]}
TERM_WORDS = {word for identifier in TERMS for word in identifier.split("_")}
PLAIN = set(GLOSSARY["plain"])
NOT = {word: term for term, entry in TERMS.items() for word in entry.get("not", [])}


def declared_names() -> set[str]:
    tables = [*TABLES.values(), PERSON_FACTS]
    return {column.name for table in tables for column in table} | {table.name for table in tables}


def closed_lists() -> list[type[Labelled]]:
    return [
        member
        for module in (people_choices, team_choices)
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Labelled) and member is not Labelled
    ]


def unexplained(name: str) -> list[str]:
    """Words of a name that are neither plain nor part of a term (a plural counts as its term)."""
    known = TERM_WORDS | PLAIN
    return [
        word
        for word in name.split("_")
        if word not in known and word.removesuffix("s") not in known
    ]


@pytest.mark.parametrize("name", sorted(declared_names()))
def test_a_declared_name_is_made_of_known_words(name: str) -> None:
    assert unexplained(name) == [], f"add a term or a plain word to docs/glossary.toml for {name}"


@pytest.mark.parametrize("name", sorted(declared_names()))
def test_no_name_uses_a_word_that_the_glossary_rules_out(name: str) -> None:
    ruled_out = {word: NOT[word] for word in name.split("_") if word in NOT}
    assert not ruled_out, f"{name}: use the term instead: {ruled_out}"


def test_the_word_tests_can_fail() -> None:
    assert unexplained("headcount_of_wizards") == ["headcount", "of", "wizards"]
    assert "position" in NOT


def test_every_term_is_complete_and_named_once() -> None:
    assert len(TERMS) == len(GLOSSARY["term"])
    assert all(entry["zh"] and entry["en"] and entry["gloss"] for entry in TERMS.values())
    assert not PLAIN & set(NOT), "a ruled-out word cannot be plain"


@pytest.mark.parametrize("table", [*TABLES.values(), PERSON_FACTS], ids=lambda table: table.name)
def test_every_column_has_chinese_and_english_names_told_apart(table) -> None:
    chinese = [column.zh for column in table]
    assert all(column.zh and column.en for column in table)
    assert len(set(chinese)) == len(chinese), "headers of one table must differ"


@pytest.mark.parametrize("closed", closed_lists(), ids=lambda closed: closed.__name__)
def test_every_choice_has_names_and_the_names_differ(closed: type[Labelled]) -> None:
    assert all(member.zh and member.en for member in closed)
    assert len({member.zh for member in closed}) == len(closed)
    assert [closed.from_zh(member.zh) for member in closed] == list(closed)
