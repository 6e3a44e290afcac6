"""Accepted items of a package put into the receiving roster: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from banzi.documents.comparing.difference_book import NOT_FREE, UNKNOWN_ITEM, Answer, Answered
from banzi.documents.exchange.identities import in_our_ids
from banzi.documents.exchange.left_out import is_text_about_left
from banzi.documents.exchange.merging import MergeItem, MergePlan
from banzi.documents.exchange.package_reading import Package
from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster

COMPLETENESS_ALONE = MessageKind(
    "exchange/completeness-alone",
    _("{name}的“{table}”完整性说明采用了表二，该项内容却没有全部采用；请一并采用或都不采用"),
)
INCOMPLETE = MessageKind(
    "exchange/incomplete", _("所选各项合在一起还缺前提（如职位采用了、所属机构没有）：{problem}")
)


def apply_merge(
    roster: Roster, package: Package, plan: MergePlan, answers: Sequence[Answered]
) -> Roster:
    """The roster with the accepted items in it; what is not accepted stays as it is.

    Raises
    ------
    BadInput
        Answers about nothing, a statement of completeness without its rows, or rows that would
        stand without what they refer to: all of them.
    """
    known = {item.shown.item_id: item for item in plan.items}
    problems = ProblemLog()
    chosen: set[str] = set()
    for given in answers:
        item = known.get(given.item_id)
        if item is None or item.shown.fingerprint != given.fingerprint:
            problems.add(UNKNOWN_ITEM(), given.at)
        elif given.answer is Answer.OTHER:
            problems.add(NOT_FREE(), given.at)
        elif given.answer is Answer.SECOND:
            chosen.add(given.item_id)
    accepted = [item for item in plan.items if item.shown.item_id in chosen]
    _refuse_bare_completeness(plan.items, chosen, problems)
    problems.stop_if_any()
    theirs = in_our_ids(package.roster, plan.ids)
    tables = dict(roster.tables)
    if without := package.about.without:  # a list of kept texts is replaced as far as it was told
        name = "texts_as_written"
        untold = tables[name].filter(is_text_about_left(without))
        theirs[name] = pl.concat([theirs[name], untold])
    _add_new(tables, theirs, [item.here for item in accepted if item.is_new])
    for item in accepted:
        if not item.is_new:
            for name in item.tables:
                tables[name] = _with_item(tables[name], theirs, item, name)
    tables["sources"] = _with_sources(tables, package.roster)
    used = set(tables["persons"]["photo_sha256"].drop_nulls())
    given_photos = {d: data for d, data in package.roster.photos.items() if d in used}
    merged = Roster(roster.as_of, tables, {**given_photos, **roster.photos})
    before = {str(each.message) for each in check_roster(roster)}
    for each in check_roster(merged):
        if str(each.message) not in before:
            problems.add(INCOMPLETE(problem=each.message), each.at)
    problems.stop_if_any()
    return merged


def _refuse_bare_completeness(
    items: Iterable[MergeItem], chosen: set[str], problems: ProblemLog
) -> None:
    """ "No sanctions on record" may only be said with the record it was said of."""
    open_tables = {
        (item.here, name)
        for item in items
        if item.shown.item_id not in chosen
        for name in item.tables
    }
    for item in items:
        if item.tables == ("completeness",) and item.shown.item_id in chosen:
            here, name = item.key
            if (here, name) in open_tables:
                table = TABLES[name].zh if name in TABLES else name
                problems.add(COMPLETENESS_ALONE(name=item.shown.person, table=table))


def _add_new(
    tables: dict[str, pl.DataFrame], theirs: Mapping[str, pl.DataFrame], persons: Sequence[str]
) -> None:
    """Everything about persons who are new, table by table."""
    if not persons:
        return
    findings = theirs["findings"].filter(pl.col("person_id").is_in(persons))["finding_id"]
    for name, table in TABLES.items():
        if name == "decisions":
            rows = theirs[name].filter(pl.col("finding_id").is_in(findings.implode()))
            rows = rows.join(tables[name], on="finding_id", how="anti")
        elif "person_id" in table:
            rows = theirs[name].filter(pl.col("person_id").is_in(persons))
            if name == "findings":
                rows = rows.join(tables[name], on="finding_id", how="anti")
        else:
            continue
        tables[name] = _appended(tables[name], rows, name)


def _appended(frame: pl.DataFrame, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return pl.concat([frame, _numbered(frame, rows) if name == "seats" else rows])


def _numbered(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Seats under their own numbers where these are free, else under the next ones."""
    taken = set(frame["seat_no"])
    following = max([*taken, *rows["seat_no"], 0]) + 1
    numbers = []
    for number in rows["seat_no"]:
        if number in taken:
            number, following = following, following + 1
        taken.add(number)
        numbers.append(number)
    return rows.with_columns(pl.Series("seat_no", numbers, dtype=pl.Int64))


