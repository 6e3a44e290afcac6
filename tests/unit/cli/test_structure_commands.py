"""`banzi structure show | report` and `banzi plan build`, run as their users run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.builders import person

from banzi.cli.structure_inputs import members_on
from banzi.documents.papers.office_table import Row
from banzi.documents.papers.outcome_paper import members_table
from banzi.roster import TABLES, Roster, load_roster, save_roster
from banzi.staffing.reading import read_problem
from banzi.structure.report_settings import ReportSettings
from banzi.structure.traced_paragraph import traced_paragraph

Run = Callable[..., tuple[int, str, str]]

TARGETS = """\
targets:
  - {id: young, title: 至少1名“80后”, scope: teams, scope_where: 班子类型=政府, each: team,
     measure: count, where: 出生年份>=1980, op: ">=", bound: 1}
  - {id: members, title: 至少2人, measure: count, op: ">=", bound: 2}
"""


def house(as_of: date, first: str, births: tuple[int, int]) -> Roster:
    return Roster.of(
        as_of,
        persons=[person(first, birth=births[0]), person("李二", birth=births[1])],
        organs=[{"organ_id": "o", "organ_name": "甲县"}],
        teams=[
            {"team_id": "gov", "team_name": "甲县政府", "team_kind": "government", "organ_id": "o"}
        ],
        posts=[
            {"post_id": "1", "post_name": "县长", "organ_id": "o", "role": "principal",
             "duty_head": "government", "display_order": 1},
            {"post_id": "2", "post_name": "副县长", "organ_id": "o", "role": "deputy", "display_order": 2},
        ],
        post_teams=[
            {"post_id": "1", "team_id": "gov", "team_order": 1},
            {"post_id": "2", "team_id": "gov", "team_order": 1},
        ],
        seats=[
            {"seat_no": 1, "post_id": "1", "person_id": first, "started_on": 20200000},
            {"seat_no": 2, "post_id": "2", "person_id": "李二", "started_on": 20200000},
        ],
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_roster(house(date(2026, 6, 30), "王一", (19750300, 19780600)), tmp_path / "new")
    save_roster(house(date(2021, 6, 30), "赵三", (19650300, 19780600)), tmp_path / "old")
    (tmp_path / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    (tmp_path / "settings.yaml").write_text("name: 试配\nlevel_steps: 不限\n", encoding="utf-8")
    return tmp_path


def test_show_names_people_and_answers_no_when_a_target_is_missed(banzi: Run, folder: Path) -> None:
    code, out, _err = banzi(
        "structure", "show", folder / "new", "--targets", folder / "targets.yaml"
    )
    assert code == 1
    assert "2项目标中有1项未达到" in out
    assert "至少1名“80后”（甲县政府）：现为0，目标≥1，差1人" in out


def test_a_figure_about_some_teams_says_so(banzi: Run, folder: Path) -> None:
    roster = load_roster(folder / "new")
    more = [
        {"team_id": kind, "team_name": kind, "team_kind": kind, "organ_id": "o"}
        for kind in ("party_committee", "court")
    ]
    teams = TABLES["teams"].frame([*roster["teams"].to_dicts(), *more])
    save_roster(roster.with_tables(teams=teams), folder / "three")
    code, out, _err = banzi("structure", "show", folder / "three")
    assert code == 0
    assert "3个班子，任职2人" in out
    assert "其中2个班子" in out
    assert "全部" not in out


def test_show_as_json_has_every_person_behind_a_figure(banzi: Run, folder: Path) -> None:
    code, out, _err = banzi(
        "structure", "show", folder / "new", "--targets", folder / "targets.yaml", "--json",
        "--team", "gov",
    )  # fmt: skip
    found = {each["id"]: each for each in json.loads(out)["results"]}
    assert code == 1
    # 1975-03 → 51 years 3 months, 1978-06 → 48 years on 30 June 2026: (615 + 576) / 2 months
    assert (found["outcome/age"]["numerator"], found["outcome/age"]["shown"]) == (1191, "49.6")
    assert [each["name"] for each in found["outcome/heads"]["members"]] == ["王一"]
    young = found["young"]
    assert [(each["name"], each["value"]) for each in young["members"]] == [
        ("王一", 0),
        ("李二", 0),
    ]
    assert (young["met"], young["shortfall"], young["definition"]) == (
        False,
        1,
        "出生年份不小于1980",
    )


def test_an_unknown_team_is_refused(banzi: Run, folder: Path) -> None:
    code, _out, err = banzi("structure", "show", folder / "new", "--team", "party")
    assert code == 2
    assert "structure/no-such-team" in err


def test_report_compares_each_roster_on_its_own_day(banzi: Run, folder: Path) -> None:
    code, out, _err = banzi("structure", "report", folder / "new", "--compare", folder / "old")
    assert code == 0
    # old: 1965-03 → 56 years 3 months, 1978-06 → 43 years on 30 June 2021: mean 49.6
    assert "平均年龄49.6岁（截至2026-06-30），与上届的49.6岁（截至2021-06-30）持平" in out


def write_plan_file(
    folder: Path, assignments: list[dict[str, str | None]], status: str = "feasible"
) -> None:
    folder.mkdir()
    document = {
        "format": "banzi-plan", "version": 1, "status": status, "tiers": [], "value": None,
        "bound": None, "gap": None, "seconds": 1.0, "first_plan_seconds": 1.0,
        "assignments": assignments, "trace": [], "settings": {}, "versions": {},
        "problem_sha256": "",
    }  # fmt: skip
    (folder / "plan.json").write_text(json.dumps(document), encoding="utf-8")


def test_the_paragraph_of_a_plan_names_everybody_behind_each_number(
    banzi: Run, folder: Path
) -> None:
    write_plan_file(folder / "plan", [{"post_id": "1", "person_id": "李二"}])
    code, out, _err = banzi("plan", "paragraph", folder / "new", folder / "plan", "--names")
    assert code == 0
    # 王一 of 1975-03 leaves, 李二 of 1978-06 takes the post: 49.6 → 48.0 years
    text = "平均年龄48.0岁（截至2026-06-30），较上届的49.6岁（截至2026-06-30）降低1.6岁"
    assert out.count(text) == 2
    lines = [line.strip() for line in out.splitlines()]
    plan_at = lines.index("平均年龄（甲县政府，方案）：48.0（1）")
    assert lines[plan_at + 1 : plan_at + 4] == [
        "李二48.0", "平均年龄（甲县政府，现任）：49.6（2）", "王一51.3、李二48.0"
    ]  # fmt: skip
    assert "“80后”干部（甲县政府，方案）：0（0/1）" in lines
    assert lines[lines.index("“80后”干部（甲县政府，方案）：0（0/1）") + 1] == "没有"


def test_the_paper_of_a_single_team_has_its_figures(folder: Path) -> None:
    """One team alone was once taken for a team among others, and nobody stood behind its figures."""
    roster = load_roster(folder / "new")
    sitting = members_on(roster, roster.as_of)
    table = members_table(traced_paragraph(sitting, sitting, ReportSettings()), sitting, False)
    assert [row.cells[3] for row in table.rows if isinstance(row, Row)] == ["王一", "李二", ""]


def test_the_paragraph_as_json_has_figures_of_both_states(banzi: Run, folder: Path) -> None:
    write_plan_file(folder / "plan", [{"post_id": "1", "person_id": "李二"}])
    code, out, _err = banzi("plan", "paragraph", folder / "new", folder / "plan", "--json")
    assert code == 0
    said = json.loads(out)
    members = said["sentences"][0]["figures"]
    assert [(each["outgoing"], each["numerator"]) for each in members] == [(False, 1), (True, 2)]
    assert [each["name"] for each in members[1]["persons"]] == ["王一", "李二"]


@pytest.mark.parametrize(
    ("assignments", "status", "code"),
    [
        ([], "infeasible", "papers/no-assignments"),
        ([{"post_id": "1", "person_id": "无此人"}], "feasible", "papers/unknown-person"),
        ([{"post_id": "99", "person_id": "李二"}], "feasible", "papers/unknown-post"),
    ],
)
def test_a_paragraph_needs_a_plan_of_this_roster(
    assignments: list[dict[str, str | None]], status: str, code: str, banzi: Run, folder: Path
) -> None:
    write_plan_file(folder / "plan", assignments, status)
    left, out, err = banzi("plan", "paragraph", folder / "new", folder / "plan")
    assert (left, out) == (2, "")
    assert code in err


def test_report_of_a_plan_compares_with_those_who_sit_now(banzi: Run, folder: Path) -> None:
    assignments = [{"post_id": "1", "person_id": "李二"}, {"post_id": "2", "person_id": None}]
    write_plan_file(folder / "plan", assignments)
    code, out, _err = banzi(
        "structure", "report", folder / "new", "--plan", folder / "plan", "--json"
    )
    assert code == 0
    found = json.loads(out)
    assert found["teams"][0]["vacancies"] == 1
    members = next(p for p in found["before_after"] if p["after"]["id"] == "outcome/members")
    assert (members["before"]["numerator"], members["after"]["numerator"]) == (2, 1)


def test_flaws_of_a_targets_file_end_with_code_2_and_a_line_each(banzi: Run, folder: Path) -> None:
    bad = folder / "bad.yaml"
    bad.write_text(TARGETS.replace("bound: 1}", "bound: 一}").replace("id: members", "id: young"))
    code, _out, err = banzi("structure", "show", folder / "new", "--targets", bad)
    lines = err.strip().splitlines()
    assert code == 2
    assert [line.split(" ")[1] for line in lines] == ["target/bad-bound", "target/twice"]
    assert all(line.startswith(f"{bad}:") for line in lines)


def test_plan_build_writes_a_bundle_that_reads_back(banzi: Run, folder: Path) -> None:
    code, out, err = banzi(
        "plan", "build", folder / "new", "--targets", folder / "targets.yaml",
        "--settings", folder / "settings.yaml", "--problem", folder / "problem", "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    printed = json.loads(out)
    problem = read_problem(folder / "problem")
    assert printed["problem_sha256"] == problem.sha256
    assert [target.target_id for target in problem.targets] == ["young/gov", "members"]
    # Nothing but a birth month is known of either, so nobody can be a candidate.
    assert printed["pairs"] == 0
    assert sum(printed["left_out"].values()) == 4
    assert printed["posts_without_candidate"] == ["县长", "副县长"]


def test_plan_build_writes_nothing_when_the_settings_are_wrong(banzi: Run, folder: Path) -> None:
    (folder / "settings.yaml").write_text("pins:\n  - {post: 区长, person: 王一}\n")
    code, _out, err = banzi(
        "plan", "build", folder / "new", "--targets", folder / "targets.yaml",
        "--settings", folder / "settings.yaml", "--problem", folder / "problem",
    )  # fmt: skip
    assert code == 2
    assert "pins[0] plan-build/no-such-post" in err
    assert not (folder / "problem").exists()
