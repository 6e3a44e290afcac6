"""Which officials of the roster are kin in the sense of the recusal rules, and where they sit.

The kin set is a parameter: codes of the form's 称谓 table. A link that a person confirmed is
certain; a relative who may be somebody on the roster (link open, relation not in the table, or
only the name agrees) gives a pair that is still to be confirmed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl

from banzi.codes.texts import clean_name
from banzi.facts.levels import seats_at
from banzi.law import LawAt
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy

_PLAIN = "^[\u3400-\u4dbf\u4e00-\u9fff]*$"
"""Texts that `clean_name` leaves alone: unified ideographs, which no normal form changes."""


def kin_pairs(roster: Roster, law: LawAt) -> pl.DataFrame:
    """One row per unordered pair: `person_a` < `person_b`, `relation`, `listed_by`, `certain`.

    `listed_by` is the person whose form names the other one as `relation`. Sorted by the pair.
    Empty before the recusal rules are in force.
    """
    found = law.find("recusal_rules/kin_relations")
    inside = found.value["inside"] if found else []
    is_kin = pl.col("relation").is_in(inside)
    rows = (
        _linked(roster)
        .filter(is_kin.fill_null(True) & (pl.lit(bool(found))))
        .filter(pl.col("other") != pl.col("person_id"))
        .with_columns(certain=(is_kin & pl.col("is_linked")).fill_null(False))
    )
    return (
        rows.with_columns(
            person_a=pl.min_horizontal("person_id", "other"),
            person_b=pl.max_horizontal("person_id", "other"),
        )
        .sort("person_a", "person_b", pl.col("certain").not_(), "person_id", "relative_no")
        .group_by("person_a", "person_b", maintain_order=True)
        .agg(
            pl.col("relation_text").first().alias("relation"),
            pl.col("person_id").first().alias("listed_by"),
            pl.col("certain").first(),
        )
    )


def has_possible_kin(roster: Roster, person_ids: Collection[str]) -> bool:
    """Whether a relative of one of these persons, on either side, is or may be on the roster."""
    return bool(_possible_kin(roster).around(person_ids)[0].height)


def kin_circle(roster: Roster, person_ids: Collection[str]) -> Roster:
    """The roster without whoever cannot be kin of these persons, and without other relatives.

    `kin_pairs` and `kin_seated` say the same about these persons as with the whole roster.
    """
    rows, persons = _possible_kin(roster).around(person_ids)
    tables = {name: roster.rows_of(name, *persons) for name in ("persons", "seats", "appointments")}
    return roster.with_tables(relatives=rows, **tables)


def _possible_kin(roster: Roster) -> _PossibleKin:
    return roster.keep("possible kin", lambda: _PossibleKin(roster))


class _PossibleKin:
    """Relatives who are or may be somebody on the roster, found from either side."""

    def __init__(self, roster: Roster) -> None:
        rows = roster.scan("relatives").filter(pl.col("is_linked").fill_null(True)).collect()
        self._columns = rows.columns
        unnamed = rows.filter(pl.col("relative_person_id").is_null())
        names = roster.scan("persons").select("person_id", key=_clean("name")).collect()
        self._listed_by = RowsBy(rows, "person_id")
        self._listing = RowsBy(rows, "relative_person_id")
        self._listing_name = RowsBy(unnamed.with_columns(key=_clean("name")), "key")
        self._names = RowsBy(names, "person_id")
        self._named = RowsBy(names, "key")

    def around(self, person_ids: Collection[str]) -> tuple[pl.DataFrame, list[str]]:
        """Rows that list one of the persons or are listed by one, and everybody in them."""
        own = self._listed_by.rows(*person_ids)
        keys = self._names.rows(*person_ids)["key"].drop_nulls()
        rows = pl.concat(
            [
                own,
                self._listing.rows(*person_ids),
                self._listing_name.rows(*keys).select(self._columns),
            ]
        ).unique(["person_id", "relative_no"], maintain_order=True)
        unnamed = own.filter(pl.col("relative_person_id").is_null())
        namesakes = self._named.rows(*unnamed.select(_clean("name")).to_series().drop_nulls())
        found = [rows["person_id"], rows["relative_person_id"], namesakes["person_id"]]
        return rows, sorted({*person_ids, *pl.concat(found).drop_nulls()})


def kin_seated(
    roster: Roster,
    pairs: pl.DataFrame,
    as_of: date,
    law: LawAt,
    posts: pl.Series | None = None,
) -> pl.DataFrame:
    """Kin of a person who sit in a post's team, its superior team or one directly below it.

    A relative who is or may be an official on the roster, but fits none by name, may be anybody:
    it is to confirm for every post.

    Parameters
    ----------
    posts
        Ids of the posts asked about; without them, every post.

    Returns
    -------
    Frame
        `person_id`, `post_id`, `kin_seated`, `kin_to_confirm`: names joined by 、, null for none.
        Only pairs with some; the kin's own present post does not count against itself.
    """
    links = pl.concat(
        [
            pairs.select(person_id="person_a", kin="person_b", certain="certain"),
            pairs.select(person_id="person_b", kin="person_a", certain="certain"),
        ]
    )
    near_of, teams_of = roster.keep_of_house("teams near each other", lambda: _near(roster))
    asked = roster["posts"]["post_id"] if posts is None else posts
    teams_asked = teams_of.rows(*asked)
    near = near_of.rows(*teams_asked["team_id"].unique())
    sitting = seats_at(roster, as_of).select(kin="person_id", seat="post_id")
    teams = teams_of.rows(*sitting["seat"].unique())
    seated = sitting.join(teams.select(seat="post_id", near="team_id"), on="seat")
    names = roster["persons"].select(kin="person_id", kin_name="name")
    everywhere = _placeless(roster, law).join(asked.to_frame("post_id"), how="cross")
    met = (
        links.join(seated, on="kin")
        .join(near, on="near")
        .join(teams_asked, on="team_id")
        .filter(pl.col("seat") != pl.col("post_id"))
        .select("person_id", "post_id", "kin", "certain")
        .unique()
        .join(names, on="kin", how="left")
        .sort("person_id", "post_id", "kin")
    )
    met = pl.concat([met, everywhere.select(met.columns)]).sort(
        "person_id", "post_id", pl.col("kin").is_null(), "kin", "kin_name"
    )
    return met.group_by("person_id", "post_id", maintain_order=True).agg(
        _names(pl.col("certain")).alias("kin_seated"),
        _names(~pl.col("certain")).alias("kin_to_confirm"),
    )


def _near(roster: Roster) -> tuple[RowsBy, RowsBy]:
    """Teams with those `near` them, themselves among them; teams of posts."""
    above = roster["teams"].select("team_id", near="superior_team_id").drop_nulls()
    near = pl.concat(
        [
            roster["teams"].select("team_id", near="team_id"),
            above,
            above.select(team_id="near", near="team_id"),
        ]
    ).unique(maintain_order=True)
    teams = roster["post_teams"].select("post_id", "team_id")
    return RowsBy(near, "team_id"), RowsBy(teams, "post_id")


def _linked(roster: Roster) -> pl.DataFrame:
    return roster.keep("linked relatives", lambda: _find_linked(roster))


def _find_linked(roster: Roster) -> pl.DataFrame:
    """Relatives who are, or may be, somebody on the roster (`other`).

    `fits` is false where a birth is missing, so that the name alone speaks for that person.
    """
    relatives = roster["relatives"].filter(pl.col("is_linked").fill_null(True))
    named = relatives.filter(pl.col("relative_person_id").is_not_null()).with_columns(
        other="relative_person_id", fits=pl.lit(True)
    )
    people = roster["persons"].select(
        other="person_id", key=_clean("name"), born=pl.col("birth") // 100
    )
    # Only the name agrees: a pair to confirm, unless the birth months contradict each other.
    guessed = (
        relatives.filter(pl.col("relative_person_id").is_null())
        .with_columns(key=_clean("name"), listed_born=pl.col("birth") // 100)
        .join(people, on="key")
        .filter(_may_be_equal(pl.col("listed_born"), pl.col("born")))
        .with_columns(
            is_linked=pl.lit(None, pl.Boolean),
            fits=pl.col("listed_born").is_not_null() & pl.col("born").is_not_null(),
        )
    )
    columns = (
        "person_id",
        "relative_no",
        "relation",
        "relation_text",
        "is_linked",
        "other",
        "fits",
    )
    return pl.concat([named.select(columns), guessed.select(columns)])


def _placeless(roster: Roster, law: LawAt) -> pl.DataFrame:
    """Relatives whose link is confirmed or open, and who fit nobody by name and birth.

    `kin_name` is the name as the form has it.
    """
    found = law.find("recusal_rules/kin_relations")
    is_kin = pl.col("relation").is_in(found.value["inside"] if found else [])
    linked = _linked(roster).filter("fits").select("person_id", "relative_no")
    return (
        roster["relatives"]
        .filter(pl.col("is_linked").fill_null(True) & is_kin.fill_null(True) & bool(found))
        .join(linked, on=["person_id", "relative_no"], how="anti")
        .select(
            "person_id",
            kin=pl.lit(None, pl.String),
            certain=pl.lit(False),
            kin_name=pl.coalesce("name", "relation_text", pl.lit("—")),
        )
    )


def _clean(column: str) -> pl.Expr:
    return pl.col(column).map_batches(_cleaned, return_dtype=pl.String, is_elementwise=True)


def _cleaned(names: pl.Series) -> pl.Series:
    """`clean_name` of each; most names are Chinese characters throughout and stay as they are."""
    unclean = (~names.str.contains(_PLAIN)).fill_null(False)
    if not unclean.any():
        return names
    cleaned = [clean_name(name) for name in names.filter(unclean)]
    return names.clone().scatter(unclean.arg_true(), cleaned)


def _may_be_equal(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two births as YYYYMM with 00 for an unknown month: whether they can be the same."""
    vague = (one % 100 == 0) | (other % 100 == 0)
    return pl.when(vague).then(one // 100 == other // 100).otherwise(one == other).fill_null(True)


def _names(chosen: pl.Expr) -> pl.Expr:
    names = pl.col("kin_name").filter(chosen)
    return pl.when(names.len() > 0).then(names.str.join("、"))
