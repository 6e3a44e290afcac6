"""Functions of a row made of functions of a row, as Polars joins expressions: null of null, Kleene.

Values are truths, whole numbers, texts and dates; where others are met, or two of different kinds,
`OtherKindError` is raised, since Polars finds a common kind in its own way.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from banzi.kernel.dates import add_months

Row = Mapping[str, Any]
"""Values by column."""

Function = Callable[[Any], Any]
"""Of a row; of a list of rows where the expression makes one value of several."""


class OtherKindError(ValueError):
    """Values met in a row that are of other kinds than are known here."""


PLAIN = frozenset({bool, int, str, date, type(None)})


def both(left: Function, right: Function) -> Function:
    """Kleene's and; of whole numbers their common bits."""

    def worked(row: Row) -> Any:
        one, other = left(row), right(row)
        if type(one) is int and type(other) is int:
            return one & other
        one, other = truth(one), truth(other)
        if one is False or other is False:
            return False
        return None if one is None or other is None else True

    return worked


def either(left: Function, right: Function) -> Function:
    """Kleene's or; of whole numbers the bits of both."""

    def worked(row: Row) -> Any:
        one, other = left(row), right(row)
        if type(one) is int and type(other) is int:
            return one | other
        one, other = truth(one), truth(other)
        if one is True or other is True:
            return True
        return None if one is None or other is None else False

    return worked


def truth(value: Any) -> bool | None:
    """The value, which must be a truth."""
    if value is None or value is True or value is False:
        return value
    raise OtherKindError(value)


def of_two(
    work: Callable[[Any, Any], Any], left: Function, right: Function, kinds: frozenset[type]
) -> Function:
    """Null of null; both of one kind, since Polars would find a common one in its own way."""

    def worked(row: Row) -> Any:
        one, other = left(row), right(row)
        if one is None or other is None:
            return None
        kind = type(one)
        if kind is not type(other) or kind not in kinds:
            raise OtherKindError(one, other)
        return work(one, other)

    return worked


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtEq": operator.le,
    "Gt": operator.gt,
    "GtEq": operator.ge,
}


NUMBERS: dict[str, Callable[[int, int], int | None]] = {
    "Plus": operator.add,
    "Minus": operator.sub,
    "Multiply": operator.mul,
    "FloorDivide": lambda one, other: one // other if other else None,
    "Modulus": lambda one, other: one % other if other else None,
}


def checked(value: Function, kinds: frozenset[type]) -> Function:
    """The same, refusing other kinds."""

    def worked(row: Row) -> Any:
        found = value(row)
        if found is not None and type(found) not in kinds:
            raise OtherKindError(found)
        return found

    return worked


def joined(values: list[Function]) -> Function:
    """Texts one after the other; null where one is."""

    def worked(row: Row) -> str | None:
        parts = [value(row) for value in values]
        return None if None in parts else "".join(parts)

    return worked


def of_known(
    chosen: Callable[[list[Any]], Any], values: list[Function], empty: int | None = None
) -> Function:
    """The least, the greatest or the sum of what is not null."""

    def found(row: Row) -> Any:
        known = [each for value in values if (each := value(row)) is not None]
        if len({type(each) for each in known}) > 1:
            raise OtherKindError(known)
        return chosen(known) if known else empty

    return found


def first_known(values: list[Function]) -> Function:
    """The first that is not null."""

    def first(row: Row) -> Any:
        for value in values:
            found = value(row)
            if found is not None:
                return found
        return None

    return first


def bounded(chosen: Callable[[Any, Any], Any], value: Function, bound: Function) -> Function:
    """The least or greatest of a number and a bound; without a bound the number."""

    def worked(row: Row) -> Any:
        found, end = value(row), bound(row)
        if found is None or end is None:
            return found
        if type(found) is not int or type(end) is not int:
            raise OtherKindError(found, end)
        return chosen(found, end)

    return worked


def months_later(value: Function, step: Function) -> Function:
    """A day so much later as a text like `36mo` or `-5y` says."""

    def later(row: Row) -> date | None:
        found, by = value(row), step(row)
        if found is None or by is None:
            return None
        parts = _MONTHS.fullmatch(by)
        if parts is None:
            raise OtherKindError(by)
        return add_months(found, int(parts[1]) * (12 if parts[2] == "y" else 1))

    return later


_MONTHS = re.compile(r"(-?\d+)(mo|y)")


def known_of_one_kind(values: list[Any]) -> list[Any]:
    """What is not null: whole numbers alone, or dates alone."""
    known = [each for each in values if each is not None]
    kinds = {type(each) for each in known}
    if len(kinds) > 1 or kinds - {int, date}:
        raise OtherKindError(known)
    return known


AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "First": lambda values: values[0] if values else None,
    "Max": lambda values: max(known_of_one_kind(values), default=None),
    "Min": lambda values: min(known_of_one_kind(values), default=None),
    "Sum": lambda values: sum(known_of_one_kind(values)),
    "NUnique": lambda values: len(set(values)),
}
