"""`banzi plan solve` and `check` as their user meets them: exit codes, files, words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.staffing_bundles import FILL, bundle, target

from banzi.cli import main
from banzi.staffing.writing import write_bundle


def _bundle(folder: Path, *, women: int = 1) -> Path:
    made = bundle(
        persons=[{"person_id": f"甲{i}", "female": i % 2, "one": 1} for i in range(4)],
        teams=[{"team_id": "县委"}],
        posts=[{"post_id": f"岗{i}", "team_ids": "县委"} for i in range(2)],
        candidates=[
            {"post_id": f"岗{p}", "person_id": f"甲{c}", "fit": p + c}
            for p in range(2)
            for c in range(4)
        ],
        targets=[target("女", "female", ">=", women, citation="示例规定第一条")],
        tiers=[FILL, {"name": "merit", "pair_terms": {"fit": 1}}],
    )
    write_bundle(folder, made)
    return folder


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANZI_LANG", "zh")


def test_solving_writes_a_plan_that_the_check_accepts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = _bundle(tmp_path / "problem")
    assert main.run(["plan", "solve", str(problem), "--out", str(tmp_path / "plan")]) == 0
    shown = capsys.readouterr().out
    assert "已证明最优" in shown
    assert "已配2个，空缺0个" in shown
    said = json.loads((tmp_path / "plan" / "plan.json").read_text("utf-8"))
    assert list(said) == [
        "format", "version", "status", "tiers", "value", "bound", "gap", "seconds",
        "first_plan_seconds", "assignments", "trace", "settings", "versions", "problem_sha256",
    ]  # fmt: skip
    assert (said["status"], said["value"], said["bound"], said["gap"]) == ("optimal", 6, 6, 0.0)
    assert said["assignments"] == [
        {"post_id": "岗0", "person_id": "甲2"},
        {"post_id": "岗1", "person_id": "甲3"},
    ]
    assert main.run(["plan", "check", str(problem), str(tmp_path / "plan")]) == 0
    assert "核对无误" in capsys.readouterr().out


def test_an_altered_plan_fails_the_check_with_every_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = _bundle(tmp_path / "problem")
    assert main.run(["plan", "solve", str(problem), "--out", str(tmp_path / "plan"), "--json"]) == 0
    file = tmp_path / "plan" / "plan.json"
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads(file.read_text("utf-8"))
    said["assignments"][1]["person_id"] = "甲0"
    said["problem_sha256"] = "0"
    file.write_text(json.dumps(said), "utf-8")
    assert main.run(["plan", "check", str(problem), str(file), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["agrees"] is False
    codes = [difference["code"] for difference in answer["differences"]]
    assert codes == [
        "referee/hash", "referee/target", "referee/tier-value", "referee/not-proven",
        "referee/value", "referee/gap",
    ]  # fmt: skip
    assert main.run(["plan", "check", str(problem), str(file)]) == 1
    shown = capsys.readouterr().out
    assert "核对不符，共6处" in shown
    assert "必须达到的目标女未达到，差1" in shown


def test_an_infeasible_problem_names_the_clash_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = _bundle(tmp_path / "problem", women=3)
    out = tmp_path / "plan"
    assert main.run(["plan", "solve", str(problem), "--out", str(out)]) == 1
    shown = capsys.readouterr().out
    assert "目标女：全部职位，female合计不少于3（依据：示例规定第一条）" in shown
    assert "经逐项重新求解核实" in shown
    conflict = json.loads((out / "conflict.json").read_text("utf-8"))
    assert (conflict["sufficient"], conflict["necessary"]) == (True, True)
    assert [member["target_id"] for member in conflict["members"]] == ["女"]
    assert main.run(["plan", "check", str(problem), str(out)]) == 0
    _bundle(problem)
    assert main.run(["plan", "solve", str(problem), "--out", str(out)]) == 0
    assert not (out / "conflict.json").exists()


def test_bad_input_is_listed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = _bundle(tmp_path / "problem")
    (problem / "posts.csv").write_text("post_id,team_ids\n岗0,无\n岗0,县委\n", "utf-8")
    assert main.run(["plan", "solve", str(problem), "--out", str(tmp_path / "plan")]) == 2
    said = capsys.readouterr().err
    for line in (
        "posts.csv:1:incumbent_person_id plan/missing-column",
        "posts.csv:2:team_ids plan/unknown-id",
        "posts.csv:3:post_id plan/duplicate-id",
    ):
        assert line in said
    assert not (tmp_path / "plan").exists()


def test_checking_what_is_no_plan_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = _bundle(tmp_path / "problem")
    (tmp_path / "plan.json").write_text("[]", "utf-8")
    assert main.run(["plan", "check", str(problem), str(tmp_path / "plan.json")]) == 2
    assert "plan/unreadable-plan" in capsys.readouterr().err
    assert main.run(["plan", "check", str(problem), str(tmp_path / "absent")]) == 2
