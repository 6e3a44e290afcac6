"""What a career contains: months at the grassroots, experiences of each kind, fields of expertise.

A segment that was judged not to count (tag with holds = false) never counts; one that nobody
judged counts to the upper bound only. A person without any résumé segment has nulls throughout.
A segment whose start or end cannot be read gives nothing to the lower bound and the widest
possible stretch to the upper one.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.spans import BEGINNING
from banzi.facts.stretches import Kinds, months_of_kinds
from banzi.kernel.date_columns import earliest_month
from banzi.kernel.dates import month_of
from banzi.kernel.few_rows import joined
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Gathering, Step
from banzi.people.choices import CareerTag, ExpertField, SegmentKind
from banzi.roster import Roster

_TAGS = pl.Enum([tag.value for tag in CareerTag])
_BIT_OF_TAG = {tag.value: 1 << place for place, tag in enumerate(CareerTag)}
_BIT_OF_PLACE = pl.Series(list(_BIT_OF_TAG.values()), dtype=pl.Int64)
_SECONDMENT_WORD = CareerTag.SECONDMENT.zh


def career_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person with a résumé: grassroots spans and every `has_…`."""
    segments = _judged_segments(roster, as_of)
    months = months_of_kinds(segments, ["person_id"], _GRASSROOTS)
    return joined(months, _EXPERIENCES.of(segments), "person_id")


def _own() -> pl.Expr:
    # The form's filling rules have 挂职 written out in the résumé line, so a line that does not
    # mention it and was not tagged as such is the person's own post.
    is_named = pl.col("text").str.contains(_SECONDMENT_WORD, literal=True)
    return ~pl.coalesce("secondment", pl.when(~is_named).then(False))


def _grassroots() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    counts, sure, own = pl.col("grassroots"), pl.col("is_sure"), _own()
    return {
        "grassroots_months": (counts & sure, counts.fill_null(True)),
        "grassroots_own_months": (counts & own & sure, (counts & own).fill_null(True)),
    }


def _experiences() -> dict[str, pl.Expr]:
    """`has_<tag>`: true by one segment, false when every main segment was judged not to count."""
    main = pl.col("segment_kind") == SegmentKind.MAIN.value
    counts, own = pl.col("grassroots"), _own()
    by_own = counts & own
    return {
        "grassroots_by_secondment_only": pl.when(
            by_own.fill_null(False).any() | (~counts).fill_null(False).all()
        )
        .then(False)
        .when(counts.is_not_null().all() & by_own.is_not_null().all())
        .then(True),
        **{
            f"has_{tag.value}": pl.when(pl.col(tag.value).fill_null(False).any())
            .then(True)
            .when((pl.col(tag.value).is_not_null() | ~main).all())
            .then(False)
            for tag in CareerTag
        },
    }


_GRASSROOTS, _EXPERIENCES = Kinds(_grassroots), Gathering(["person_id"], _experiences)


def expertise_facts(roster: Roster) -> pl.DataFrame:
    """One row per person with any: `knows_<field>` as recorded; a field without a row is null."""
    return _EXPERTISE.of(roster["expertise"])


def _expertise() -> dict[str, pl.Expr]:
    return {
        f"knows_{field.value}": pl.col("holds").filter(pl.col("field") == field.value).first()
        for field in ExpertField
    }


_EXPERTISE = Gathering(["person_id"], _expertise)


def _judged_segments(roster: Roster, as_of: date) -> pl.DataFrame:
    """Segments up to the day, their bounds, and a Boolean column for each tag (null: not judged)."""
    # Bits summed over a segment's rows: choosing the row of each tag costs ten times as much.
    bits = _BITS.select(roster["career_tags"], "person_id", "segment_no")
    by_segment = _JUDGED.select(_SUMMED.of(bits), "person_id", "segment_no")
    born = _BORN.select(roster["persons"], "person_id")
    today = month_of(as_of)
    begun = _BEGUN.filter(roster["career_segments"], today=today)
    segments = joined(begun, by_segment, "person_id", "segment_no")
    return _BOUNDED.add(joined(segments, born, "person_id"), today=today)


def _tag_bit() -> pl.Expr:
    tag = pl.col("tag")
    if is_reading():
        return by_name("career_tag_bit", tag)
    return pl.lit(_BIT_OF_PLACE).gather(tag.cast(_TAGS).to_physical())


FUNCTIONS["career_tag_bit"] = _BIT_OF_TAG.get


def _bits() -> dict[str, pl.Expr]:
    bit = _tag_bit()
    return {"yes": pl.when("holds").then(bit), "no": pl.when(~pl.col("holds")).then(bit)}


def _judged() -> dict[str, pl.Expr]:
    return {
        tag: pl.when((pl.col("yes") & bit) > 0)
        .then(True)
        .when((pl.col("no") & bit) > 0)
        .then(False)
        for tag, bit in _BIT_OF_TAG.items()
    }


def _bounded(today: int | pl.Expr) -> dict[str, pl.Expr]:
    end = pl.coalesce("ended", pl.when(pl.col("is_open")).then(today))
    return {
        "is_sure": pl.col("started").is_not_null() & end.is_not_null(),
        "start": pl.coalesce("started", "born", pl.lit(BEGINNING)).cast(pl.Int64),
        "end": end.fill_null(today).clip(upper_bound=today).cast(pl.Int64),
    }


_BITS, _JUDGED, _BOUNDED = Step(_bits), Step(_judged), Step(_bounded)
_SUMMED = Gathering(
    ["person_id", "segment_no"], lambda: {name: pl.col(name).sum() for name in ("yes", "no")}
)
_BORN = Step(lambda: {"born": earliest_month(pl.col("birth"))})
_BEGUN = Step(lambda today: {"is_kept": pl.col("started").is_null() | (pl.col("started") < today)})
