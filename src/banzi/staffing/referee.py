"""The referee: recomputes a plan from the problem bundle, trusting nobody.

A deliberate second reading of the bundle's specification. It imports nothing of Banzi and nothing
outside the standard library, so anyone can read it whole and run it alone:

    python referee.py PROBLEM PLAN        0 all agrees · 1 differences, one a line · 2 unreadable

It takes the bundle as well-formed (`banzi plan check` reads it strictly first), does not judge
whether an equal plan would come first in the canonical order, and cannot know whether a bound is
proven; a bound below the value it is said to bound is refused.
"""

import csv
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

TABLES = ("persons", "teams", "posts", "candidates", "exclusions", "targets")
GAP_DIGITS = 0.00005  # a gap is written with four digits

Bundle = dict[str, Any]
Difference = tuple[str, dict[str, Any]]
Placed = dict[str, str]


class Unreadable(Exception):
    """The bundle or the plan is not even of the right shape."""


def check(problem: str | Path, plan: str | Path) -> list[Difference]:
    """Differences between a plan and what its problem says, as (code, {name: value}) pairs."""
    bundle, said = load_problem(Path(problem)), load_plan(Path(plan))
    found: list[Difference] = []
    if said["problem_sha256"] != bundle["sha256"]:
        found.append(("hash", {"said": said["problem_sha256"], "is": bundle["sha256"]}))
    names = [tier["name"] for tier in bundle["settings"]["tiers"]]
    if [tier["name"] for tier in said["tiers"]] != names:
        found.append(("tier-names", {"said": [t["name"] for t in said["tiers"]], "is": names}))
    if said["status"] in ("infeasible", "unknown"):
        return found + without_plan(bundle, said)
    placed, wrong = placements(bundle, said["assignments"])
    found += wrong
    if any(code == "not-candidate" for code, _ in wrong):
        return found  # nothing further can be counted
    found += breaches(bundle, placed)
    if not any(code == "tier-names" for code, _ in found):
        values = [tier_value(bundle, tier, placed) for tier in bundle["settings"]["tiers"]]
        found += figures(said, values)
    return found


def load_problem(folder: Path) -> Bundle:
    try:
        content = {f"{name}.csv": (folder / f"{name}.csv").read_bytes() for name in TABLES}
        content["problem.json"] = (folder / "problem.json").read_bytes()
        bundle: dict[str, Any] = {
            name: list(csv.DictReader(io.StringIO(content[f"{name}.csv"].decode("utf-8-sig"), "")))
            for name in TABLES
        }
        bundle["settings"] = json.loads(content["problem.json"].decode("utf-8-sig"))
    except (OSError, ValueError, csv.Error) as error:
        raise Unreadable(f"{folder}: {error}") from error
    digests = {name: hashlib.sha256(content[name]).hexdigest() for name in content}
    lines = [f"{digests[name]}  {name}\n" for name in sorted(content, key=str.encode)]
    bundle["sha256"] = hashlib.sha256("".join(lines).encode()).hexdigest()
    bundle["person"] = {row["person_id"]: row for row in bundle["persons"]}
    bundle["team"] = {row["team_id"]: row for row in bundle["teams"]}
    bundle["post"] = {row["post_id"]: row for row in bundle["posts"]}
    bundle["pair"] = {(row["post_id"], row["person_id"]): row for row in bundle["candidates"]}
    return bundle


def load_plan(path: Path) -> dict[str, Any]:
    path = path / "plan.json" if path.is_dir() else path
    try:
        plan: dict[str, Any] = json.loads(path.read_text("utf-8-sig"))
        shape = plan["format"], plan["version"]
        plan["value"], plan["bound"], plan["gap"], plan["problem_sha256"]
        entries = [(entry["post_id"], entry["person_id"]) for entry in plan["assignments"]]
        tiers = [(tier["name"], tier["value"], tier["bound"]) for tier in plan["tiers"]]
        words = ("optimal", "feasible", "infeasible", "unknown")
        right = shape == ("banzi-plan", 1) and plan["status"] in words
        right = right and all(isinstance(post, str) for post, _ in entries)
        right = right and all(person is None or isinstance(person, str) for _, person in entries)
        right = right and all(isinstance(name, str) for name, _, _ in tiers)
        if not right:
            raise ValueError("not a banzi-plan of version 1")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path}: {type(error).__name__} {error}") from error
    return plan


