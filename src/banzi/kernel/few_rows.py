"""Frames put together, sorted and cut: over a few rows without the cost of a plan.

Polars plans a join of two rows as it does one of two million: some 200 microseconds, a sort or a
selection half of that. What is asked about one person does some hundred of them. Here few rows are
put together from their values, which takes a tenth; many are left to Polars.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from typing import Literal

import polars as pl

FEW = 40
"""Rows up to which values are taken one by one."""


def are_few(*frames: pl.DataFrame | pl.Series) -> bool:
    """Whether rows are so few that a plan costs more than they do."""
    return all(len(each) <= FEW for each in frames)


def picked(frame: pl.DataFrame, *names: str, **renamed: str) -> pl.DataFrame:
    """Columns as they are, then others under a new name (new name = old name); any frame."""
    kept = [frame.get_column(name) for name in names]
    return framed([*kept, *(frame.get_column(old).alias(new) for new, old in renamed.items())])


def framed(columns: list[pl.Series]) -> pl.DataFrame:
    """Columns of one length, at least one, side by side; `pl.DataFrame` takes three times as long."""
    return columns[0].to_frame().hstack(columns[1:])


def taken(frame: pl.DataFrame, places: Sequence[int]) -> pl.DataFrame:
    """The rows at some places, in that order."""
    if not places:
        return frame.slice(0, 0)
    if list(places) == list(range(places[0], places[-1] + 1)):
        return frame.slice(places[0], len(places)) if len(places) < frame.height else frame
    return frame[pl.Series(places, dtype=pl.UInt32)]


def joined(
    left: pl.DataFrame, right: pl.DataFrame, *on: str, how: Literal["left", "inner"] = "left"
) -> pl.DataFrame:
    """Rows of `left` with those of `right` that have the same keys; null keys are like no other.

    The order is that of `left`; an inner join of many rows keeps none.
    """
    added = [name for name in right.columns if name not in on]
    if not are_few(left, right) or not set(added).isdisjoint(left.columns):
        order: Literal["left", "none"] = "left" if how == "left" else "none"
        return left.join(right, on=list(on), how=how, maintain_order=order)
    places: dict[tuple[object, ...], list[int]] = {}
    for place, key in enumerate(_rows(right, on)):
        if None not in key:
            places.setdefault(key, []).append(place)
    without: list[int | None] = [None] if how == "left" else []
    met = [
        (own, place)
        for own, key in enumerate(_rows(left, on))
        for place in places.get(key, without)
    ]
    found = [place for _own, place in met]
    of_right = [_gathered(right.get_column(name), found) for name in added]
    return taken(left, [own for own, _place in met]).hstack(of_right)


def crossed(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Each row of `left` with each of `right`."""
    if not are_few(left, right):
        return left.join(right, how="cross")
    pairs = [(own, place) for own in range(left.height) for place in range(right.height)]
    found: list[int | None] = [place for _own, place in pairs]
    of_right = [_gathered(column, found) for column in right]
    return taken(left, [own for own, _place in pairs]).hstack(of_right)


def _rows(frame: pl.DataFrame, names: Sequence[str]) -> list[tuple[object, ...]]:
    return list(zip(*(frame.get_column(name).to_list() for name in names), strict=True))


def _gathered(column: pl.Series, places: list[int | None]) -> pl.Series:
    """Values at some places, null at none."""
    if places == list(range(len(column))):
        return column
    values = column.to_list()
    found = [None if place is None else values[place] for place in places]
    return pl.Series(column.name, found, dtype=column.dtype)


def ordered(
    frame: pl.DataFrame, *by: str, falling: Collection[str] = (), nulls_last: bool = False
) -> pl.DataFrame:
    """Rows sorted by some columns, those named `falling` from the greatest down.

    A few rows that are alike in all of them stay in their order; of many nobody can tell.
    """
    if not are_few(frame):
        return frame.sort(*by, descending=[name in falling for name in by], nulls_last=nulls_last)
    places = list(range(frame.height))
    for name in reversed(by):
        values = frame.get_column(name).to_list()
        known = [place for place in places if values[place] is not None]
        known.sort(key=values.__getitem__, reverse=name in falling)
        empty = [place for place in places if values[place] is None]
        places = known + empty if nulls_last else empty + known
    return taken(frame, places)


def first_of_each(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The first row of each combination of some columns, in the order of the frame."""
    if not are_few(frame):
        return frame.unique(list(keys), keep="first", maintain_order=True)
    places: dict[tuple[object, ...], int] = {}
    for place, key in enumerate(_rows(frame, keys)):
        places.setdefault(key, place)
    return taken(frame, list(places.values()))


def together(*frames: pl.DataFrame) -> pl.DataFrame:
    """Rows of frames with the same columns, one frame after the other."""
    known = [frame for frame in frames if frame.height] or list(frames[:1])
    if not are_few(*known):
        return pl.concat(known)
    return reduce(pl.DataFrame.vstack, known)


def is_among(values: pl.Series, members: pl.Series) -> pl.Series:
    """Whether each text is one of others; null of null."""
    if not are_few(values, members):
        return values.is_in(members.implode())
    known = set(members.to_list())
    found = [None if value is None else value in known for value in values.to_list()]
    return pl.Series(values.name, found, dtype=pl.Boolean)
