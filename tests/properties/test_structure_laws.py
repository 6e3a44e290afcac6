"""Laws of conditions and targets over random trees, facts and memberships."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders_structure import members
from tests.support.condition_trees import trees

from banzi.kernel.columns import POLARS_TYPES, Kind
from banzi.structure.compiling import expression
from banzi.structure.conditions import Compare, Tree, evaluate
from banzi.structure.indicators import measure
from banzi.structure.settling import condition
from banzi.structure.targets import Target
from banzi.structure.vocabulary import PERSON_WORDS, Field
from banzi.structure.wording import sentence

DAYS = st.dates(date(1975, 1, 1), date(1985, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> int:
    day = draw(DAYS)
    return draw(
        st.sampled_from(
            [
                day.year * 10000,
                day.year * 10000 + day.month * 100,
                day.year * 10000 + day.month * 100 + day.day,
            ]
        )
    )


def values_of(word: Field) -> st.SearchStrategy[Any]:
    if word.kind is Kind.BOOLEAN:
        return st.booleans()
    if word.kind in (Kind.PARTIAL_DATE, Kind.DATE):
        return partial_dates()
    if word.kind is Kind.MONTH:
        return DAYS.map(lambda day: day.year * 10000 + day.month * 100)
    if word.kind is Kind.INTEGER:
        return st.integers(0, 6)
    if word.choices is not None:
        return st.sampled_from([str(choice) for choice in word.choices])
    if word.codes:
        return st.sampled_from(
            {"ethnic_gbt3304": ["01", "05"], "political_gbt4762": ["01", "13"]}[word.codes]
        )
    return st.sampled_from(["甲省", "甲省乙市", "或者（且）", "丙"])


WORDS = [
    PERSON_WORDS[name]
    for name in (
        "sex",
        "ethnicity",
        "birth",
        "native_place",
        "birth_year",
        "is_party_member",
        "grassroots_months",
        "retirement_month",
        "political_status",
        "knows_finance",
    )
]


@st.composite
def comparisons(draw: st.DrawFn) -> Compare:
    word = draw(st.sampled_from(WORDS))
    ordered = word.kind in (Kind.INTEGER, Kind.MONTH, Kind.PARTIAL_DATE)
    operators = ["=", "!=", *(["<", "<=", ">", ">="] if ordered else [])]
    if word.kind is not Kind.BOOLEAN:
        operators.append("in")
    if word.kind is Kind.TEXT:
        operators.append("starts_with")
    operator = draw(st.sampled_from(operators))
    if operator == "in":
        value = tuple(draw(st.lists(values_of(word), min_size=1, max_size=3)))
    else:
        value = draw(values_of(word))
    return Compare(column=word.name, operator=operator, value=value)  # type: ignore[arg-type]


TREES = trees(comparisons(), 6)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for word in WORDS:
        if word.is_span:
            bounds = draw(st.none() | st.tuples(st.integers(0, 6), st.integers(0, 6)))
            low, high = (None, None) if bounds is None else sorted(bounds)
            row |= {word.low: low, word.high: high}
        else:
            held = values_of(word)
            if word.kind is Kind.MONTH:
                held = st.integers(12 * 1974, 12 * 1987)
            row[word.low] = draw(st.none() | held)
    return row


SCHEMA = {
    column: POLARS_TYPES[word.kind]
    for word in WORDS
    for column in dict.fromkeys((word.low, word.high))
}


@settings(max_examples=150, deadline=None)
@given(TREES, st.lists(rows(), min_size=1, max_size=6))
def test_compiled_condition_says_what_the_scalar_reading_says(
    tree: Tree, people: list[dict[str, Any]]
) -> None:
    frame = pl.DataFrame(people, schema=SCHEMA)
    found = frame.select(expression(tree, PERSON_WORDS).alias("holds"))["holds"].to_list()
    assert found == [evaluate(tree, row, PERSON_WORDS) for row in people]


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_a_sentence_can_be_typed_back(tree: Tree) -> None:
    assert condition(sentence(tree, PERSON_WORDS), PERSON_WORDS) == tree


@settings(max_examples=100, deadline=None)
@given(TREES)
def test_a_condition_survives_its_json(tree: Tree) -> None:
    assert condition(tree.model_dump(by_alias=True), PERSON_WORDS) == tree


TEAM = [{"team_id": "t", "team_name": "甲"}]


def house(ages: list[int | None], tagged: list[bool | None]) -> Any:
    people = [
        {"person_id": str(n), "age_months": age, "has_grassroots": tag}
        for n, (age, tag) in enumerate(zip(ages, tagged, strict=True))
    ]
    posts = [{"post_id": str(n), "teams": ["t"]} for n in range(len(people))]
    return members(people, TEAM, posts, {str(n): str(n) for n in range(len(people))})


FACTS = st.lists(
    st.tuples(st.none() | st.integers(400, 700), st.none() | st.booleans()), min_size=1, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(
    FACTS,
    st.sampled_from(["count", "share", "mean"]),
    st.sampled_from([">=", "<="]),
    st.integers(0, 1000),
)
def test_linear_form_holds_exactly_when_the_figure_keeps_the_bound(
    facts: list[tuple[int | None, bool | None]], kind: str, op: str, bound: int
) -> None:
    if kind == "count":
        bound %= len(facts) + 2
    where = None if kind == "mean" else condition("基层工作经历", PERSON_WORDS)
    target = Target.model_validate(
        {"id": "x", "title": "x", "measure": kind, "where": where, "op": op, "bound": bound}
        | ({"value": "age_months"} if kind == "mean" else {})
    )
    (result,) = measure(target, house([age for age, _ in facts], [tag for _, tag in facts]))
    # Counted the plain way, the unknown against the target.
    if kind == "mean":
        worst = 1187 if op == "<=" else 0
        total = sum(worst if age is None else age for age, _ in facts)
        holds = total >= bound * len(facts) if op == ">=" else total <= bound * len(facts)
    else:
        number = sum((op == "<=") if tag is None else tag for _, tag in facts)
        left, right = (number, bound) if kind == "count" else (1000 * number, bound * len(facts))
        holds = left >= right if op == ">=" else left <= right
    assert result.met is holds
    assert (result.shortfall == 0) is holds
    assert result.left_side == target.left_side(
        house([a for a, _ in facts], [t for _, t in facts]).people
    )


@settings(max_examples=100, deadline=None)
@given(FACTS, st.data())
def test_changing_one_fact_changes_only_the_figures_that_read_it(
    facts: list[tuple[int | None, bool | None]], data: st.DataObject
) -> None:
    ages, tags = [age for age, _ in facts], [tag for _, tag in facts]
    place = data.draw(st.integers(0, len(facts) - 1))
    changed = [*ages]
    changed[place] = 401 if ages[place] != 401 else 402
    tagged = Target.model_validate(
        {
            "id": "g",
            "title": "g",
            "measure": "share",
            "where": condition("基层工作经历", PERSON_WORDS),
            "op": ">=",
            "bound": 1,
        }
    )
    mean = Target.model_validate(
        {
            "id": "m",
            "title": "m",
            "measure": "mean",
            "value": "age_months",
            "op": "<=",
            "bound": 500,
        }
    )
    before, after = house(ages, tags), house(changed, tags)
    assert measure(tagged, before) == measure(tagged, after)
    old, new = measure(mean, before)[0], measure(mean, after)[0]
    assert [a == b for a, b in zip(old.entries, new.entries, strict=True)] == [
        n != place for n in range(len(facts))
    ]
    # What is not known counts as the worst age, so a known one moves the form by the difference.
    against = mean.against
    moved = (changed[place] or 0) - (against if ages[place] is None else ages[place] or 0)
    assert (new.left_side or 0) - (old.left_side or 0) == moved
