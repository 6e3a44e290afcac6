"""Drawn problems as bundles on disk, the hidden plan kept apart and verified by the referee.

    FOLDER/problem/          the bundle; all that a solver is given
    FOLDER/hidden/plan.json  a plan that meets every hard target and fills every post

Same instance, same bytes. `python -m benchmarks staffing draw FOLDER --posts 360` writes one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from banzi.staffing import referee
from banzi.staffing.bundle import REQUIRED_COLUMNS, Bundle, Table, json_bytes
from banzi.staffing.plan import Plan, TierResult
from banzi.staffing.writing import write_bundle
from benchmarks.staffing.drawing import KINDS, POSTS_IN_REGION, Drawn, Pair, Person, draw, region_id
from benchmarks.staffing.wishes import (
    PAIR_FEATURES,
    PERSON_FEATURES,
    STANDARD,
    TIGHT,
    targets,
)

PERSONS = {90: 375, 360: 1_500, 990: 4_100, 3_000: 12_000}
"""Posts → persons of the sizes that results are kept for."""

MERIT, SOFT = "merit", "soft"
TIGHTNESS, VARIANTS = (STANDARD, TIGHT), (MERIT, SOFT)
AS_OF = "2026-06-30"

_PERSON_COLUMNS = ("person_id", *PERSON_FEATURES)
_PAIR_COLUMNS = ("post_id", "person_id", "fit", *PAIR_FEATURES)
_TEAM_COLUMNS = ("team_id", "superior_team_id", "region", "kind", "is_executive", "executive_of")
_POST_COLUMNS = ("post_id", "team_ids", "incumbent_person_id", "region", "is_head")


class NotFeasible(Exception):
    """The referee refuses the hidden plan: a fault of the generator."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One problem. `variant`: one merit tier after fill, or soft priorities between them."""

    posts: int
    seed: int = 1
    tightness: str = STANDARD
    variant: str = MERIT

    @property
    def name(self) -> str:
        return f"{self.posts}-{self.tightness}-{self.variant}-{self.seed}"

    @property
    def persons(self) -> int:
        return PERSONS.get(self.posts, self.posts * 25 // 6)


def write_instance(folder: Path, instance: Instance) -> Path:
    """Write bundle and hidden plan unless they are there; return the folder of the bundle.

    Raises
    ------
    ValueError
        Posts that are no whole number of regions.
    NotFeasible
        Never, unless the generator is at fault.
    """
    if instance.posts % POSTS_IN_REGION or instance.posts <= 0:
        raise ValueError(f"posts must be a multiple of {POSTS_IN_REGION}")
    problem, hidden = folder / "problem", folder / "hidden" / "plan.json"
    if hidden.exists():
        return problem
    drawn = drawn_for(instance)
    write_bundle(problem, bundle_of(drawn, instance))
    plan = verified_plan(problem, drawn.hidden_plan)
    hidden.parent.mkdir(exist_ok=True)
    hidden.write_bytes(json_bytes(plan))
    return problem


def drawn_for(instance: Instance) -> Drawn:
    return draw(
        Random(f"banzi-staffing-{instance.posts}-{instance.seed}"),
        instance.posts // POSTS_IN_REGION,
        instance.persons,
    )


def bundle_of(drawn: Drawn, instance: Instance) -> Bundle:
    rows: dict[str, tuple[tuple[str, ...], list[dict[str, object]]]] = {
        "persons.csv": (_PERSON_COLUMNS, [_person(p) for p in drawn.persons]),
        "teams.csv": (_TEAM_COLUMNS, _team_rows(drawn)),
        "posts.csv": (_POST_COLUMNS, _post_rows(drawn)),
        "candidates.csv": (_PAIR_COLUMNS, [_pair(pair) for pair in drawn.pairs]),
        "exclusions.csv": (
            REQUIRED_COLUMNS["exclusions.csv"],
            [
                {"person_a": a.person_id, "person_b": b.person_id, "scope": scope, "reason": "亲属"}
                for a, b, scope in drawn.kin
            ],
        ),
        "targets.csv": (
            REQUIRED_COLUMNS["targets.csv"],
            targets(drawn, instance.tightness, instance.variant == SOFT),
        ),
    }
    tables = {name: Table.of(columns, list(found)) for name, (columns, found) in rows.items()}
    return Bundle(_settings(instance), tables)


def _settings(instance: Instance) -> dict[str, Any]:
    soft = [{"name": f"soft-{n}", "soft_priority": n} for n in (1, 2, 3)]
    return {
        "format": "banzi-problem",
        "version": 1,
        "name": instance.name,
        "as_of": AS_OF,
        "protected": ["female", "minority"],
        "tiers": [
            {"name": "fill", "vacancy": -1000},
            *(soft if instance.variant == SOFT else []),
            {
                "name": "merit",
                "pair_terms": {"fit": 1, "moves": -8, "short_term": -15},
                "coverage": {
                    "features": [n for n in PERSON_FEATURES if n.startswith("field_")],
                    "gains": [30, 15, 6],
                },
                "bands": {
                    "feature": "age_months",
                    "edges": [0, 492, 552, 612, 672, 1188],
                    "cap": "ceil(seats/3)",
                    "excess": -20,
                },
            },
        ],
        "pins": [],
        "bans": [],
    }


def _person(person: Person) -> dict[str, object]:
    return {
        "person_id": person.person_id,
        **{name: value(person) for name, value in PERSON_FEATURES.items()},
    }


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "post_id": pair.post.post_id,
        "person_id": pair.person.person_id,
        "fit": pair.fit,
        **{name: value(pair.post, pair.person) for name, value in PAIR_FEATURES.items()},
    }


