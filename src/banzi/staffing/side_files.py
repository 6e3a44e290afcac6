"""Files beside a bundle for people to read; the optimiser and the referee ignore them.

`review.csv` what people must decide about a pair, `names.csv` names of ids, `features.csv` what each
feature column means and how many were unknown, `profiles.csv` the conditions behind `fit`; who is
no candidate and why is `left_out`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from banzi.people.namesakes import Bearer, told_apart
from banzi.staffing.answers.names import APART, NAMES_FILE
from banzi.staffing.bundle import Table
from banzi.staffing.candidate_pairs import CandidatePairs, Screened, met_column
from banzi.staffing.features import FeatureColumns
from banzi.staffing.left_out import left_out_tables
from banzi.staffing.reviews import REVIEW_FILE
from banzi.staffing.settings import PlanSettings
from banzi.structure.members import Members
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS
from banzi.structure.wording import sentence


def side_files(
    found: CandidatePairs,
    screened: Screened,
    members: Members,
    chosen: pl.DataFrame,
    posts: pl.DataFrame,
    features: FeatureColumns,
    settings: PlanSettings,
) -> dict[str, Table]:
    """The files by name."""
    return {
        REVIEW_FILE: _reviews(found, screened),
        NAMES_FILE: _name_table(members, chosen, posts),
        "features.csv": _feature_table(features),
        "profiles.csv": _profile_table(settings),
        **left_out_tables(found.dropped, screened.rules),
    }


def frame_table(frame: pl.DataFrame) -> Table:
    rows: list[Mapping[str, object]] = list(frame.to_dicts())
    return Table.of(tuple(frame.columns), rows)


def _reviews(found: CandidatePairs, screened: Screened) -> Table:
    marked = found.pairs.filter(pl.col("review") == 1).select("post_id", "person_id")
    texts = screened.pairs.select("post_id", "person_id", "text")
    return frame_table(
        marked.join(texts, on=["post_id", "person_id"], how="left", maintain_order="left")
    )


def _name_table(members: Members, chosen: pl.DataFrame, posts: pl.DataFrame) -> Table:
    named = chosen.select("person_id", "name")
    told = told_apart(
        Bearer(person, name, birth, post or "")
        for person, name, birth, post in chosen.select(
            "person_id", "name", "birth", "current_posts_text"
        ).iter_rows()
    )
    apart = {person: "，".join(marks) for person, marks in told.items()}
    rows = [
        *(("team", *row, "") for row in members.teams.select("team_id", "team_name").iter_rows()),
        *(("post", *row, "") for row in posts.select("post_id", "post_name").iter_rows()),
        *(("person", *row, apart.get(row[0], "")) for row in named.iter_rows()),
    ]
    return Table(("kind", "id", "name", APART), tuple(rows))


def _feature_table(features: FeatureColumns) -> Table:
    columns = ("column", "meaning", "unknown_as", "unknown_persons", "protected")
    rows = [
        (each.name, each.meaning, each.unknown_as, each.unknown, int(each.protected))
        for each in features.columns
    ]
    return Table.of(columns, [dict(zip(columns, row, strict=True)) for row in rows])


def _profile_table(settings: PlanSettings) -> Table:
    columns = ("column", "title", "post_where", "where", "weight")
    rows: list[Mapping[str, object]] = [
        {
            "column": met_column(n),
            "title": each.title,
            "post_where": sentence(each.post_where, POST_WORDS) if each.post_where else "",
            "where": sentence(each.where, PERSON_WORDS),
            "weight": each.weight,
        }
        for n, each in enumerate(settings.profiles, start=1)
    ]
    return Table.of(columns, rows)
