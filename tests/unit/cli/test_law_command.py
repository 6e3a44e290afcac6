"""`banzi law check | list`: yes by exit code, everything that is wrong named with its file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from banzi.cli.main import run
from banzi.law.book import shipped_folder
from banzi.rules.catalogue import ALL_RULES
from banzi.rules.checking import EVERY_RULE


def test_the_shipped_law_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "check"]) == 0
    assert f"规则{len(EVERY_RULE)}条" in capsys.readouterr().out


def test_a_broken_copy_is_refused_with_file_and_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(shipped_folder(), tmp_path / "law")
    file = tmp_path / "law" / "parameters" / "term_rules" / "term_months.yaml"
    file.write_text(file.read_text("utf-8").replace("cites: TM/3", "cites: TM/99"), "utf-8")
    assert run(["law", "check", "--folder", str(tmp_path / "law")]) == 2
    err = capsys.readouterr().err
    assert "law/unknown-clause" in err
    assert "term_months.yaml" in err


def test_a_clause_that_nothing_stands_for_is_refused_and_said_how_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(shipped_folder(), tmp_path / "law")
    file = tmp_path / "law" / "clauses" / "exchange_rules.yaml"
    added = """  EX/99:
    slug: new
    fact: {zh: 新增一条, en: a new clause}
    force: M
    grade: V
    in_force_from: 2026-01-01
    source: made up for this test
"""
    file.write_text(file.read_text("utf-8") + added, "utf-8")
    assert run(["law", "check", "--folder", str(tmp_path / "law")]) == 2
    err = capsys.readouterr().err
    assert "law/clause-not-covered" in err
    assert "EX/99" in err
    assert "not_computed" in err


def test_the_list_gives_each_rule_with_its_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in told["rules"]] == [rule.id for rule in ALL_RULES]
    assert all(set(rule["cites"]) <= set(told["clauses"]) for rule in told["rules"])
    assert all("checked_on" in each for each in told["parameters"].values())
    assert run(["law", "list"]) == 0
    assert ALL_RULES[0].id in capsys.readouterr().out
