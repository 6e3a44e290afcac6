"""A rule's expressions over a single row, without the cost of a frame.

Polars plans and runs a step over a million rows as fast as over one: some microseconds for each
operation of each expression. A rule asked about one person and one post is 99 parts planning, so
its expressions are taken as Polars writes them down (`Expr.meta.serialize`) and made into plain
functions of the row. What a rule says stays said once, as an expression; an operation that is not
known here gives no function, and Polars does it.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import StringIO
from typing import Any

import polars as pl

from banzi.kernel.logic import negate

Row = Mapping[str, Any]
Function = Callable[[Row], Any]


class _NotKnownHereError(Exception):
    """An operation, or a kind of value, that only Polars does."""


class OtherKindError(ValueError):
    """Values met in a row that are of other kinds than are known here."""


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
    if any(type(each) not in _PLAIN for each in values):
        raise _NotKnownHereError
    return value


_PLAIN = frozenset({bool, int, str, date, type(None)})


def _binary(given: dict[str, Any]) -> Function:
    left, right = _function(given["left"]), _function(given["right"])
    name = given["op"]
    if name == "And":
        return _and(left, right)
    if name == "Or":
        return _or(left, right)
    if name in _COMPARISONS:
        return _of_two(_COMPARISONS[name], left, right, _PLAIN)
    if name in _NUMBERS:
        return _of_two(_NUMBERS[name], left, right, frozenset({int}))
    raise _NotKnownHereError


def _and(left: Function, right: Function) -> Function:
    def both(row: Row) -> bool | None:
        one, other = _truth(left(row)), _truth(right(row))
        if one is False or other is False:
            return False
        return None if one is None or other is None else True

    return both


def _or(left: Function, right: Function) -> Function:
    def either(row: Row) -> bool | None:
        one, other = _truth(left(row)), _truth(right(row))
        if one is True or other is True:
            return True
        return None if one is None or other is None else False

    return either


def _truth(value: Any) -> bool | None:
    if value is None or value is True or value is False:
        return value
    raise OtherKindError(value)


def _of_two(
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


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtEq": operator.le,
    "Gt": operator.gt,
    "GtEq": operator.ge,
}
_NUMBERS: dict[str, Callable[[int, int], int | None]] = {
    "Plus": operator.add,
    "Minus": operator.sub,
    "Multiply": operator.mul,
    "FloorDivide": lambda one, other: one // other if other else None,
    "Modulus": lambda one, other: one % other if other else None,
}


def _ternary(given: dict[str, Any]) -> Function:
    predicate = _function(given["predicate"])
    truthy, falsy = _function(given["truthy"]), _function(given["falsy"])
    return lambda row: truthy(row) if _truth(predicate(row)) else falsy(row)


def _cast(given: dict[str, Any]) -> Function:
    if given["options"] != "Strict":
        raise _NotKnownHereError
    value, dtype = _function(given["expr"]), given["dtype"]
    if dtype == {"Literal": "Date"}:
        return _checked(value, frozenset({date}))
    if dtype in ({"Literal": "Int64"}, {"Literal": "UInt8"}):
        whole = _checked(value, frozenset({bool, int}))

        def number(row: Row) -> int | None:
            found = whole(row)
            return None if found is None else int(found)

        return number
    raise _NotKnownHereError


def _checked(value: Function, kinds: frozenset[type]) -> Function:
    def checked(row: Row) -> Any:
        found = value(row)
        if found is not None and type(found) not in kinds:
            raise OtherKindError(found)
        return found

    return checked


def _call(given: dict[str, Any]) -> Function:
    name, inputs = given["function"], given["input"]
    if isinstance(name, dict):
        ((group, name),) = name.items()
        if group == "Boolean" and isinstance(name, dict) and name == _IS_IN:
            return _is_in(*inputs)
        if group == "StringExpr" and name == _CONTAINS:
            return _contains(*inputs)
        if group == "TemporalExpr" and name == _MIDNIGHT:
            return _day(inputs)
        if group == "Clip" and name == {"has_min": True, "has_max": False}:
            return _at_least(*map(_function, inputs))
        if group != "Boolean" or not isinstance(name, str):
            raise _NotKnownHereError
    values = [_function(each) for each in inputs]
    match name:
        case "Not":
            (value,) = values
            return lambda row: negate(_truth(value(row)))
        case "IsNull":
            (value,) = values
            return lambda row: value(row) is None
        case "IsNotNull":
            (value,) = values
            return lambda row: value(row) is not None
        case "FillNull" | "Coalesce":
            return _first_known(values)
    raise _NotKnownHereError


_IS_IN = {"IsIn": {"nulls_equal": False}}
_CONTAINS = {"Contains": {"literal": True, "strict": False}}
_MIDNIGHT = {"DatetimeFunction": {"time_unit": "Microseconds", "time_zone": None}}


def _first_known(values: list[Function]) -> Function:
    def first(row: Row) -> Any:
        for value in values:
            found = value(row)
            if found is not None:
                return found
        return None

    return first


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


def _at_least(value: Function, least: Function) -> Function:
    def bounded(row: Row) -> Any:
        found, bound = value(row), least(row)
        if found is None or bound is None:
            return found
        if type(found) is not int or type(bound) is not int:
            raise OtherKindError(found, bound)
        return found if found >= bound else bound

    return bounded


_KINDS: dict[str, Callable[[Any], Function]] = {
    "Column": _column,
    "Literal": _literal,
    "BinaryExpr": _binary,
    "Ternary": _ternary,
    "Cast": _cast,
    "Alias": lambda given: _function(given[0]),
    "Function": _call,
}
