"""Expressions over a single row, without the cost of a frame.

Polars plans a step over one row as it does over a million: some microseconds for each operation of
each expression. What is asked about one person and one post is 99 parts planning, so expressions
are taken as Polars writes them down (`Expr.meta.serialize`) and made into plain functions of the
row. What is said stays said once, as an expression; an operation that is not known here gives no
function, and Polars does it.

A function of ours that Polars calls cannot be written down. It stands in an expression by its name
(`by_name`) while that is read here (`reading`); `FUNCTIONS` tells what it does to one row.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from io import StringIO
from typing import Any

import polars as pl

from banzi.kernel.logic import any_of, negate
from banzi.kernel.row_functions import (
    AGGREGATES,
    COMPARISONS,
    NUMBERS,
    PLAIN,
    Function,
    OtherKindError,
    Row,
    both,
    bounded,
    checked,
    either,
    first_known,
    joined,
    months_later,
    of_known,
    of_two,
    truth,
)

FUNCTIONS: dict[str, Callable[..., Any]] = {}
"""What stands in expressions by its name: values in, value out."""

_NAMED = "@"
_READING: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """While expressions are made in order to be read here."""
    token = _READING.set(True)
    try:
        yield
    finally:
        _READING.reset(token)


def is_reading() -> bool:
    """Whether an expression that is being made will be read here, and not run by Polars."""
    return _READING.get()


def by_name(name: str, *given: pl.Expr) -> pl.Expr:
    """What one of `FUNCTIONS` says of some values, in an expression that is only read here."""
    return pl.concat_str(pl.lit(_NAMED + name), *given)


class _NotKnownHereError(Exception):
    """An operation, or a kind of value, that only Polars does."""


def function_of(expression: pl.Expr) -> Function | None:
    """What an expression gives for one row; None where only Polars can tell.

    The function takes the row's values by column, dates as `date`, and raises `OtherKindError`
    where it turns out to be about other kinds of values than truths, whole numbers, texts and
    dates.
    """
    try:
        return _function(json.loads(expression.meta.serialize(format="json")))
    except (_NotKnownHereError, pl.exceptions.PolarsError, ValueError):
        return None


def _function(node: Any) -> Function:
    if node == "Len":
        return len
    if not isinstance(node, dict) or len(node) != 1:
        raise _NotKnownHereError
    ((kind, given),) = node.items()
    make = _KINDS.get(kind)
    if make is None:
        raise _NotKnownHereError
    return make(given)


def _column(name: str) -> Function:
    return operator.itemgetter(name)


def _literal(given: Any) -> Function:
    match given:
        case {"Dyn": {"Int": int(number)}}:
            value: Any = number
        case {"Scalar": {"Null": _dtype}}:
            value = None
        case {"Scalar": {"Boolean": bool(known) | str(known)}}:
            value = known
        case {"Scalar": {"Date": int(days)}}:
            value = date(1970, 1, 1) + timedelta(days=days)
        case {"Scalar": {"String": str(known)}}:
            value = known
        case _:
            value = _plain(_by_polars({"Literal": given}))
    return lambda row: value


def _by_polars(node: Any) -> Any:
    """The value of something that reads no column."""
    expression = pl.Expr.deserialize(StringIO(json.dumps(node)), format="json")
    (found,) = pl.select(expression).to_series().to_list()
    return found


def _plain(value: Any) -> Any:
    values = value if isinstance(value, list) else [value]
    if any(type(each) not in PLAIN for each in values):
        raise _NotKnownHereError
    return value


def _binary(given: dict[str, Any]) -> Function:
    left, right = _function(given["left"]), _function(given["right"])
    name = given["op"]
    if name == "And":
        return both(left, right)
    if name == "Or":
        return either(left, right)
    if name in COMPARISONS:
        return of_two(COMPARISONS[name], left, right, PLAIN)
    if name in NUMBERS:
        return of_two(NUMBERS[name], left, right, frozenset({int}))
    raise _NotKnownHereError


def _ternary(given: dict[str, Any]) -> Function:
    predicate = _function(given["predicate"])
    truthy, falsy = _function(given["truthy"]), _function(given["falsy"])
    return lambda row: truthy(row) if truth(predicate(row)) else falsy(row)


def _cast(given: dict[str, Any]) -> Function:
    if given["options"] != "Strict":
        raise _NotKnownHereError
    value, dtype = _function(given["expr"]), given["dtype"]
    if dtype == {"Literal": "Date"}:
        return checked(value, frozenset({date}))
    limits = _WHOLE.get(dtype["Literal"]) if isinstance(dtype.get("Literal"), str) else None
    if limits is None:
        raise _NotKnownHereError
    whole, (least, most) = checked(value, frozenset({bool, int})), limits

    def number(row: Row) -> int | None:
        found = whole(row)
        if found is not None and not least <= found <= most:
            raise OtherKindError(found)
        return None if found is None else int(found)

    return number


_WHOLE = {
    "UInt8": (0, 255),
    "UInt16": (0, 2**16 - 1),
    "UInt32": (0, 2**32 - 1),
    "Int16": (-(2**15), 2**15 - 1),
    "Int32": (-(2**31), 2**31 - 1),
    "Int64": (-(2**63), 2**63 - 1),
}


def _call(given: dict[str, Any]) -> Function:
    name, inputs = given["function"], given["input"]
    if isinstance(name, dict):
        return _call_of_group(name, inputs)
    values = [_function(each) for each in inputs]
    match name:
        case "FillNull" | "Coalesce":
            return first_known(values)
        case "MinHorizontal":
            return of_known(min, values)
        case "MaxHorizontal":
            return of_known(max, values)
    raise _NotKnownHereError


def _call_of_group(name: dict[str, Any], inputs: list[Any]) -> Function:
    match name:
        case {"Boolean": "Not"}:
            (value,) = map(_function, inputs)
            return lambda row: negate(truth(value(row)))
        case {"Boolean": "IsNull"}:
            (value,) = map(_function, inputs)
            return lambda row: value(row) is None
        case {"Boolean": "IsNotNull"}:
            (value,) = map(_function, inputs)
            return lambda row: value(row) is not None
        case {"Boolean": "AnyHorizontal"}:
            values = [_function(each) for each in inputs]
            return lambda row: any_of([truth(each(row)) for each in values])
        case {"Boolean": {"Any": {"ignore_nulls": True}}}:
            return _of_rows(lambda values: any(map(truth, values)), *inputs)
        case {"Boolean": {"All": {"ignore_nulls": True}}}:
            return _of_rows(lambda values: False not in map(truth, values), *inputs)
        case {"Boolean": {"IsIn": {"nulls_equal": False}}}:
            return _is_in(*inputs)
        case {"StringExpr": {"Contains": {"literal": True}}}:
            return _contains(*inputs)
        case {"StringExpr": {"ConcatHorizontal": _}}:
            return _named(inputs)
        case {"TemporalExpr": {"DatetimeFunction": {"time_zone": None}}}:
            return _day(inputs)
        case {"TemporalExpr": {"TotalDays": {"fractional": False}}}:
            return _days_between(*inputs)
        case {"TemporalExpr": "OffsetBy"}:
            return months_later(*map(_function, inputs))
        case {"SumHorizontal": {"ignore_nulls": True}}:
            return of_known(sum, [checked(_function(each), frozenset({int})) for each in inputs], 0)
        case {"Clip": {"has_min": True, "has_max": True}}:
            value, least, most = map(_function, inputs)
            return bounded(min, bounded(max, value, least), most)
        case {"Clip": {"has_min": True, "has_max": False}}:
            return bounded(max, *map(_function, inputs))
        case {"Clip": {"has_min": False, "has_max": True}}:
            return bounded(min, *map(_function, inputs))
    raise _NotKnownHereError


def _named(inputs: list[Any]) -> Function:
    match inputs[0]:
        case {"Literal": {"Scalar": {"String": str(name)}}} if name.startswith(_NAMED):
            work = FUNCTIONS[name.removeprefix(_NAMED)]
        case _:
            return joined([_function(each) for each in inputs])
    values = [_function(each) for each in inputs[1:]]
    if len(values) == 1:
        (value,) = values
        return lambda row: work(value(row))
    return lambda row: work(*[value(row) for value in values])


def _is_in(value_node: Any, list_node: Any) -> Function:
    value = _function(value_node)
    members = _by_polars(list_node)
    if not isinstance(members, list):
        raise _NotKnownHereError
    kinds = {type(each) for each in _plain(members)}

    def inside(row: Row) -> bool | None:
        found = value(row)
        if found is None:
            return None
        if {type(found)} != kinds:
            raise OtherKindError(found)
        return found in members

    return inside


def _contains(text_node: Any, part_node: Any) -> Function:
    text, part = _function(text_node), _function(part_node)

    def contained(row: Row) -> bool | None:
        one, other = text(row), part(row)
        return None if one is None or other is None else other in one

    return contained


def _day(inputs: list[Any]) -> Function:
    """`pl.date`: year, month and day, and a time of day that is nought."""
    year, month, day = map(_function, inputs[:3])
    if any(each != {"Literal": {"Dyn": {"Int": 0}}} for each in inputs[3:7]):
        raise _NotKnownHereError

    def found(row: Row) -> date | None:
        parts = year(row), month(row), day(row)
        return None if None in parts else date(*parts)

    return found


def _days_between(node: Any) -> Function:
    match node:
        case {"BinaryExpr": {"left": left, "op": "Minus", "right": right}}:
            between = of_two(operator.sub, _function(left), _function(right), frozenset({date}))
        case _:
            raise _NotKnownHereError

    def days(row: Row) -> int | None:
        found = between(row)
        return None if found is None else found.days

    return days


def _aggregate(given: dict[str, Any]) -> Function:
    """One value of several rows, which are given in the place of the row."""
    ((kind, node),) = given.items()
    if isinstance(node, dict) and "input" in node and len(node) > 1:
        node = node["input"]
    work = AGGREGATES.get(kind)
    if work is None:
        raise _NotKnownHereError
    return _of_rows(work, node)


def _of_rows(work: Callable[[list[Any]], Any], node: Any) -> Function:
    match node:
        case {"Filter": {"input": inner, "by": condition}}:
            value, chosen = _function(inner), _function(condition)
            return lambda rows: work([value(row) for row in rows if truth(chosen(row))])
    value = _function(node)
    return lambda rows: work([value(row) for row in rows])


_KINDS: dict[str, Callable[[Any], Function]] = {
    "Column": _column,
    "Literal": _literal,
    "BinaryExpr": _binary,
    "Ternary": _ternary,
    "Cast": _cast,
    "Alias": lambda given: _function(given[0]),
    "Function": _call,
    "Agg": _aggregate,
}