def _team_rows(drawn: Drawn) -> list[dict[str, object]]:
    return [
        {
            "team_id": f"{name}-{kind}",
            "superior_team_id": "" if kind == "party" else f"{name}-party",
            "region": name,
            "kind": kind,
            "is_executive": int(kind in ("party", "government")),
            "executive_of": name if kind in ("party", "government") else "",
        }
        for name in map(region_id, range(drawn.regions))
        for kind in KINDS
    ]


def _post_rows(drawn: Drawn) -> list[dict[str, object]]:
    holder = {p.holds.post_id: p.person_id for p in drawn.persons if p.holds}
    return [
        {
            "post_id": post.post_id,
            "team_ids": ";".join(post.team_ids),
            "incumbent_person_id": holder.get(post.post_id, ""),
            "region": region_id(post.region),
            "is_head": int(post.is_head),
        }
        for post in drawn.posts
    ]


def verified_plan(
    problem: Path, placed: dict[str, str], *, may_be_vacant: bool = False
) -> dict[str, Any]:
    """`plan.json` of post → person, with values that the referee reckons.

    Raises
    ------
    NotFeasible
        With what the referee found.
    """
    bundle = referee.load_problem(problem)
    assignments = [{"post_id": post, "person_id": placed.get(post)} for post in bundle["post"]]
    held, wrong = referee.placements(bundle, assignments)
    wrong = wrong or referee.breaches(bundle, held)
    if wrong or (len(held) < len(assignments) and not may_be_vacant):
        raise NotFeasible(json.dumps(wrong[:20], ensure_ascii=False))
    tiers = bundle["settings"]["tiers"]
    values = [referee.tier_value(bundle, tier, held) for tier in tiers]
    return Plan(
        status="feasible",
        tiers=tuple(
            TierResult(tier["name"], value, None) for tier, value in zip(tiers, values, strict=True)
        ),
        seconds=0,
        first_plan_seconds=0,
        assignments=tuple((post, placed.get(post)) for post in bundle["post"]),
        trace=(),
        settings={"hidden": True},
        versions={},
        problem_sha256=bundle["sha256"],
    ).as_json()
