"""`python -m benchmarks region`: the invented region, seed after seed, planned as its user would.

Every seed is written, built, solved and checked by the commands of the program, one after another, each
in a process of its own. A line a seed: every tier with its bound, the gap of the last one, and the figures of
the paragraph beside those of the text they come from. Ends with 1 when anything asked for is missed.

--seeds 1-20        7, or 1-20
--seconds 60        limit of each search
--gap 10            permille that the last tier may stand below its bound
--infeasible 1      then the same region with a clash planted: the command must name it, and nothing else
--within 1500       begin no seed that could not end within so many seconds from the start
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.environments import said_by
from benchmarks.machine import load_text, machine

_AROUND = Fraction(59, 165)
_COUNTY, _GRASSROOTS = Fraction(515, 1000), Fraction(975, 1000)
_YOUNG, _YOUNGER_BY_MONTHS = 16, Fraction(24 * 12, 10)
_BESIDE_THE_SEARCH = 25
"""Seconds that writing, building, checking and counting take together."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks region", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--gap", type=int, default=10)
    parser.add_argument("--infeasible", type=int)
    parser.add_argument("--within", type=int, default=10**9)
    asked = parser.parse_args(arguments)
    first, _dash, last = asked.seeds.partition("-")
    started, wrong = time.monotonic(), 0
    print(machine(("polars", "numpy", "numba", "highspy")))
    print("| seed | load | first plan | tiers (value ≤ bound) | gap | mean age | about 45 | 80后, least a team "
          "| county | grassroots | heads 70后 | missed |")  # fmt: skip
    print("|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
    for seed in range(int(first), int(last or first) + 1):
        if time.monotonic() - started + asked.seconds + _BESIDE_THE_SEARCH > asked.within:
            print(f"seeds from {seed} on: no time left")
            break
        with tempfile.TemporaryDirectory(prefix="banzi-region-") as folder:
            wrong += not _seed(Path(folder), seed, asked.seconds, Fraction(asked.gap, 1000))
    if asked.infeasible is not None:
        with tempfile.TemporaryDirectory(prefix="banzi-region-") as folder:
            wrong += not _planted(Path(folder), asked.infeasible, asked.seconds)
    return 1 if wrong else 0


def _seed(folder: Path, seed: int, seconds: int, gap: Fraction) -> bool:
    busy = load_text()
    roster, problem, plan = _written(folder, seed), folder / "problem", folder / "plan"
    targets = str(folder / "region/targets.yaml")
    _banzi("plan", "solve", str(problem), "--out", str(plan), "--seconds", str(seconds))
    _banzi("plan", "check", str(problem), str(plan))
    found = json.loads((plan / "plan.json").read_text("utf-8"))
    told = json.loads(
        _banzi("plan", "paragraph", roster, str(plan), "--targets", targets, "--json")
    )
    tiers = {each["name"]: (each["value"], each["bound"]) for each in found["tiers"]}
    *_others, (value, bound) = tiers.values()
    left = Fraction(bound - value, bound) if bound else Fraction(0)
    figures = _figures(told)
    missed = _missed(figures)
    missed += [name for name, (value, bound) in tiers.items() if name != "merit" and value != bound]
    missed += ["gap"] if left > gap else []
    shown = "; ".join(f"{name} {value} ≤ {bound}" for name, (value, bound) in tiers.items())
    now, before = figures["age"][0], figures["age"][1]
    print(f"| {seed} | {busy} | {found['first_plan_seconds']:.1f} s | {shown} "
          f"| {float(left):.2%} | {float(now / 12):.1f} ({float((now - before) / 12):+.1f}) "
          f"| {_share(figures['around'][0])} | {figures['young'][0]}, {figures['least']} "
          f"| {_share(figures['county'][0])} | {_share(figures['grassroots'][0])} "
          f"| {_share(figures['heads'][0])} | {', '.join(missed)} |", flush=True)  # fmt: skip
    return not missed


def _written(folder: Path, seed: int, *more: str) -> str:
    """Write a region and build its bundle beside it; gives the roster's folder."""
    region = folder / "region"
    roster = str(region / "roster")
    _banzi(
        "demo", "write", str(region), "--region", "--write", "roster", "--seed", str(seed), *more
    )
    _banzi("plan", "build", roster, "--targets", str(region / "targets.yaml"),
           "--settings", str(region / "settings.yaml"), "--problem", str(folder / "problem"))  # fmt: skip
    return roster


def _figures(told: dict[str, Any]) -> dict[str, Any]:
    """By the last word of their ids: value of the plan and of the outgoing teams; `least` 80后 of a team."""
    every = [figure for sentence in told["sentences"] for figure in sentence["figures"]]
    whole = [each for each in every if each["team_id"] is None]
    found: dict[str, Any] = {}
    for name in ("age", "around", "young", "county", "grassroots", "heads"):
        pair = [
            _value(
                name,
                next(e for e in whole if e["id"].endswith(f"/{name}") and e["outgoing"] is was),
            )
            for was in (False, True)
        ]
        found[name] = tuple(pair)
    found["least"] = min(
        each["numerator"]
        for each in every
        if each["id"].endswith("/young") and each["team_id"] and not each["outgoing"]
    )
    return found


def _value(name: str, figure: dict[str, Any]) -> Any:
    return figure["numerator"] if name == "young" else Fraction(
        figure["numerator"], figure["denominator"]
    )  # fmt: skip


def _missed(figures: dict[str, Any]) -> list[str]:
    now, before = figures["age"]
    asked = {
        "age": before - now >= _YOUNGER_BY_MONTHS,
        "about 45": figures["around"][0] >= _AROUND,
        "80后": figures["young"][0] >= _YOUNG and figures["least"] >= 1,
        "county": figures["county"][0] >= _COUNTY,
        "grassroots": figures["grassroots"][0] >= _GRASSROOTS,
        "heads": figures["heads"][0] > Fraction(1, 2),
    }
    return [name for name, holds in asked.items() if not holds]


def _planted(folder: Path, seed: int, seconds: int) -> bool:
    from banzi.demo.outcome import conflict_is_planted

    _written(folder, seed, "--variant", "infeasible")
    started, plan = time.monotonic(), folder / "plan"
    words = (
        "plan",
        "solve",
        str(folder / "problem"),
        "--out",
        str(plan),
        "--seconds",
        str(seconds),
    )
    _banzi(*words, expected=1)
    named = conflict_is_planted(folder / "region", plan)
    print(f"\nseed {seed} with a clash planted: {'named' if named else 'NOT NAMED'} "
          f"after {time.monotonic() - started:.0f} s", flush=True)  # fmt: skip
    return named


def _share(value: Fraction) -> str:
    return f"{float(value):.1%}"


def _banzi(*words: str, expected: int = 0) -> str:
    """What a command of the program prints."""
    return said_by(Path(sys.executable), ["-m", "banzi", *words], expected=expected)
