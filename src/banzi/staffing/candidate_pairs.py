"""Who may be put where, with the whole-number columns of each pair.

A pair is a candidate when the rules say `pass` or `review` and the plan's own limits let it in;
`fail` and `unknown` never are. Every pair left out is counted under its reason, so that nobody is
left out in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from banzi.facts.levels import level_order
from banzi.staffing.bundle import FIT, MEETS
from banzi.staffing.left_out import RuleLeftOut
from banzi.staffing.reach import within_reach
from banzi.staffing.settings import PlanSettings
from banzi.structure.compiling import expression
from banzi.structure.members import Members
from banzi.structure.vocabulary import PERSON_WORDS

CANDIDATE_VERDICTS = ("pass", "review")
PAIR_COLUMNS = (FIT, "moves", "short_term", "from_other_region", "review")


def met_column(number: int) -> str:
    """The column that says whether a pair meets the condition of a number, from 1."""
    return f"{MEETS}{number}"


@dataclass(frozen=True, slots=True)
class Screened:
    """What the rules said.

    Attributes
    ----------
    pairs
        `post_id`, `person_id`, `verdict` (pass, review, fail, unknown), `text` (what people must
        decide, "" for none).
    recusals
        `person_a`, `person_b`, `scope`, `reason`, as in exclusions.csv.
    divisions
        Post → code of the division it belongs to, where that is known.
    rules
        Those that leave pairs out.
    """

    pairs: pl.DataFrame
    recusals: pl.DataFrame
    divisions: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RuleLeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Pairs and what was left out.

    Attributes
    ----------
    pairs
        `post_id`, `person_id`, the `PAIR_COLUMNS`, `meets_1` … per profile; by post, then person.
    dropped
        `post_id`, `person_id`, `reason` of all others: `fail`, `unknown`, `level` (too far or not
        known), `considered` (does not meet the plan's condition, or unknown), `reach` (from no
        source of candidates); by post.
    """

    pairs: pl.DataFrame
    dropped: pl.DataFrame

    @property
    def left_out(self) -> dict[str, int]:
        """Reason → number of pairs."""
        return dict(sorted(self.dropped["reason"].value_counts().iter_rows()))


def candidate_pairs(
    members: Members,
    posts: pl.DataFrame,
    verdicts: pl.DataFrame,
    settings: PlanSettings,
    divisions: Mapping[str, str] | None = None,
) -> CandidatePairs:
    """Candidates from verdicts.

    Parameters
    ----------
    posts
        `post_id`, `post_level`, `region`, in the order of the bundle.
    verdicts
        `post_id`, `person_id`, `verdict` for every pair that was screened.
    divisions
        Post → code of its division, for the sources of candidates.
    """
    places = posts.select("post_id", "post_level", "region").with_row_index("post_place")
    people = members.people.select(
        "person_id",
        "level_order",
        "serves_full_term",
        is_considered=_truth(settings),
    )
    holders = members.seats.join(posts.select("post_id", "region"), on="post_id", how="inner")
    held = holders.group_by("person_id").agg(
        pl.col("post_id").alias("held_posts"), pl.col("region").alias("held_regions")
    )
    pairs = (
        verdicts.select("post_id", "person_id", "verdict")
        .join(places, on="post_id")
        .join(people, on="person_id")
        .join(held, on="person_id", how="left")
        .with_columns(
            holds=pl.col("held_posts").list.contains(pl.col("post_id")).fill_null(False),
            steps=level_order("post_level") - pl.col("level_order"),
        )
    )
    incumbent = pl.col("held_posts").is_not_null()
    reason = (
        pl.when(~pl.col("verdict").is_in(CANDIDATE_VERDICTS))
        .then("verdict")
        .when(~pl.col("holds") & ~_near(settings))
        .then(pl.lit("level"))
        .when(~incumbent & ~pl.col("is_considered"))
        .then(pl.lit("considered"))
    )
    judged = pairs.with_columns(reason=reason)
    kept = judged.filter(pl.col("reason").is_null()).sort("post_place", "person_id")
    reached = pl.col("holds") | within_reach(kept, members, settings, divisions)
    far = kept.filter(~reached).with_columns(reason=pl.lit("reach"))
    dropped = pl.concat([judged.filter(pl.col("reason").is_not_null()), far]).sort(
        "post_place", "person_id"
    )
    kept = kept.filter(reached)
    meets = _met_profiles(members, settings)
    kept = kept.join(meets, on="person_id", how="left", maintain_order="left")
    flags = [
        (pl.col(f"person_meets_{n}") & pl.col("post_id").is_in(posts_wanted)).alias(met_column(n))
        for n, posts_wanted in _wanted_posts(members, settings)
    ]
    kept = kept.with_columns(flag.fill_null(False).cast(pl.Int64) for flag in flags)
    fit = pl.sum_horizontal(
        pl.lit(0, pl.Int64),
        *(
            pl.col(met_column(n)) * profile.weight
            for n, profile in enumerate(settings.profiles, start=1)
        ),
    )
    elsewhere = ~pl.col("held_regions").list.contains(pl.col("region"))
    kept = kept.select(
        "post_id",
        "person_id",
        fit.alias(FIT),
        (~pl.col("holds")).cast(pl.Int64).alias("moves"),
        (~pl.col("serves_full_term").fill_null(False)).cast(pl.Int64).alias("short_term"),
        elsewhere.fill_null(False).cast(pl.Int64).alias("from_other_region"),
        (pl.col("verdict") == "review").cast(pl.Int64).alias("review"),
        *(met_column(n) for n in range(1, len(settings.profiles) + 1)),
    )
    return CandidatePairs(kept, dropped.select("post_id", "person_id", "reason"))


def _truth(settings: PlanSettings) -> pl.Expr:
    if settings.considered is None:
        return pl.lit(True)
    return expression(settings.considered, PERSON_WORDS).fill_null(False)


def _near(settings: PlanSettings) -> pl.Expr:
    if settings.level_steps is None:
        return pl.lit(True)
    return pl.col("steps").is_between(0, settings.level_steps).fill_null(False)


def _met_profiles(members: Members, settings: PlanSettings) -> pl.DataFrame:
    return members.people.select(
        "person_id",
        *(
            expression(profile.where, PERSON_WORDS).fill_null(False).alias(f"person_meets_{n}")
            for n, profile in enumerate(settings.profiles, start=1)
        ),
    )


def _wanted_posts(members: Members, settings: PlanSettings) -> list[tuple[int, list[str]]]:
    return [
        (n, list(members.all_posts(profile.post_where)))
        for n, profile in enumerate(settings.profiles, start=1)
    ]
