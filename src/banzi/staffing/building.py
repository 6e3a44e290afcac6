"""From roster, verdicts, targets and settings to a problem bundle.

Law has become data before this point: verdicts decide the pairs, recusals are exclusions. What is
built is read back at once with the bundle's own reader, so that a bundle that leaves here is valid.
Same input, same bytes. Beside the seven files stand some that the optimiser ignores: `review.csv`
(what people must decide), `names.csv`, `features.csv`, `profiles.csv`, and who is no candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.dates import month_of
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.files import replacing_folder
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.staffing.bundle import (
    REQUIRED_COLUMNS,
    RETIRES,
    TITLE,
    Bundle,
    Table,
    csv_bytes,
    problem_sha256,
)
from banzi.staffing.candidate_pairs import (
    PAIR_COLUMNS,
    CandidatePairs,
    Screened,
    candidate_pairs,
)
from banzi.staffing.features import FeatureColumns
from banzi.staffing.named_pairs import NamedPairs
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret
from banzi.staffing.settings import PlanSettings
from banzi.staffing.side_files import frame_table, side_files
from banzi.structure.conditions import Compare
from banzi.structure.members import Group, Members
from banzi.structure.placement import placements
from banzi.structure.targets import Each, Force, Measure, ScopeKind, Target

BUILDING = MessageKind("plan-build/building", _("生成选配问题"))
NO_SCOPE = MessageKind(
    "plan-build/no-scope", _("目标“{title}”的范围内没有班子或职位；请核对范围条件")
)
AGE_OUTSIDE = MessageKind(
    "plan-build/age-outside",
    _("“{person}”的年龄（{months}个月）不在年龄段之内；请放宽年龄段的首尾"),
)
NO_SUCH_REGION = MessageKind(
    "plan-build/no-such-region",
    _("交流片区中的“{region}”不是任何职位所在的地区；现有：{regions}"),
)
DEFAULT_NAME = _("选配方案")

TEAM_COLUMNS = ("team_name", "team_kind", "region", "region_tier")
POST_COLUMNS = (
    "post_name",
    "region",
    "team_kind",
    "region_tier",
    "role",
    "post_level",
    "duty_head",
    "is_principal",
)


@dataclass(frozen=True, slots=True)
class Built:
    """A bundle, its reading, and the files beside it; `left_out` counts pairs by reason."""

    bundle: Bundle
    problem: Problem
    side_files: Mapping[str, Table]
    left_out: Mapping[str, int]


def build(
    members: Members,
    screened: Screened,
    targets: Sequence[Target],
    settings: PlanSettings,
    progress: Progress | None = None,
    settings_file: str = "",
) -> Built:
    """Build the bundle for the posts of a roster, on the day of `members`.

    Parameters
    ----------
    settings_file
        Name to report the settings' problems under.

    Raises
    ------
    BadInput
        A target without scope, a pin that names nobody or no candidate, ages outside the bands, a
        region of an exchange group that no post has.
    """
    (progress or Silent()).start(BUILDING())
    log = ProblemLog()
    posts = _posts(members)
    _check_exchange(settings, posts, log, settings_file)
    found = candidate_pairs(members, posts, screened.pairs, settings, screened.divisions)
    chosen = _persons(members, found, settings)
    features = FeatureColumns(chosen, targets, _pair_facts(members, found))
    target_rows = [
        row for target in targets for row in _target_rows(target, members, features, log)
    ]
    names = NamedPairs(members, found, screened, log, settings_file)
    document = _document(settings, members, targets, features, names)
    _check_ages(settings, chosen, log, settings_file)
    log.stop_if_any()
    tables = {
        "persons.csv": _person_table(chosen, features, members.as_of),
        "teams.csv": frame_table(
            members.teams.select("team_id", "superior_team_id", *TEAM_COLUMNS)
        ),
        "posts.csv": frame_table(posts),
        "candidates.csv": frame_table(
            found.pairs.with_columns(
                column.values.alias(column.name) for column in features.pair_columns
            )
        ),
        "exclusions.csv": _exclusions(screened.recusals, chosen),
        "targets.csv": Table.of((*REQUIRED_COLUMNS["targets.csv"], TITLE), target_rows),
    }
    bundle = Bundle(document, tables)
    side = side_files(found, screened, members, chosen, posts, features, settings)
    return Built(bundle, interpret(bundle), side, found.left_out)


def write_built(folder: Path, built: Built) -> str:
    """Write bundle and side files, whole or not at all; return `problem_sha256`."""
    files = built.bundle.files()
    with replacing_folder(folder) as place:
        for name, content in files.items():
            (place / name).write_bytes(content)
        for name, table in built.side_files.items():
            (place / name).write_bytes(csv_bytes(table))
    return problem_sha256(files)


def _posts(members: Members) -> pl.DataFrame:
    """One row per post in order of display; grouping columns are those of its first team."""
    rows = members.posts.group_by("post_id", maintain_order=True).agg(
        pl.col("team_id").sort_by("team_order").str.join(";").alias("team_ids"),
        *(pl.col(name).sort_by("team_order").first() for name in POST_COLUMNS[:-1]),
    )
    seats = members.seats.group_by("post_id").agg(
        pl.col("person_id").first().alias("incumbent_person_id")
    )
    return rows.join(seats, on="post_id", how="left", maintain_order="left").select(
        "post_id",
        "team_ids",
        "incumbent_person_id",
        *POST_COLUMNS[:-1],
        (pl.col("role") == "principal").cast(pl.Int64).alias("is_principal"),
    )


def _persons(members: Members, found: CandidatePairs, settings: PlanSettings) -> pl.DataFrame:
    """Candidates and whoever must be placed, by id, with `must_place`."""
    seated = members.seats.filter(pl.col("post_id").is_in(members.all_posts()))["person_id"]
    retires = ~pl.col("serves_full_term").fill_null(True)
    must = pl.col("person_id").is_in(seated.unique().implode()) & ~retires
    if settings.must_place == "nobody":
        must = pl.lit(False)
    candidates = pl.col("person_id").is_in(found.pairs["person_id"].unique().implode())
    marked = members.people.with_columns(must_place=must.cast(pl.Int64))
    return marked.filter(candidates | (pl.col("must_place") == 1)).sort("person_id")


def _target_rows(
    target: Target, members: Members, features: FeatureColumns, log: ProblemLog
) -> list[Mapping[str, object]]:
    groups = [group for group in target.groups(members) if group.post_ids or group.team_id]
    if not groups:
        log.add(NO_SCOPE(title=target.title))
    rows: list[Mapping[str, object]] = []
    for group in groups:
        table, column, values = _scope(target, group, members)
        rows.append(
            {
                "target_id": target.id
                if target.each is Each.TOGETHER
                else f"{target.id}/{group.team_id}",
                "scope_table": table,
                "scope_column": column,
                "scope_values": ";".join(values),
                "measure": "share_permille" if target.measure is Measure.SHARE else target.measure,
                "feature": features.of_target(target),
                "op": target.op,
                "bound": target.bound,
                "force": target.force,
                "priority": target.priority,
                "weight": target.weight,
                "citation": target.citation,
                TITLE: f"{target.title}（{group.team_name}）" if group.team_id else target.title,
            }
        )
    return rows


def _scope(target: Target, group: Group, members: Members) -> tuple[str, str, list[str]]:
    """Table, column and values of a scope: a grouping column where that says it, else ids."""
    if target.each is Each.TEAM and group.team_id is not None:
        if set(group.post_ids) == set(members.posts_of(group.team_id)):
            return "teams", "team_id", [group.team_id]
        return "posts", "post_id", list(group.post_ids)
    if target.scope is ScopeKind.ALL or target.scope_where is None:
        return "all", "", []
    if target.scope is ScopeKind.POSTS:
        return "posts", "post_id", list(group.post_ids)
    where = target.scope_where
    teams = members.all_teams(where)
    if isinstance(where, Compare) and where.column in TEAM_COLUMNS and where.operator in "=in":
        held = members.teams.filter(pl.col("team_id").is_in(list(teams)))[where.column]
        values = sorted(str(value) for value in held.unique())
        if not any(";" in value for value in values):
            return "teams", where.column, values
    return "teams", "team_id", list(teams)


def _document(
    settings: PlanSettings,
    members: Members,
    targets: Sequence[Target],
    features: FeatureColumns,
    names: NamedPairs,
) -> dict[str, Any]:
    merit: dict[str, Any] = {
        "name": "merit",
        "pair_terms": {
            column: weight
            for column in PAIR_COLUMNS
            if (weight := getattr(settings.weights, column))
        },
    }
    if settings.coverage:
        columns = [
            features.of_condition(where, f"coverage_{place}")
            for place, where in enumerate(settings.coverage.fields, start=1)
        ]
        merit["coverage"] = {"features": columns, "gains": list(settings.coverage.gains)}
    if settings.age_bands:
        bands = settings.age_bands
        column = features.of_value(AGE_MONTHS, bands.edges[-1] - 1)
        cap = int(bands.cap) if str(bands.cap).isdigit() else bands.cap
        merit["bands"] = {
            "feature": column,
            "edges": list(bands.edges),
            "cap": cap,
            "excess": bands.excess,
        }
    priorities = sorted({t.priority for t in targets if t.force is Force.SOFT and t.priority})
    parts = {
        "fill": [{"name": "fill", "vacancy": settings.vacancy, "displaced": settings.displaced}],
        "soft": [{"name": f"soft-{p}", "soft_priority": p} for p in priorities],
        "merit": [merit],
    }
    pins = names.pairs(settings.decided, "decided", True)
    pins += [pin for pin in names.pairs(settings.pins, "pins", True) if pin not in pins]
    return {
        "format": "banzi-problem",
        "version": 1,
        "name": settings.name or DEFAULT_NAME,
        "as_of": members.as_of.isoformat(),
        "protected": sorted(column.name for column in features.columns if column.protected),
        "tiers": [tier for name in settings.tiers for tier in parts[name]],
        "pins": pins,
        "bans": names.pairs(settings.bans, "bans", False),
    }


def _check_exchange(
    settings: PlanSettings, posts: pl.DataFrame, log: ProblemLog, settings_file: str
) -> None:
    regions = [name for name in posts["region"].unique(maintain_order=True) if name is not None]
    for number, group in enumerate(settings.exchange):
        for region in group:
            if region not in regions:
                at = Location(settings_file, column=f"exchange[{number}]")
                log.add(NO_SUCH_REGION(region=region, regions=regions), at)


def _check_ages(
    settings: PlanSettings, chosen: pl.DataFrame, log: ProblemLog, settings_file: str
) -> None:
    if settings.age_bands is None:
        return
    low, high = settings.age_bands.edges[0], settings.age_bands.edges[-1]
    outside = chosen.filter(~pl.col(AGE_MONTHS).is_between(low, high, closed="left"))
    for name, months in outside.select("name", AGE_MONTHS).iter_rows():
        at = Location(settings_file, column="age_bands.edges")
        log.add(AGE_OUTSIDE(person=name, months=months), at)


def _pair_facts(members: Members, found: CandidatePairs) -> pl.DataFrame:
    """Facts of every pair: of the person, and of the person in the post against the present seats."""
    placed = placements(found.pairs, members.posts, members.holdings)
    return placed.join(members.people, on="person_id", how="left", maintain_order="left")


def _person_table(chosen: pl.DataFrame, features: FeatureColumns, as_of: date) -> Table:
    """What the problem counts, and the month of retirement for a look ahead: no goal reads it, so
    unlike the others it stays empty where it is not known."""
    columns = [column.values.alias(column.name) for column in features.person_columns]
    left = chosen.select((pl.col("retirement_month") - month_of(as_of)).alias(RETIRES))
    counted = chosen.select("person_id", "must_place").with_columns(columns)
    return frame_table(counted.hstack(left))


def _exclusions(recusals: pl.DataFrame, chosen: pl.DataFrame) -> Table:
    ids = chosen["person_id"].implode()
    both = pl.col("person_a").is_in(ids) & pl.col("person_b").is_in(ids)
    kept = recusals.select(REQUIRED_COLUMNS["exclusions.csv"]).filter(both)
    return frame_table(kept.unique().sort(kept.columns))
