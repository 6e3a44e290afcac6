"""Conditions: a closed tree of (column, operator, value), three-valued, and its scalar meaning.

A missing fact makes a comparison unknown, never false. Dates and spans are compared by all the
values they may stand for: `birth >= 1980` is unknown for somebody born "1979 or 1980".
`evaluate` is the plain reading, one row at a time; `compiling` says the same to Polars and is held
to it by a property test. Not a language for programs: no arithmetic, no functions, no null test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from banzi.kernel.columns import Kind
from banzi.kernel.dates import PartialDate, month_of
from banzi.kernel.logic import Truth, all_of, any_of, negate
from banzi.structure.vocabulary import DATES, ORDERED, Vocabulary
from banzi.structure.vocabulary import Field as Word

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "starts_with"]
Scalar = bool | int | str
Value = bool | int | str | tuple[Scalar, ...]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Compare(_Node):
    """`column operator value`; a settled one has the identifier and a value of the right type.

    Settled values: integer as int, date and month as `YYYYMMDD` with zeros for what is left open,
    choice and code as the stored text, `in` as a tuple. A settled condition settles to itself.
    """

    column: str
    operator: Operator = "="
    value: Value


class AllOf(_Node):
    parts: tuple[Condition, ...] = Field(
        validation_alias="all", serialization_alias="all", min_length=1
    )


class AnyOf(_Node):
    parts: tuple[Condition, ...] = Field(
        validation_alias="any", serialization_alias="any", min_length=1
    )


class Not(_Node):
    part: Condition = Field(validation_alias="not", serialization_alias="not")


def _shape(data: Any) -> str:
    if isinstance(data, Mapping):
        return next((key for key in ("all", "any", "not") if key in data), "compare")
    shapes = ((AllOf, "all"), (AnyOf, "any"), (Not, "not"))
    return next((shape for kind, shape in shapes if isinstance(data, kind)), "compare")


Condition = Annotated[
    Annotated[Compare, Tag("compare")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_shape),
]
Tree = Compare | AllOf | AnyOf | Not

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


def comparisons(tree: Tree, positive: bool = True) -> Iterator[tuple[Compare, bool]]:
    """Every comparison, and whether it stands under an even number of negations."""
    match tree:
        case Compare():
            yield tree, positive
        case Not():
            yield from comparisons(tree.part, not positive)
        case AllOf() | AnyOf():
            for part in tree.parts:
                yield from comparisons(part, positive)


def evaluate(tree: Tree, row: Mapping[str, Any], words: Vocabulary) -> Truth:
    """Truth of a settled condition for one row of column name → value."""
    match tree:
        case AllOf():
            return all_of(evaluate(part, row, words) for part in tree.parts)
        case AnyOf():
            return any_of(evaluate(part, row, words) for part in tree.parts)
        case Not():
            return negate(evaluate(tree.part, row, words))
        case Compare():
            return _compare(tree, row, words[tree.column])


def period(value: Any, kind: Kind) -> tuple[Any, Any]:
    """Least and greatest ordered value that a settled value of this kind may stand for."""
    if kind in DATES:
        partial = PartialDate(value)
        return partial.earliest, partial.latest
    if kind is Kind.MONTH:
        month = month_of(PartialDate(value).earliest)
        return month, month
    return value, value


def _compare(comparison: Compare, row: Mapping[str, Any], word: Word) -> Truth:
    low, high = row.get(word.low), row.get(word.high)
    if low is None or high is None:
        return None
    if comparison.operator == "in":
        values = comparison.value
        assert isinstance(values, tuple)  # noqa: S101 - settled
        return any_of(_holds("=", low, high, value, word) for value in values)
    if comparison.operator == "!=":
        return negate(_holds("=", low, high, comparison.value, word))
    return _holds(comparison.operator, low, high, comparison.value, word)


def _holds(operator: str, low: Any, high: Any, value: Any, word: Word) -> Truth:
    if word.kind not in ORDERED:
        return bool(low.startswith(value)) if operator == "starts_with" else bool(low == value)
    if word.kind is Kind.PARTIAL_DATE:
        low, high = PartialDate(low).earliest, PartialDate(high).latest
    surely, surely_not = sureness(operator, low, high, *period(value, word.kind))
    if surely:
        return True
    return False if surely_not else None


def sureness(operator: str, low: Any, high: Any, least: Any, greatest: Any) -> tuple[Any, Any]:
    """Whether something between `low` and `high` surely compares so to something between `least` and
    `greatest`, and whether it surely does not; of values or of expressions over columns."""
    match operator:
        case ">=":
            return low >= least, high < least
        case "<=":
            return high <= greatest, low > greatest
        case "<":
            return high < least, low >= least
        case ">":
            return low > greatest, high <= greatest
        case _:
            return (low >= least) & (high <= greatest), (high < least) | (low > greatest)