def _with_item(
    frame: pl.DataFrame, theirs: Mapping[str, pl.DataFrame], item: MergeItem, name: str
) -> pl.DataFrame:
    other = theirs[name]
    if item.column:
        return _with_value(frame, other, item, TABLES[name].key)
    if name == "post_teams":
        post = pl.col("post_id") == item.key[0]
        return pl.concat([frame.filter(~post), other.filter(post)])
    if name in ("findings", "decisions"):
        found = theirs["findings"].filter(pl.col("person_id") == item.here)["finding_id"]
        rows = other.filter(pl.col("finding_id").is_in(found.implode()))
        return pl.concat([frame, rows.join(frame, on="finding_id", how="anti")])
    if name == "seats":
        known = pl.col("post_id").is_in(theirs["posts"]["post_id"].implode())
        own = pl.col("person_id") == item.here
        return _appended(frame.filter(~(own & known)), other.filter(own), name)
    if item.key:
        same = _same_key(TABLES[name].key, item.key)
        return pl.concat([frame.filter(~same), other.filter(same)])
    own = pl.col("person_id") == item.here
    rows = other.filter(own)
    if name == "relatives":
        rows = _with_links(rows, frame.filter(own))
    return pl.concat([frame.filter(~own), rows])


def _with_links(rows: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """Their relatives with what we know of the same ones and the package's border cut off."""
    who, cut = ["relation_text", "name"], ["relative_person_id", "is_linked", "id_number"]
    known = ours.select(*who, *cut).unique(subset=who, keep="none")
    joined = rows.join(known, on=who, how="left", suffix="_ours", maintain_order="left")
    both = (pl.coalesce(name, f"{name}_ours").alias(name) for name in cut)
    return joined.with_columns(both).select(rows.columns)


def _with_value(
    frame: pl.DataFrame, other: pl.DataFrame, item: MergeItem, key: tuple[str, ...]
) -> pl.DataFrame:
    same = _same_key(key, item.key)
    value = other.filter(same)[item.column][0]
    taken = pl.lit(value, dtype=frame.schema[item.column])
    return frame.with_columns(
        pl.when(same).then(taken).otherwise(pl.col(item.column)).alias(item.column)
    )


def _same_key(names: tuple[str, ...], values: tuple[Any, ...]) -> pl.Expr:
    return pl.all_horizontal(
        pl.col(name) == value for name, value in zip(names, values, strict=True)
    )


def _with_sources(tables: Mapping[str, pl.DataFrame], package: Roster) -> pl.DataFrame:
    """Sources of what was accepted, where the roster does not have them yet."""
    used: set[str] = set()
    for name, frame in tables.items():
        if name != "sources" and "source_id" in frame.columns:
            used.update(frame["source_id"].drop_nulls().unique())
    wanted = package["sources"].filter(pl.col("source_id").is_in(sorted(used)))
    return pl.concat(
        [tables["sources"], wanted.join(tables["sources"], on="source_id", how="anti")]
    )