def without_plan(bundle: Bundle, said: dict[str, Any]) -> list[Difference]:
    """What must hold when the plan says that there is no plan."""
    found: list[Difference] = []
    for name in ("value", "gap"):
        if said[name] is not None:
            found.append((name, {"said": said[name], "is": None}))
    for tier in said["tiers"]:
        if tier["value"] is not None:
            found.append(("tier-value", {"tier": tier["name"], "said": tier["value"], "is": None}))
    if said["assignments"]:
        found.append(("assignments-without-plan", {"status": said["status"]}))
    if said["status"] == "infeasible" and not breaches(bundle, {}):
        found.append(("infeasible-refuted", {}))  # leaving every post empty breaks nothing
    return found


def placements(bundle: Bundle, assignments: list[Any]) -> tuple[Placed, list[Difference]]:
    """Post → person for the filled posts, and what is wrong with the list itself."""
    placed: Placed = {}
    found: list[Difference] = []
    listed: set[str] = set()
    people: dict[str, str] = {}
    for entry in assignments:
        post, person = entry["post_id"], entry["person_id"]
        if post not in bundle["post"]:
            found.append(("post-unknown", {"post": post}))
            continue
        if post in listed:
            found.append(("post-twice", {"post": post}))
        listed.add(post)
        if person is None:
            continue
        if (post, person) not in bundle["pair"]:
            found.append(("not-candidate", {"post": post, "person": person}))
            continue
        if person in people:
            values = {"person": person, "post": people[person], "other": post}
            found.append(("person-twice", values))
        people[person] = post
        placed[post] = person
    for post in bundle["post"]:
        if post not in listed:
            found.append(("post-missing", {"post": post}))
    return placed, found


def breaches(bundle: Bundle, placed: Placed) -> list[Difference]:
    """Pins, bans, exclusions and hard targets that do not hold."""
    found: list[Difference] = []
    for pin in bundle["settings"].get("pins", []):
        if placed.get(pin["post_id"]) != pin["person_id"]:
            found.append(("pin", {"post": pin["post_id"], "person": pin["person_id"]}))
    for ban in bundle["settings"].get("bans", []):
        if placed.get(ban["post_id"]) == ban["person_id"]:
            found.append(("ban", {"post": ban["post_id"], "person": ban["person_id"]}))
    post_of = {person: post for post, person in placed.items()}
    for row in bundle["exclusions"]:
        a, b = row["person_a"], row["person_b"]
        both = a in post_of and b in post_of
        if both and too_close(bundle, post_of[a], post_of[b], row["scope"]):
            found.append(("exclusion", {"a": a, "b": b, "post": post_of[a], "other": post_of[b]}))
    for target in bundle["targets"]:
        if target["force"] == "hard":
            missing = miss(bundle, target, placed)
            if missing > 0:
                found.append(("target", {"target": target["target_id"], "missing": missing}))
    return found


def too_close(bundle: Bundle, post: str, other: str, scope: str) -> bool:
    """Whether the holders of two posts sit in one team, or in a team and its direct superior."""
    mine, theirs = teams_of(bundle, post), teams_of(bundle, other)
    if set(mine) & set(theirs):
        return True
    if scope == "same_team":
        return False
    above_me = {bundle["team"][team]["superior_team_id"] for team in mine}
    above_them = {bundle["team"][team]["superior_team_id"] for team in theirs}
    return bool(above_me & set(theirs)) or bool(above_them & set(mine))


def teams_of(bundle: Bundle, post: str) -> list[str]:
    return str(bundle["post"][post]["team_ids"]).split(";")


def miss(bundle: Bundle, target: dict[str, str], placed: Placed) -> int:
    """How far the left side of a target misses, before any rounding; 0 or less when it holds."""
    bound, total = int(target["bound"]), 0
    for post, person in placed.items():
        if in_scope(bundle, target, post):
            value = feature(bundle, target["feature"], post, person)
            if target["measure"] == "count":
                total += value
            elif target["measure"] == "share_permille":
                total += 1000 * value - bound
            else:
                total += value - bound
    needed = bound if target["measure"] == "count" else 0
    return needed - total if target["op"] == ">=" else total - needed


