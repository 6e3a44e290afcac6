"""A region's files: the same bytes for the same seed, what was asked for, and a plan that fits."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.hidden_plans import judged

from banzi.cli.main import load_commands, run
from banzi.demo import region_files
from banzi.demo.census import Census
from banzi.demo.knobs import load_knobs
from banzi.demo.province import Size
from banzi.demo.region import Area
from banzi.demo.region_files import HIDDEN_PLAN, WISHES, write_many_forms, write_region
from banzi.demo.wishes import PLANTED
from banzi.demo.wishes_of_region import (
    TIGHTNESS,
    AreaFigures,
    exchange_groups,
    region_settings,
)
from banzi.documents.codecs.lrmx import read_written
from banzi.documents.form_checks.checking import check_sheet
from banzi.documents.form_checks.rule import Severity
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.errors import Cancelled
from banzi.kernel.messages import Message
from banzi.roster import load_roster
from banzi.staffing import referee
from banzi.staffing.plan import read_plan
from banzi.staffing.reach import place_of_organ

KNOBS = load_knobs()
DAY = KNOBS.as_of
EMPTY = Census(0, 0, 0, 0, 0, 0, 0, 0)
LITTLE = Size(prefectures=1, counties=0, officials=120)
TWO = Size(prefectures=2, counties=1, officials=400)


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def banzi(*arguments: object) -> int:
    load_commands()
    return run([str(each) for each in arguments])


def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    write_region(tmp_path / "here", 7, LITTLE)
    command = [sys.executable, "-m", "banzi", "demo", "write", str(tmp_path / "there")]
    command += ["--prefectures", "1", "--officials", "120", "--seed", "7"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    first, second = hashes(tmp_path / "here"), hashes(tmp_path / "there")
    assert len(first) > 120
    assert first == second


def test_another_seed_writes_other_people(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_region(tmp_path / str(seed), seed, LITTLE, "roster")
    first, second = (load_roster(tmp_path / name / "roster")["persons"] for name in "12")
    assert set(first["name"]) != set(second["name"])


@pytest.mark.parametrize(
    ("contents", "kinds"),
    [
        ("all", {".lrmx", ".xlsx", ".csv", ".yaml"}),
        ("forms", {".lrmx", ".xlsx", ".csv", ".yaml"}),
        ("workbooks", {".xlsx", ".csv", ".yaml"}),
        ("roster", {".parquet", ".json", ".xlsx", ".csv", ".yaml"}),
    ],
)
def test_only_what_was_asked_for_is_written(contents: str, kinds: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "region"
    written = write_region(folder, 1, LITTLE, contents)
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix]
    assert {path.suffix.lower() for path in files} == kinds
    workbooks = {path.name for path in files if path.suffix == ".xlsx"}
    whole = {"national.xlsx", "teams.xlsx", WISHES}
    assert workbooks == (whole if contents in ("all", "workbooks") else {WISHES})
    assert written.officials == 120
    assert written.posts == 30


def test_how_many_are_written_at_once_changes_no_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_region(tmp_path / "once", 1, LITTLE, "forms")
    monkeypatch.setattr(region_files, "_AT_ONCE", 50)
    write_region(tmp_path / "parts", 1, LITTLE, "forms")
    assert hashes(tmp_path / "once") == hashes(tmp_path / "parts")


def test_workbooks_in_parts_import_to_one_roster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(region_files, "_AT_ONCE", 70)
    write_region(tmp_path / "region", 1, LITTLE)
    names = {path.name for path in (tmp_path / "region").rglob("national*.xlsx")}
    assert names == {"national.xlsx", "national-2.xlsx"}
    dates = ("--as-of", DAY, "--recorded-on", DAY)
    assert banzi("import", tmp_path / "region", "--roster", tmp_path / "roster", *dates) == 0
    roster = load_roster(tmp_path / "roster")
    assert roster["persons"].height == 120
    assert roster["seats"].height == 28
    assert roster["level_history"]["person_id"].n_unique() == 120


@pytest.mark.parametrize("tightness", TIGHTNESS)
def test_the_hidden_plan_is_lawful_and_meets_every_target(tightness: str, tmp_path: Path) -> None:
    folder = tmp_path / "region"
    write_region(folder, 1, TWO, "roster", tightness)
    wishes = ("--targets", folder / "targets.yaml", "--settings", folder / "settings.yaml")
    problem = folder / "problem"
    assert banzi("plan", "build", folder / "roster", *wishes, "--problem", problem) == 0
    with (folder / HIDDEN_PLAN).open(encoding="utf-8", newline="") as stream:
        plan = [
            {"post_id": row["post_id"], "person_id": row["key"]} for row in csv.DictReader(stream)
        ]
    bundle = referee.load_problem(problem)
    placed, wrong = referee.placements(bundle, plan)
    assert wrong == []
    assert len(placed) == 120
    assert referee.breaches(bundle, placed) == []
    tiers = {tier["name"]: tier for tier in bundle["settings"]["tiers"]}
    assert {
        name: referee.tier_value(bundle, tiers[name], placed) for name in ("soft-1", "soft-2")
    } == {"soft-1": 0, "soft-2": 0}


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "counties"), [(2, 0), (3, 0), (1, 2)])
def test_the_hidden_plan_of_other_seeds_fits_too(seed: int, counties: int, tmp_path: Path) -> None:
    """Once heirs had training that could not be told, or headed an organ where they grew up."""
    write_region(tmp_path / "region", seed, Size(3, counties, 750 + 300 * counties), "roster")
    said, fits = judged(tmp_path / "region")
    assert fits, said
    plan = read_plan(tmp_path / "hidden")
    assert len(plan.assignments) == 90 * (1 + counties)
    assert all(person for _post, person in plan.assignments)


def test_candidates_of_a_region_come_from_home_above_and_beside(tmp_path: Path) -> None:
    """Twelve prefectures once gave half a million pairs: everybody was considered everywhere."""
    write_region(tmp_path / "region", 1, Size(3, 0, 480), "roster")
    said, fits = judged(tmp_path / "region")
    assert fits, said
    bundle = referee.load_problem(tmp_path / "problem")
    beside = {("9901", "9902"), ("9902", "9901"), ("9902", "9903"), ("9903", "9902"),
              ("9901", "9903"), ("9903", "9901")}  # fmt: skip
    organs = load_roster(tmp_path / "region" / "roster")["persons"]
    works = dict(organs.select("person_id", "reporting_organ").iter_rows())
    seen = set()
    for post, person in bundle["pair"]:
        row = bundle["post"][post]
        if place_of_organ(works[person], ("990000",)) == "990000":
            source = "above"
            assert row["is_principal"] == "1" or "government" in row["team_ids"]
        elif post[:4] == person[:4]:
            source = "own"
        else:
            source = "elsewhere"
            assert (post[:4], person[:4]) in beside
            assert row["is_principal"] == "1" or "party" in row["team_ids"]
        seen.add(source)
    assert seen == {"own", "above", "elsewhere"}


def test_exchange_groups_are_prefectures_side_by_side() -> None:
    figures = [
        AreaFigures(Area("prefecture", KNOBS.prefecture, "9901", name, ""), EMPTY, EMPTY)
        for name in "甲乙丙丁戊"
    ]
    assert exchange_groups(figures) == [["甲", "乙"], ["丙", "丁", "戊"]]
    assert exchange_groups(figures[:1]) == []
    county = Area("county", KNOBS.county, "990121", "乡县", "", figures[0].area)
    with_county = [*figures[:2], AreaFigures(county, EMPTY, EMPTY)]
    assert exchange_groups(with_county) == [["甲", "乙"], ["甲", "乡县"]]
    assert region_settings(figures[:1], "一市")["reach"] == [
        {"source": "本地区"},
        {"source": "上级机关", "post_where": "正副职=正职 或 班子类型=政府"},
    ]


def test_the_sheet_of_wishes_says_what_the_yaml_says(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    write_region(folder, 1, LITTLE, "roster")
    for number, wishes in enumerate((folder / WISHES, folder / "targets.yaml")):
        settings = folder / "settings.yaml" if number else wishes
        out = folder / f"problem-{number}"
        line = ("--targets", wishes, "--settings", settings, "--problem", out)
        assert banzi("plan", "build", folder / "roster", *line) == 0
    assert hashes(folder / "problem-0") == hashes(folder / "problem-1")


def test_tight_targets_leave_no_slack_to_the_hidden_plan(tmp_path: Path) -> None:
    """One month less of mean age and the hidden plan would no longer do."""
    folder = tmp_path / "region"
    write_region(folder, 1, LITTLE, "roster", "tight")
    wishes = ("--targets", folder / "targets.yaml", "--settings", folder / "settings.yaml")
    assert banzi("plan", "build", folder / "roster", *wishes, "--problem", folder / "p") == 0
    bundle = referee.load_problem(folder / "p")
    with (folder / HIDDEN_PLAN).open(encoding="utf-8", newline="") as stream:
        placed = {row["post_id"]: row["key"] for row in csv.DictReader(stream)}
    (target,) = [t for t in bundle["targets"] if t["target_id"] == "mean-age-990100"]
    assert referee.miss(bundle, target, placed) <= 0
    assert referee.miss(bundle, {**target, "bound": int(target["bound"]) - 1}, placed) > 0


def test_the_infeasible_variant_says_which_targets_clash(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    write_region(folder, 1, LITTLE, "roster", variant="infeasible")
    planted = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    assert planted == {"targets": list(PLANTED)}
    assert (folder / "targets.yaml").read_text(encoding="utf-8").count("990100-consultative") == 2


def test_without_the_planted_targets_the_infeasible_variant_has_a_plan(tmp_path: Path) -> None:
    """The hidden plan breaks nothing but them, and seven seats cannot hold four and four."""
    folder = tmp_path / "region"
    write_region(folder, 1, LITTLE, "roster", variant="infeasible")
    said, fits = judged(folder)
    assert not fits
    assert "REFUSED" in said
    bundle = referee.load_problem(tmp_path / "problem")
    planted = [t for t in bundle["targets"] if t["target_id"] in PLANTED]
    assert [(t["scope_values"], t["op"], t["bound"]) for t in planted] == [
        ("990100-consultative", ">=", "4")
    ] * 2
    seats = [
        post for post, row in bundle["post"].items() if row["team_ids"] == "990100-consultative"
    ]
    assert len(seats) == 7
    features = [t["feature"] for t in planted]
    assert all(sum(int(row[f]) for f in features) <= 1 for row in bundle["persons"])
    with (folder / HIDDEN_PLAN).open(encoding="utf-8", newline="") as stream:
        placed = {row["post_id"]: row["key"] for row in csv.DictReader(stream)}
    broken = {said["target"] for _code, said in referee.breaches(bundle, placed)}
    assert broken
    assert broken <= set(PLANTED)


def test_many_forms_are_clean_and_of_different_people(tmp_path: Path) -> None:
    paths = write_many_forms(tmp_path, 40)
    assert [path.name for path in paths[:2]] == ["000001.lrmx", "000002.lrmx"]
    numbers = set()
    for path in paths:
        written = read_written(path.read_bytes(), path.name)
        sheet = Sheet(written.form, written.fields, written.family, DAY)
        found = [each for each in check_sheet(sheet) if each.rule.severity is Severity.ERROR]
        assert found == []
        numbers.add(written.form["id_number"])
    assert len(numbers) == len(paths) == 40


class Impatient:
    """Stops after so many forms."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.total: int | None = None

    def start(self, task: Message, total: int | None = None) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.patience -= steps
        if self.patience < 0:
            raise Cancelled


def test_progress_counts_officials_and_stopping_leaves_nothing(tmp_path: Path) -> None:
    listener = Impatient(50)
    with pytest.raises(Cancelled):
        write_region(tmp_path / "region", 1, LITTLE, progress=listener)
    assert listener.total == 120
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("--prefectures", "13"),
        ("--counties", "11"),
        ("--officials", "100"),
        ("--region", "--write", "everything"),
        ("--region", "--tightness", "loose"),
        ("--region", "--variant", "other"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    wrong: tuple[str, ...], tmp_path: Path
) -> None:
    assert banzi("demo", "write", tmp_path / "region", *wrong) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("留着", encoding="utf-8")
    assert banzi("demo", "write", tmp_path, "--region") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
