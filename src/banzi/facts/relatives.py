"""Which officials of the roster are kin in the sense of the recusal rules, and where they sit.

The kin set is a parameter: codes of the form's 称谓 table. A link that a person confirmed is
certain; a relative who may be somebody on the roster (link open, relation not in the table, or
only the name agrees) gives a pair that is still to be confirmed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

import polars as pl

from banzi.codes.texts import clean_name
from banzi.facts.levels import seats_at
from banzi.kernel.few_rows import crossed, first_of_each, joined, ordered, picked, together
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Gathering, Step
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
    met = _BY_PAIR.add(_ABOUT_OTHERS.filter(_kin_among(law).filter(_linked(roster))))
    rows = _of_kin(law).add(met)
    order = ("person_a", "person_b", "certain", "person_id", "relative_no")
    return _PAIRED.of(ordered(rows, *order, falling=["certain"]))


def _inside(law: LawAt) -> tuple[str, ...] | None:
    """Relations that count as kin; None before the recusal rules are in force."""
    found = law.find("recusal_rules/kin_relations")
    return tuple(found.value["inside"]) if found else None


def _kin_among(law: LawAt) -> Step:
    """Keeps relatives who are, or with an unread relation may be, kin."""
    return _kin_steps(_inside(law))[0]


def _of_kin(law: LawAt) -> Step:
    """Adds `certain`: surely the person, and surely kin."""
    return _kin_steps(_inside(law))[1]


@lru_cache(maxsize=100)
def _kin_steps(inside: tuple[str, ...] | None) -> tuple[Step, Step]:
    is_kin = pl.lit(False) if inside is None else pl.col("relation").is_in(list(inside))
    may_be_kin = is_kin.fill_null(True)
    certain = (is_kin & pl.col("is_linked")).fill_null(False)
    return Step(lambda: {"is_kept": may_be_kin}), Step(lambda: {"certain": certain})


_ABOUT_OTHERS = Step(lambda: {"is_kept": pl.col("other") != pl.col("person_id")})
_BY_PAIR = Step(
    lambda: {
        "person_a": pl.min_horizontal("person_id", "other"),
        "person_b": pl.max_horizontal("person_id", "other"),
    }
)
_PAIRED = Gathering(
    ["person_a", "person_b"],
    lambda: {
        "relation": pl.col("relation_text").first(),
        "listed_by": pl.col("person_id").first(),
        "certain": pl.col("certain").first(),
    },
)


def kin_circle(roster: Roster, person_ids: Collection[str]) -> Roster | None:
    """The roster without whoever cannot be kin of these persons, and without other relatives.

    `kin_pairs` and `kin_seated` say the same about these persons as with the whole roster. None
    where no relative of theirs, on either side, is or may be on the roster.
    """
    possible = roster.keep("possible kin", lambda: _PossibleKin(roster))
    rows, persons = possible.around(person_ids)
    if not rows.height:
        return None
    tables = {name: roster.rows_of(name, *persons) for name in ("persons", "seats", "appointments")}
    return roster.with_tables(relatives=rows, **tables)


class _PossibleKin:
    """Relatives who are or may be somebody on the roster, found from either side."""

    def __init__(self, roster: Roster) -> None:
        rows = roster.scan("relatives").filter(pl.col("is_linked").fill_null(True)).collect()
        self._columns = rows.columns
        unnamed = rows.filter(pl.col("relative_person_id").is_null())
        unnamed = unnamed.with_columns(key=_clean("name"))
        names = roster.scan("persons").select("person_id", key=_clean("name")).collect()
        self._listed_by = RowsBy(rows, "person_id")
        self._listing = RowsBy(rows, "relative_person_id")
        self._unnamed_by = RowsBy(unnamed.select("person_id", "key"), "person_id")
        self._listing_name = RowsBy(unnamed, "key")
        self._names = RowsBy(names, "person_id")
        self._named = RowsBy(names, "key")

    def around(self, person_ids: Collection[str]) -> tuple[pl.DataFrame, list[str]]:
        """Rows that list one of the persons or are listed by one, and everybody in them."""
        rows = together(
            self._listed_by.rows(*person_ids),
            self._listing.rows(*person_ids),
            picked(self._listing_name.rows(*_known(self._names, person_ids)), *self._columns),
        )
        rows = first_of_each(rows, "person_id", "relative_no")
        namesakes = self._named.rows(*_known(self._unnamed_by, person_ids))
        found = (rows["person_id"], rows["relative_person_id"], namesakes["person_id"])
        persons = {person for each in found for person in each.to_list() if person is not None}
        return rows, sorted(persons.union(person_ids))


def _known(names: RowsBy, person_ids: Collection[str]) -> set[str]:
    """The names that some persons have there, cleaned."""
    return set(names.rows(*person_ids)["key"].to_list()) - {None}


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
    links = together(
        picked(pairs, person_id="person_a", kin="person_b", certain="certain"),
        picked(pairs, person_id="person_b", kin="person_a", certain="certain"),
    )
    near_of, teams_of = roster.keep_of_house("teams near each other", lambda: _near(roster))
    asked = roster["posts"]["post_id"] if posts is None else posts
    teams_asked = teams_of.rows(*asked)
    near = near_of.rows(*_each(teams_asked["team_id"]))
    sitting = picked(seats_at(roster, as_of), kin="person_id", seat="post_id")
    teams = picked(teams_of.rows(*_each(sitting["seat"])), seat="post_id", near="team_id")
    met = links
    for each, key in (
        (joined(sitting, teams, "seat", how="inner"), "kin"),
        (near, "near"),
        (teams_asked, "team_id"),
    ):
        met = joined(met, each, key, how="inner")
    columns = ("person_id", "post_id", "kin", "certain")
    met = first_of_each(picked(_ELSEWHERE.filter(met), *columns), *columns)
    met = joined(met, picked(roster["persons"], kin="person_id", kin_name="name"), "kin")
    everywhere = crossed(_placeless(roster, law), asked.to_frame("post_id"))
    met = together(met, picked(everywhere, *met.columns))
    if not met.height:
        return NO_KIN
    order = ("person_id", "post_id", "kin", "kin_name")
    return (
        ordered(met, *order, nulls_last=True)
        .group_by("person_id", "post_id", maintain_order=True)
        .agg(
            _names(pl.col("certain")).alias("kin_seated"),
            _names(~pl.col("certain")).alias("kin_to_confirm"),
        )
    )


_ELSEWHERE = Step(lambda: {"is_kept": pl.col("seat") != pl.col("post_id")})
NO_KIN = pl.DataFrame(
    schema=dict.fromkeys(("person_id", "post_id", "kin_seated", "kin_to_confirm"), pl.String())
)
"""`kin_seated` where there are none."""


def _each(values: pl.Series) -> Sequence[str]:
    """Each text once."""
    return sorted(set(values.to_list()) - {None})


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
    relatives = _OPEN.filter(roster["relatives"])
    columns = ("person_id", "relative_no", "relation", "relation_text", "is_linked")
    named = _AS_LINKED.select(_NAMED.filter(relatives), *columns)
    people = _PEOPLE.select(roster["persons"])
    # Only the name agrees: a pair to confirm, unless the birth months contradict each other.
    listed = _LISTED.select(_UNNAMED.filter(relatives), *columns[:-1])
    guessed = _GUESSED.add(_MAY_BE.filter(joined(listed, people, "key", how="inner")))
    return together(named, picked(guessed, *named.columns))


_OPEN = Step(lambda: {"is_kept": pl.col("is_linked").fill_null(True)})
_NAMED = Step(lambda: {"is_kept": pl.col("relative_person_id").is_not_null()})
_UNNAMED = Step(lambda: {"is_kept": pl.col("relative_person_id").is_null()})
_AS_LINKED = Step(lambda: {"other": pl.col("relative_person_id"), "fits": pl.lit(True)})
_PEOPLE = Step(
    lambda: {"other": pl.col("person_id"), "key": _clean("name"), "born": pl.col("birth") // 100}
)
_LISTED = Step(lambda: {"key": _clean("name"), "listed_born": pl.col("birth") // 100})
_MAY_BE = Step(lambda: {"is_kept": _may_be_equal(pl.col("listed_born"), pl.col("born"))})
_GUESSED = Step(
    lambda: {
        "is_linked": pl.lit(None, pl.Boolean),
        "fits": pl.col("listed_born").is_not_null() & pl.col("born").is_not_null(),
    }
)


def _placeless(roster: Roster, law: LawAt) -> pl.DataFrame:
    """Relatives whose link is confirmed or open, and who fit nobody by name and birth.

    `kin_name` is the name as the form has it.
    """
    keys = ("person_id", "relative_no")
    linked = first_of_each(picked(_FITS.filter(_linked(roster)), *keys), *keys)
    relatives = _kin_among(law).filter(_OPEN.filter(roster["relatives"]))
    return _SOMEBODY.select(
        _IS_NOBODY.filter(joined(relatives, _PLACED.add(linked), *keys)), keys[0]
    )


_FITS = Step(lambda: {"is_kept": pl.col("fits")})
_PLACED, _IS_NOBODY = (
    Step(lambda: {"is_placed": pl.lit(True)}),
    Step(lambda: {"is_kept": pl.col("is_placed").is_null()}),
)
_SOMEBODY = Step(
    lambda: {
        "kin": pl.lit(None, pl.String),
        "certain": pl.lit(False),
        "kin_name": pl.coalesce("name", "relation_text", pl.lit("—")),
    }
)


def _clean(column: str) -> pl.Expr:
    if is_reading():
        return by_name("clean_name", pl.col(column))
    return pl.col(column).map_batches(_cleaned, return_dtype=pl.String, is_elementwise=True)


def _cleaned(names: pl.Series) -> pl.Series:
    """`clean_name` of each; most names are Chinese characters throughout and stay as they are."""
    unclean = (~names.str.contains(_PLAIN)).fill_null(False)
    if not unclean.any():
        return names
    cleaned = [clean_name(name) for name in names.filter(unclean)]
    return names.clone().scatter(unclean.arg_true(), cleaned)


FUNCTIONS["clean_name"] = lambda name: None if name is None else clean_name(name)


def _may_be_equal(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two births as YYYYMM with 00 for an unknown month: whether they can be the same."""
    vague = (one % 100 == 0) | (other % 100 == 0)
    return pl.when(vague).then(one // 100 == other // 100).otherwise(one == other).fill_null(True)


def _names(chosen: pl.Expr) -> pl.Expr:
    names = pl.col("kin_name").filter(chosen)
    return pl.when(names.len() > 0).then(names.str.join("、"))