def in_scope(bundle: Bundle, target: dict[str, str], post: str) -> bool:
    values, column = target["scope_values"].split(";"), target["scope_column"]
    if target["scope_table"] == "all":
        return True
    if target["scope_table"] == "posts":
        return bundle["post"][post][column] in values
    return any(bundle["team"][team][column] in values for team in teams_of(bundle, post))


def feature(bundle: Bundle, name: str, post: str, person: str) -> int:
    """A person's column, or else the pair's."""
    row = bundle["person"][person]
    return int(row[name]) if name in row else int(bundle["pair"][post, person][name])


def tier_value(bundle: Bundle, tier: dict[str, Any], placed: Placed) -> int:
    """The sum of a tier's terms."""
    total: int = tier.get("vacancy", 0) * (len(bundle["post"]) - len(placed))
    held = set(placed.values())
    for person, row in bundle["person"].items():
        if row.get("must_place") == "1" and person not in held:
            total += tier.get("displaced", 0)
    for name, weight in tier.get("pair_terms", {}).items():
        total += sum(weight * int(bundle["pair"][pair][name]) for pair in placed.items())
    for target in bundle["targets"]:
        if target["force"] == "soft" and int(target["priority"]) == tier.get("soft_priority"):
            missing = max(0, miss(bundle, target, placed))
            shortfall = -(-missing // 1000) if target["measure"] == "share_permille" else missing
            total -= int(target["weight"]) * shortfall
    for team in bundle["team"]:
        seats = [post for post in bundle["post"] if team in teams_of(bundle, post)]
        members = [bundle["person"][placed[post]] for post in seats if post in placed]
        if "coverage" in tier:
            for name in tier["coverage"]["features"]:
                count = sum(1 for member in members if int(member[name]) > 0)
                total += sum(tier["coverage"]["gains"][:count])
        if "bands" in tier:
            total += band_value(tier["bands"], members, len(seats))
    return total


def band_value(bands: dict[str, Any], members: list[dict[str, str]], seats: int) -> int:
    cap: Any = bands["cap"]
    total = 0
    if isinstance(cap, str):
        cap = -(-seats // int(cap.removeprefix("ceil(seats/").removesuffix(")")))
    for low, high in zip(bands["edges"], bands["edges"][1:], strict=False):
        inside = sum(1 for member in members if low <= int(member[bands["feature"]]) < high)
        total += bands["excess"] * max(0, inside - cap)
    return total


def figures(said: dict[str, Any], values: list[int]) -> list[Difference]:
    """Differences between the figures a plan reports and those its assignments give."""
    found: list[Difference] = []
    for tier, value in zip(said["tiers"], values, strict=True):
        name, bound = tier["name"], tier["bound"]
        if not same(tier["value"], value):
            found.append(("tier-value", {"tier": name, "said": tier["value"], "is": value}))
        if bound is not None and (type(bound) is not int or bound < value):
            found.append(("bound-below", {"tier": name, "bound": bound, "value": value}))
        if said["status"] == "optimal" and not same(bound, value):
            found.append(("not-proven", {"tier": name, "bound": bound, "value": value}))
    pairs = list(zip(values, [tier["bound"] for tier in said["tiers"]], strict=True))
    value, bound = next(((v, b) for v, b in pairs if not same(b, v)), pairs[-1])
    if not same(said["value"], value):
        found.append(("value", {"said": said["value"], "is": value}))
    if not same(said["bound"], bound):
        found.append(("bound", {"said": said["bound"], "is": bound}))
    gap = (bound - value) / max(1, abs(value)) if type(bound) is int else None
    if not same_gap(said["gap"], gap):
        found.append(("gap", {"said": said["gap"], "is": gap}))
    return found


def same(said: object, value: object) -> bool:
    return type(said) is type(value) and said == value


def same_gap(said: Any, gap: float | None) -> bool:
    if gap is None or type(said) not in (int, float):
        return said is gap
    return bool(abs(said - gap) <= GAP_DIGITS)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: referee.py PROBLEM PLAN", file=sys.stderr)
        return 2
    try:
        found = check(*arguments)
    except (Unreadable, LookupError, TypeError, ValueError, AttributeError) as error:
        print(f"unreadable: {error!r}", file=sys.stderr)
        return 2
    for code, values in found:
        print(code, json.dumps(values, ensure_ascii=False))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
