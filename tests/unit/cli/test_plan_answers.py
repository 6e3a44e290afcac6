"""The commands that ask about a plan: what they print, what they refuse, their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.staffing_answers import asked_of
from tests.support.staffing_bundles import bundle, target

from banzi.cli.main import run
from banzi.staffing.answers.case import read_case


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, str]:
    """Problem and plan: 甲 in a, 乙 in b; 丙 and 丁 have no post."""
    made = bundle(
        persons=[
            {"person_id": p, "female": int(p == "乙"), "one": 1, "age_months": 500 + k}
            for k, p in enumerate("甲乙丙丁")
        ],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": s, "team_ids": "t"} for s in ("a", "b")],
        candidates=[
            {"post_id": "a", "person_id": "甲", "fit": 5},
            {"post_id": "a", "person_id": "乙", "fit": 3},
            {"post_id": "a", "person_id": "丁", "fit": 2},
            {"post_id": "b", "person_id": "乙", "fit": 4},
            {"post_id": "b", "person_id": "丙", "fit": 1},
        ],
        targets=[
            target("女", "female", ">=", 1, citation="示例规定第一条", title="女干部至少1名"),
            target("龄", "age_months", "<=", 600, measure="mean"),
        ],
        tiers=[{"name": "merit", "vacancy": -100, "pair_terms": {"fit": 1}}],
        protected=["female", "minority"],
    )
    names = {("post", "a"): "甲县县长", ("post", "b"): "甲县副县长"}
    names |= {("person", "甲"): "江一", ("person", "乙"): "江二"}
    return asked_of(made, {"a": "甲", "b": "乙"}, names, tmp_path)


def test_what_if_tells_two_steps_with_names(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "whatif", *places, "--ban", "甲县县长=江一"]) == 0
    said = capsys.readouterr().out
    assert "第一步（即时估算）" in said
    assert "已证明：在此范围内没有更好的安排" in said
    assert "丁：拟任甲县县长" in said
    assert "江一：不再安排（原拟任甲县县长）" in said


def test_namesakes_are_told_apart_by_birth_month_and_may_be_typed_so(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["kind,id,name,apart", "post,a,甲县县长,", "person,甲,江一,1975.03"]
    rows += ["person,乙,江一,1980.11", ""]
    (Path(places[0]) / "names.csv").write_text("\n".join(rows), "utf-8")
    assert run(["plan", "whatif", *places, "--ban", "甲县县长=江一（1975.03）"]) == 0
    assert "江一（1975.03）：不再安排（原拟任甲县县长）" in capsys.readouterr().out
    assert run(["plan", "whatif", *places, "--ban", "甲县县长=江一"]) != 0


def test_why_not_tells_the_loss_or_the_clash(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "why", *places, "a", "乙", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["losses"]) == ("worse", [9 - 4])
    assert run(["plan", "why", *places, "b", "丙", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["losses"] == [9 - 4]
    assert run(["plan", "why", *places, "b", "丁"]) == 0
    assert "不是职位甲县副县长的可选人员" in capsys.readouterr().out


def test_repair_says_what_changes_and_writes_a_plan(
    places: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "repaired")
    assert run(["plan", "repair", *places, "--without", "江一", "--out", out]) == 0
    assert "改动职位1个（已证明最少）" in capsys.readouterr().out
    assert run(["plan", "check", places[0], out]) == 0
    capsys.readouterr()
    assert run(["plan", "compare", *places, out, "--json"]) == 0
    assert [p["person_id"] for p in json.loads(capsys.readouterr().out)["changed_posts"]] == ["丁"]
    assert run(["plan", "repair", *places, "--without", "江二"]) == 1
    assert "没有这些人员就没有可行方案" in capsys.readouterr().out


def test_alternates_prices_and_alternatives_print(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "alternates", *places, "--json"]) == 0
    posts = json.loads(capsys.readouterr().out)["posts"]
    assert [[o["person_id"] for o in p["alternates"]] for p in posts] == [["丁"], []]
    assert run(["plan", "alternates", *places]) == 0
    assert "不足3名替补的职位：甲县县长、甲县副县长" in capsys.readouterr().out
    assert run(["plan", "prices", *places]) == 0
    assert "示例规定第一条" in capsys.readouterr().out
    assert run(["plan", "alternatives", *places, "--keep", "0", "--measure", "age_months:max"]) == 0
    assert "可供选择的方案" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["whatif", "--pin", "a"], "plan/bad-pair"),
        (["whatif", "--pin", "无此职位=甲"], "plan/no-post"),
        (["whatif", "--pin", "a=无此人"], "plan/no-person"),
        (["whatif", "--pin", "a=丙"], "plan/pin-no-candidate"),
        (["whatif", "--pin", "a=甲", "--ban", "a=甲"], "plan/pin-twice"),
        (["alternatives", "--measure", "female:max"], "plan/protected-measure"),
        (["alternatives", "--measure", "nothing:max"], "plan/no-measure-column"),
        (["ahead", "--years", "99"], "structure/bad-years"),
    ],
)
def test_wrong_input_is_refused_in_words(
    places: tuple[str, str],
    arguments: list[str],
    code: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["plan", arguments[0], *places, *arguments[1:]]) == 2
    assert code in capsys.readouterr().err


def test_a_file_of_matters_to_settle_that_cannot_be_read_is_named(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(places[0]) / "review.csv").write_bytes("a,事项\n".encode("gb18030"))
    assert run(["plan", "why", *places, "a", "乙"]) == 2
    err = capsys.readouterr().err
    assert "papers/bad-review-file" in err
    assert "review.csv" in err


def test_nothing_is_said_of_the_years_ahead_without_facts(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "ahead", *places]) == 1
    assert "不能推算" in capsys.readouterr().out


def test_a_target_is_called_what_the_office_calls_it(places: tuple[str, str]) -> None:
    problem, plan = map(Path, places)
    assert read_case(problem, plan).titles == {"女": "女干部至少1名", "龄": "龄"}
