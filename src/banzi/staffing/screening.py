"""What the rules say, in the shape that `building` takes: verdicts with texts, and recusals.

The link between `rules` and the optimiser's data; no judgement of its own. A kinship that nobody
has confirmed yet keeps two persons apart as a confirmed one does, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.kernel.progress import Progress
from banzi.law import Law, load_law
from banzi.roster import Roster
from banzi.rules import Screening, recusals, screen
from banzi.rules.runtime.verdicts import FAIL, RANKED, REVIEW, UNKNOWN
from banzi.staffing.building import Built, build
from banzi.staffing.candidate_pairs import Screened
from banzi.staffing.left_out import RuleLeftOut
from banzi.staffing.settings import PlanSettings
from banzi.structure.members import members_of
from banzi.structure.targets import Target

TO_CONFIRM = _("{reason}（待确认）")
CITED = _("{title}（{clause}）")


def build_from_roster(
    roster: Roster,
    targets: Sequence[Target],
    settings: PlanSettings,
    as_of: date,
    progress: Progress | None = None,
    settings_file: str = "",
    law: Law | None = None,
) -> Built:
    """Screen everybody for every post of a roster on a day and build the bundle.

    Raises
    ------
    BadInput
        As `building.build`.
    """
    law = law or load_law()
    screening = screen(roster, as_of, law=law)
    members = members_of(roster, screening.facts, as_of)
    screened = screened_pairs(screening, roster, as_of, law)
    return build(members, screened, targets, settings, progress, settings_file)


def screened_pairs(screening: Screening, roster: Roster, as_of: date, law: Law) -> Screened:
    """Verdicts with the rules that want a person's decision, and everybody kept apart."""
    kept_apart = recusals(roster, as_of, law).with_columns(
        reason=pl.when("certain")
        .then("reason")
        .otherwise(
            pl.col("reason").map_elements(
                lambda reason: render(TO_CONFIRM, {"reason": reason}), return_dtype=pl.String
            )
        )
    )
    pairs = screening.pairs.join(_texts(screening), on=["post_id", "person_id"], how="left")
    known = screening.case.posts.select("post_id", "division_code").drop_nulls()
    return Screened(
        pairs.with_columns(pl.col("text").fill_null("")),
        kept_apart.drop("certain"),
        dict(known.iter_rows()),
        tuple(_rules(screening)),
    )


def _rules(screening: Screening) -> Iterator[RuleLeftOut]:
    """The rules that leave pairs out, by verdict."""
    for outcome in screening.outcomes:
        title, clause = outcome.rule.title, outcome.rule.cites[0]
        for rank in (FAIL, UNKNOWN):
            pairs = int((outcome.ranks == rank).sum())
            if pairs:
                yield RuleLeftOut(title, clause, RANKED[rank].value, pairs)


def _texts(screening: Screening) -> pl.DataFrame:
    """`post_id`, `person_id`, `text`: the rules whose verdict is `review`, one text a pair."""
    posts, persons = screening.case.posts["post_id"], screening.case.person_ids
    parts = [
        pl.DataFrame(schema={"post_id": pl.String(), "person_id": pl.String(), "text": pl.String()})
    ]
    for outcome in screening.outcomes:
        # Pairs that fail another rule never reach the bundle, so their texts are not written.
        post_at, person_at = np.nonzero((outcome.ranks == REVIEW) & (screening.ranks == REVIEW))
        text = render(CITED, {"title": outcome.rule.title, "clause": outcome.rule.cites[0]})
        parts.append(
            pl.DataFrame(
                {"post_id": posts.gather(post_at), "person_id": persons.gather(person_at)}
            ).with_columns(pl.lit(text).alias("text"))
        )
    together = pl.concat(parts).group_by("post_id", "person_id", maintain_order=True)
    return together.agg(pl.col("text").str.join("；"))
