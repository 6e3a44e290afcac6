"""Classes of facts that stay out of a package, and how a package keeps silent about them.

Left out on request, or because whoever gives may not give them (`left_out_for`). A package says
which classes it leaves out, so that nobody reads "none" where nothing was told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from banzi.kernel.columns import FieldClass, Labelled
from banzi.roster import TABLES


class Without(Labelled):
    """Classes of facts that can be left out of a package."""

    FINDINGS = "findings", "疑点和裁定", "findings and decisions"
    SANCTIONS = "sanctions", "处分和奖惩", "sanctions and awards"
    CONCLUSIONS = "conclusions", "结论", "conclusions"
    ASSESSMENTS = "assessments", "考核", "assessments"
    RELATIVES = "relatives", "家庭成员", "relatives"
    PHOTOS = "photos", "照片", "photos"
    ID_NUMBERS = "id-numbers", "身份证号", "ID numbers"
    HEALTH = "health", "健康状况", "health"
    EXTRAS = "extras", "表中未识别的元素", "unknown form elements"


_TABLES: dict[Without, tuple[str, ...]] = {
    Without.FINDINGS: ("findings", "decisions"),
    Without.SANCTIONS: ("sanctions", "awards"),
    Without.CONCLUSIONS: ("conclusions", "waivers"),
    Without.ASSESSMENTS: ("assessments",),
    Without.RELATIVES: ("relatives",),
    Without.EXTRAS: ("form_extras",),
}
_COLUMNS: dict[Without, tuple[tuple[str, str], ...]] = {
    Without.SANCTIONS: (("persons", "awards_text"),),
    Without.ASSESSMENTS: (("persons", "assessments_text"),),
    Without.PHOTOS: (("persons", "photo_sha256"),),
    Without.ID_NUMBERS: (("persons", "id_number"), ("relatives", "id_number")),
    Without.HEALTH: (("persons", "health"),),
}
_OF_CLASS: dict[FieldClass, tuple[Without, ...]] = {
    FieldClass.IDENTITY: (Without.FINDINGS, Without.ID_NUMBERS, Without.HEALTH, Without.EXTRAS),
    FieldClass.FAMILY: (Without.RELATIVES,),
    FieldClass.FINDINGS: (Without.SANCTIONS, Without.CONCLUSIONS),
}
"""What a field class is about; findings quote what they found, an ID number at times."""


def left_tables(without: Iterable[Without]) -> frozenset[str]:
    """Tables that a package without these classes is silent about."""
    return frozenset(name for each in without for name in _TABLES.get(each, ()))


def left_columns(without: Iterable[Without]) -> frozenset[tuple[str, str]]:
    """Columns that a package without these classes is silent about."""
    return frozenset(pair for each in without for pair in _COLUMNS.get(each, ()))


def left_out_for(held: Collection[FieldClass]) -> tuple[Without, ...]:
    """What must stay out when only facts of these field classes may be given."""
    shut = {each for kind, about in _OF_CLASS.items() if kind not in held for each in about}
    return tuple(each for each in Without if each in shut)


def classes_in(without: Collection[Without]) -> frozenset[FieldClass]:
    """The field classes of which something is in a package without these."""
    told = {kind for kind, about in _OF_CLASS.items() if not set(about) <= set(without)}
    return frozenset({FieldClass.BASIC, *told})


def silent_about_left(
    tables: Mapping[str, pl.DataFrame], without: Collection[Without]
) -> dict[str, pl.DataFrame]:
    """The tables without a statement of completeness, a finding or a kept text about what is left."""
    kept = dict(tables)
    if not without:
        return kept
    left = sorted(left_tables(without))
    kept["completeness"] = kept["completeness"].filter(~pl.col("table_name").is_in(left))
    about = pl.col("table_name").is_in(left).fill_null(False)
    of_column = (pl.col("table_name") == "persons") & pl.col("column_name").is_in(_named(without))
    kept["findings"] = kept["findings"].filter(~about & ~of_column.fill_null(False))
    kept["texts_as_written"] = kept["texts_as_written"].filter(~is_text_about_left(without))
    return kept


def is_text_about_left(without: Collection[Without]) -> pl.Expr:
    """Whether a row of `texts_as_written` is about what is left out."""
    column, left = pl.col("column_name"), sorted(left_tables(without))
    return column.is_in(_named(without)) | column.str.split(".").list.first().is_in(left)


def without_left(
    tables: Mapping[str, pl.DataFrame], without: Collection[Without]
) -> dict[str, pl.DataFrame]:
    """The tables with what is left out gone, and silent about it."""
    kept = dict(tables)
    for name in left_tables(without):
        kept[name] = kept[name].clear()
    for name, column in left_columns(without):
        nothing = pl.lit(None, dtype=TABLES[name][column].dtype).alias(column)
        kept[name] = kept[name].with_columns(nothing)
    return silent_about_left(kept, without)


def _named(without: Collection[Without]) -> list[str]:
    return sorted(column for name, column in left_columns(without) if name == "persons")
