"""Small staffing bundles for tests: written out by hand, or drawn at random."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from banzi.staffing.bundle import REQUIRED_COLUMNS, Bundle, Table

Rows = Sequence[Mapping[str, object]]

FILL = {"name": "fill", "vacancy": -1000, "displaced": -100}


def bundle(
    *,
    persons: Rows,
    teams: Rows,
    posts: Rows,
    candidates: Rows,
    tiers: Sequence[Mapping[str, Any]],
    exclusions: Rows = (),
    targets: Rows = (),
    **settings: Any,
) -> Bundle:
    """A bundle from rows; columns are the required ones and whatever the rows name besides."""
    rows = {
        "persons.csv": persons,
        "teams.csv": teams,
        "posts.csv": posts,
        "candidates.csv": candidates,
        "exclusions.csv": exclusions,
        "targets.csv": targets,
    }
    tables = {}
    for name, required in REQUIRED_COLUMNS.items():
        extra = dict.fromkeys(column for row in rows[name] for column in row)
        columns = tuple(dict.fromkeys((*required, *extra)))
        tables[name] = Table.of(columns, list(rows[name]))
    head = {"format": "banzi-problem", "version": 1, "name": "示例", "as_of": "2021-07-01"}
    return Bundle({**head, "protected": [], "tiers": list(tiers), **settings}, tables)


def target(target_id: str, feature: str, op: str, bound: int, **more: object) -> dict[str, object]:
    """A hard count over everybody, unless said otherwise."""
    return {
        "target_id": target_id,
        "scope_table": "all",
        "measure": "count",
        "feature": feature,
        "op": op,
        "bound": bound,
        "force": "hard",
        **more,
    }


def random_bundle(seed: int, *, posts: int = 4, persons: int = 5) -> Bundle:
    """A bundle small enough to try every plan, using every construct of the specification."""
    draw = random.Random(seed)
    team_count = draw.randint(1, 3)
    teams = [
        {
            "team_id": f"t{t}",
            "superior_team_id": f"t{draw.randrange(t)}" if t and draw.random() < 0.7 else "",
            "region": draw.choice("东西"),
        }
        for t in range(team_count)
    ]
    post_count, person_count = draw.randint(1, posts), draw.randint(1, persons)
    post_rows = [
        {
            "post_id": f"s{p}",
            "team_ids": ";".join(
                draw.sample([f"t{t}" for t in range(team_count)], min(team_count, 1 + (p == 0)))
            ),
            "kind": draw.choice(["party", "government"]),
        }
        for p in range(post_count)
    ]
    person_rows = [
        {
            "person_id": f"p{c}",
            "must_place": int(draw.random() < 0.3),
            "one": 1,
            "age": draw.randint(30, 59),
            "young": int(draw.random() < 0.5),
            "female": int(draw.random() < 0.4),
            "field": draw.choice([0, 0, 1, 2]),
            "skill": draw.choice([-1, 0, 1]),
        }
        for c in range(person_count)
    ]
    pairs = [
        {
            "post_id": post["post_id"],
            "person_id": person["person_id"],
            "fit": draw.randint(-2, 5),
            "moves": int(draw.random() < 0.5),
        }
        for person in person_rows
        for post in post_rows
        if draw.random() < 0.75
    ]
    draw.shuffle(pairs)
    wanted = draw.randint(0, 2) if person_count > 1 else 0
    couples = [draw.sample(range(person_count), 2) for _ in range(wanted)]
    exclusions = [
        {
            "person_a": f"p{a}",
            "person_b": f"p{b}",
            "scope": draw.choice(["same_team", "line_of_command"]),
            "reason": "亲属",
        }
        for a, b in couples
    ]
    targets, soft = [], set()
    for number in range(draw.randint(0, 4)):
        row = _random_target(draw, number, teams, post_rows)
        if row["force"] == "soft":
            soft.add(int(str(row["priority"])))
        targets.append(row)
    tiers: list[dict[str, Any]] = [
        {"name": "fill", "vacancy": -draw.randint(0, 3), "displaced": -draw.randint(0, 2)}
    ]
    tiers += [{"name": f"soft-{p}", "soft_priority": p} for p in sorted(soft)]
    merit: dict[str, Any] = {"name": "merit"}
    if pairs and draw.random() < 0.8:
        merit["pair_terms"] = {"fit": 1, "moves": -draw.randint(0, 2)}
    if draw.random() < 0.6:
        gains = sorted((draw.randint(-2, 4) for _ in range(draw.randint(0, 3))), reverse=True)
        merit["coverage"] = {"features": ["field", "young"], "gains": gains}
    if draw.random() < 0.6:
        cap = draw.choice([0, 1, "ceil(seats/2)", "ceil(seats/3)"])
        merit["bands"] = {"feature": "age", "edges": [30, 40, 50, 60], "cap": cap, "excess": -3}
    tiers.append(merit)
    draw.shuffle(tiers)
    pins, bans = [], []
    if pairs and draw.random() < 0.25:
        pins.append({key: pairs[0][key] for key in ("post_id", "person_id")})
    if len(pairs) > 1 and draw.random() < 0.25:
        bans.append({key: pairs[1][key] for key in ("post_id", "person_id")})
    return bundle(
        persons=person_rows,
        teams=teams,
        posts=post_rows,
        candidates=pairs,
        exclusions=exclusions,
        targets=targets,
        tiers=tiers,
        pins=pins,
        bans=bans,
    )


def _random_target(draw: random.Random, number: int, teams: Rows, posts: Rows) -> dict[str, object]:
    measure = draw.choice(["count", "count", "share_permille", "mean"])
    op = draw.choice([">=", "<="])
    feature, bound = {
        "count": (draw.choice(["one", "young", "field", "skill"]), draw.randint(0, 3)),
        "share_permille": ("young", draw.choice([200, 333, 500, 667, 1000])),
        "mean": ("age", draw.randint(38, 52)),
    }[measure]
    scope = draw.choice(["all", "teams", "posts"])
    where: dict[str, object] = {"scope_table": scope}
    if scope == "teams":
        column = draw.choice(["region", "team_id"])
        where |= {"scope_column": column, "scope_values": draw.choice(teams)[column]}
    elif scope == "posts":
        chosen = {str(draw.choice(posts)["kind"]) for _ in range(2)}
        where |= {"scope_column": "kind", "scope_values": ";".join(sorted(chosen))}
    row = target(f"g{number}", feature, op, bound, **where) | {"measure": measure}
    if draw.random() < 0.5:
        row |= {"force": "soft", "priority": draw.randint(1, 2), "weight": draw.randint(1, 3)}
    if feature == "young" and op == ">=" and draw.random() < 0.3:
        row |= {"feature": "female", "citation": "示例规定第一条"}
    return row


def city_bundle(seed: int, *, regions: int, persons: int, chance: float) -> Bundle:
    """A larger bundle: in each region a party team (6), a government team (5, one concurrent)."""
    draw = random.Random(seed)
    teams, posts = [], []
    for r in range(regions):
        teams += [
            {"team_id": f"{r}党", "superior_team_id": "", "region": f"区{r}", "kind": "party"},
            {"team_id": f"{r}政", "superior_team_id": f"{r}党", "region": f"区{r}", "kind": "gov"},
        ]
        for s in range(10):
            team = f"{r}党;{r}政" if s == 0 else f"{r}党" if s < 6 else f"{r}政"
            posts.append(
                {"post_id": f"{r}-{s}", "team_ids": team, "region": f"区{r}", "rank": s == 0}
            )
    fields = ["field_finance", "field_ecology", "field_law"]
    people = [
        {
            "person_id": f"甲{c}",
            "must_place": int(draw.random() < 0.15),
            "one": 1,
            "age_months": draw.randint(35 * 12, 59 * 12),
            "female": int(draw.random() < 0.3),
            "born_1980s": int(draw.random() < 0.35),
            **{name: int(draw.random() < 0.25) for name in fields},
        }
        for c in range(persons)
    ]
    pairs = [
        {
            "post_id": post["post_id"],
            "person_id": person["person_id"],
            "fit": draw.randint(30, 100),
            "moves": int(draw.random() < 0.6),
            "short_term": int(draw.random() < 0.2),
        }
        for post in posts
        for person in people
        if draw.random() < chance
    ]
    couples = [draw.sample(range(persons), 2) for _ in range(persons // 5)]
    exclusions = [
        {
            "person_a": f"甲{a}",
            "person_b": f"甲{b}",
            "scope": draw.choice(["same_team", "line_of_command"]),
            "reason": "夫妻关系",
        }
        for a, b in couples
    ]
    targets = [
        target("young-all", "born_1980s", ">=", 4 * regions),
        target("mean-age", "age_months", "<=", 46 * 12, measure="mean"),
        target(
            "women-share", "female", ">=", 300, measure="share_permille", citation="示例规定第二条"
        ),
    ]
    for t in teams:
        where = {
            "scope_table": "teams",
            "scope_column": "team_id",
            "scope_values": t["team_id"],
            "citation": "示例规定第三条",
        }
        targets.append(target(f"woman-{t['team_id']}", "female", ">=", 1, **where))
        soft = {"force": "soft", "priority": 1, "weight": 2}
        targets.append(target(f"young-{t['team_id']}", "born_1980s", ">=", 2, **where, **soft))
        share = {"measure": "share_permille", "force": "soft", "priority": 2, "weight": 1}
        targets.append(target(f"stay-{t['team_id']}", "moves", "<=", 400, **where | share))
    tiers: list[Mapping[str, Any]] = [
        FILL,
        {"name": "soft-1", "soft_priority": 1},
        {"name": "soft-2", "soft_priority": 2},
        {
            "name": "merit",
            "pair_terms": {"fit": 1, "moves": -8, "short_term": -15},
            "coverage": {"features": fields, "gains": [30, 15, 6]},
            "bands": {
                "feature": "age_months",
                "edges": [0, 492, 552, 612, 672, 1188],
                "cap": "ceil(seats/3)",
                "excess": -20,
            },
        },
    ]
    return bundle(
        persons=people,
        teams=teams,
        posts=posts,
        candidates=pairs,
        exclusions=exclusions,
        targets=targets,
        tiers=tiers,
        protected=["female", "minority"],
    )


def with_first_bound(made: Bundle, bound: int) -> Bundle:
    """The same bundle asking its first target for another number."""
    table = made.tables["targets.csv"]
    cells = list(table.rows[0])
    cells[table.columns.index("bound")] = str(bound)
    changed = replace(table, rows=(tuple(cells), *table.rows[1:]))
    return Bundle(made.settings, {**made.tables, "targets.csv": changed})


def with_hard_targets(made: Bundle, targets: Rows) -> Bundle:
    """The same bundle with these targets instead, all hard: no tier is about missing them."""
    table = Table.of(made.tables["targets.csv"].columns, list(targets))
    tiers = [tier for tier in made.settings["tiers"] if "soft_priority" not in tier]
    return Bundle({**made.settings, "tiers": tiers}, {**made.tables, "targets.csv": table})
