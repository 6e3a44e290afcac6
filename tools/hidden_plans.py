"""Whether the invented region can be planned as it says: seed after seed, by the referee.

    PYTHONPATH=src python -m tools.hidden_plans                       # seeds 1 to 20, 12 prefectures
    PYTHONPATH=src python -m tools.hidden_plans --seeds 1-3 --prefectures 3 --tightness tight
    PYTHONPATH=src python -m tools.hidden_plans --seeds 7 --keep DIR  # roster, wishes, problem and plan

For every seed the region is written, its bundle built, and the hidden plan held against it: all its
pairs are candidates, every hard target holds, every post is filled and every wish is met. (Incumbents
whom it leaves without a post cost it points in the tier `fill`; a search may do better.)
Prints a line a seed with pairs and the room that targets leave; ends with 1 when a plan does not fit.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from pathlib import Path

from banzi.cli.plan_inputs import read_plan_settings, read_targets
from banzi.demo.province import size_of
from banzi.demo.region_files import HIDDEN_PLAN, ROSTER, ROSTER_FOLDER, write_region
from banzi.demo.wishes_of_region import STANDARD, TIGHTNESS
from banzi.roster import load_roster
from banzi.staffing import referee
from banzi.staffing.building import Built, write_built
from banzi.staffing.plan import Plan, TierResult, write_plan
from banzi.staffing.screening import build_from_roster


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", default="1-20", help="7, or 1-20")
    parser.add_argument("--prefectures", type=int)
    parser.add_argument("--counties", type=int)
    parser.add_argument("--tightness", choices=TIGHTNESS, default=STANDARD)
    parser.add_argument("--keep", type=Path, help="keep the files of the last seed here")
    asked = parser.parse_args(arguments)
    first, _dash, last = asked.seeds.partition("-")
    size = size_of(asked.prefectures, asked.counties)
    wrong = 0
    for seed in range(int(first), int(last or first) + 1):
        with tempfile.TemporaryDirectory(prefix="banzi-hidden-") as own:
            folder = (asked.keep or Path(own)) / "region"
            write_region(folder, seed, size, ROSTER, asked.tightness)
            said, fits = judged(folder)
        wrong += not fits
        print(f"seed {seed}: {said}", flush=True)
    return 1 if wrong else 0


def judged(folder: Path) -> tuple[str, bool]:
    """Build the bundle of a region and hold its hidden plan against it; keeps both beside it."""
    built = _built(folder)
    problem = folder.with_name("problem")
    write_built(problem, built)
    with (folder / HIDDEN_PLAN).open(encoding="utf-8", newline="") as stream:
        people = {row["post_id"]: row["key"] for row in csv.DictReader(stream)}
    bundle = referee.load_problem(problem)
    listed = [{"post_id": post, "person_id": people.get(post)} for post in bundle["post"]]
    placed, wrong = referee.placements(bundle, listed)
    wrong = wrong or referee.breaches(bundle, placed)
    read = built.problem
    head = f"{len(read.posts)} posts, {len(read.persons)} persons, {len(read.pairs):,} pairs"
    if wrong:
        return f"{head}: REFUSED {wrong[:5]}", False
    tiers = bundle["settings"]["tiers"]
    values = {tier["name"]: referee.tier_value(bundle, tier, placed) for tier in tiers}
    write_plan(folder.with_name("hidden"), _plan(bundle, listed, values))
    missed = [name for name, value in values.items() if name.startswith("soft") and value]
    missed += ["vacancies"] if len(placed) < len(listed) else []
    hard = [target for target in bundle["targets"] if target["force"] == "hard"]
    exact = sum(referee.miss(bundle, target, placed) == 0 for target in hard)
    told = f"{head}, {len(hard)} hard targets, {exact} of them met exactly, {values}"
    return f"{told}{f' MISSED {missed}' if missed else ''}", not missed


def _built(folder: Path) -> Built:
    roster = load_roster(folder / ROSTER_FOLDER)
    targets = read_targets(folder / "targets.yaml").targets
    settings = read_plan_settings(folder / "settings.yaml")
    return build_from_roster(roster, targets, settings, roster.as_of)


def _plan(
    bundle: referee.Bundle, listed: list[dict[str, str | None]], values: dict[str, int]
) -> Plan:
    return Plan(
        status="feasible",
        tiers=tuple(TierResult(name, value, None) for name, value in values.items()),
        seconds=0.0,
        first_plan_seconds=0.0,
        assignments=tuple((str(each["post_id"]), each["person_id"]) for each in listed),
        trace=(),
        settings={"hidden": True},
        versions={},
        problem_sha256=bundle["sha256"],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
