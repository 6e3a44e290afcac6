"""`banzi eligibility` and `banzi law` as they are typed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.random_rosters import Maker

from banzi.cli.main import run
from banzi.roster import TABLES, save_roster
from banzi.rules import explain, screen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    roster = Maker(random.Random(3), date(2026, 6, 30)).roster()
    persons = roster["persons"].to_dicts()
    for row, name in zip(persons, ["甲某", "乙某", "丙某", "同名", "同名"], strict=True):
        row["name"] = name
    sources = [
        {"source_id": "s", "file_name": "甲某.lrmx", "format": "lrmx", "sha256": "0", "size": 1,
         "recorded_on": date(2026, 6, 1)}
    ]  # fmt: skip
    persons[0].update(source_id="s", source_place="A0107")
    roster = roster.with_tables(
        persons=TABLES["persons"].frame(persons), sources=TABLES["sources"].frame(sources)
    )
    path = tmp_path_factory.mktemp("eligibility") / "roster"
    save_roster(roster, path)
    return path


def test_screening_all_posts_counts_every_person_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eligibility", "screen", str(folder), "--all", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["pairs"]) == 4 * 5
    for row in answer["counts"]:
        assert row["pass"] + row["review"] + row["unknown"] + row["fail"] == 5


def test_screening_one_post_lists_people_with_reasons(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eligibility", "screen", str(folder), "--post", "职位0"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("甲某", "乙某", "丙某", "【无法认定】", "缺少"))


def test_explaining_names_clause_grade_facts_and_sources(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = [str(folder), "--person", "甲某", "--post", "机构0职位0"]
    from banzi.cli.choosing import find_post
    from banzi.roster import load_roster

    roster = load_roster(folder)
    organ = roster["organs"].filter(organ_id=roster["posts"]["organ_id"][0])["organ_name"][0]
    pair[-1] = f"{organ}职位0"
    assert find_post(roster, pair[-1]) == "0"
    assert run(["eligibility", "explain", *pair]) == 0
    shown = capsys.readouterr().out
    assert "甲某.lrmx · A0107" in shown
    marks = [line[1:].split("】")[0] for line in shown.splitlines() if line.startswith("【")]
    worst_first = ["不符合", "无法认定", "需研究", "符合"]
    assert marks == sorted(marks, key=worst_first.index)
    assert f"符合{marks.count('符合')}条；" in shown
    assert "（单位：月；2014-01-14起" in shown
    for part in shown.split("\n【"):
        standards = [line for line in part.splitlines() if line.startswith("    标准：")]
        assert len(standards) == len(set(standards))
    assert "RETIRE/age（见于转述）" in shown
    assert run(["eligibility", "explain", *pair, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    results = explain(roster, roster.as_of, "甲", "0")
    assert [r["verdict"] for r in answer["rules"]] == [r.verdict.value for r in results]
    verdicts = {(p, q): v for p, q, v in screen(roster, roster.as_of).pairs.iter_rows()}
    assert answer["verdict"] == verdicts["0", "甲"]


@pytest.mark.parametrize(
    ("person", "post", "code"),
    [
        ("甲木", "0", "selection/no-such-person"),
        ("同名", "0", "selection/several-persons"),
        ("甲某", "职位九", "eligibility/no-such-post"),
    ],
)
def test_whoever_cannot_be_found_is_an_error_with_suggestions(
    folder: Path, person: str, post: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eligibility", "explain", str(folder), "--person", person, "--post", post]) == 2
    error = capsys.readouterr().err
    assert code in error
    assert {"甲木": "甲某", "同名": "戊", "甲某": "职位0"}[person] in error


def test_screen_wants_one_of_post_and_all(folder: Path) -> None:
    assert run(["eligibility", "screen", str(folder)]) == 2


def test_the_shipped_law_passes_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["law", "check"]) == 0
    assert "均无问题" in capsys.readouterr().out
    assert run(["law", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clauses"]["AR/8.3"]["grade"] == "V-old"


def test_a_broken_law_folder_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "x.yaml").write_text("document: [", encoding="utf-8")
    assert run(["law", "check", "--folder", str(tmp_path)]) == 2
    assert "law/unreadable" in capsys.readouterr().err


def test_a_day_before_every_rule_clears_nobody() -> None:
    from datetime import date

    from banzi.rules import RULES, Verdict
    from banzi.rules.explaining import overall

    early = date(1978, 6, 1)  # parameters are in force, no rule is
    assert not any(rule.in_force(early) for rule in RULES)
    screening = screen(Maker(random.Random(3), early).roster(), early)
    assert set(screening.pairs["verdict"]) == {"unknown"}
    assert overall([]) is Verdict.UNKNOWN


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_beyond_the_calendar_is_a_slip_not_a_crash(
    folder: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    assert run(["eligibility", "screen", str(folder), "--all", "--as-of", day]) == 2
    assert "--as-of" in capsys.readouterr().err
