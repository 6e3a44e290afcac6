"""The editor of conditions: a tree goes into a form and comes back the same."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.condition_trees import trees

from banzi.structure.conditions import Compare, Tree
from banzi.structure.settling import condition
from banzi.structure.vocabulary import MEMBER_WORDS, PERSON_WORDS
from banzi.structure.wording import sentence
from banzi.web.records.conditions import ConditionEditor, Node, matches

LEAVES = st.sampled_from(
    [
        Compare(column="birth_year", operator=">=", value=1980),
        Compare(column="is_woman", operator="=", value=True),
        Compare(column="age_months", operator="<", value=600),
        Compare(column="birth", operator="<=", value=19800100),
        Compare(column="ethnicity", operator="in", value=("05", "02")),
        Compare(column="ethnicity", operator="!=", value="01"),
        Compare(column="native_place", operator="starts_with", value="云山"),
        Compare(column="has_grassroots", operator="=", value=False),
    ]
)
TREES = trees(LEAVES, 6)


def fields(node: Node) -> dict[str, str]:
    """What a browser would send for the editor as the template draws it."""
    if not node.is_group:
        return {
            f"{node.name}-kind": "is",
            f"{node.name}-column": node.column_label,
            f"{node.name}-operator": node.line.operator,
            f"{node.name}-value": node.line.value,
        }
    sent = {f"{node.name}-kind": node.line.kind}
    for part in node.parts:
        sent |= fields(part)
    return sent


@given(TREES)
def test_a_tree_survives_the_form(tree: Tree) -> None:
    drawn = ConditionEditor.of(tree, "where", MEMBER_WORDS, allow_protected=True)
    if drawn.root.depth > 5:
        return
    sent = ConditionEditor.posted(fields(drawn.node), "where", MEMBER_WORDS, allow_protected=True)
    back = sent.tree()
    assert sent.problems == []
    assert back is not None
    assert sentence(back, MEMBER_WORDS) == sentence(tree, MEMBER_WORDS)


@given(TREES)
def test_the_sentence_shown_can_be_read_in(tree: Tree) -> None:
    said = ConditionEditor.of(tree, "c", MEMBER_WORDS, allow_protected=True).said
    if said:
        read = ConditionEditor.posted({"c-do": "read", "c-text": said}, "c", MEMBER_WORDS)
        assert read.problems == []
        read.allow_protected = True
        assert read.said == said


def pressed(command: str, **more: str) -> ConditionEditor:
    sent = {"w-kind": "all", "w-0-kind": "is", "w-0-column": "出生年份", "w-0-operator": ">=",
            "w-0-value": "1980", "w-1-kind": "any", "w-1.0-kind": "is", "w-1.0-column": "民族",
            "w-1.0-operator": "=", "w-1.0-value": "回族"}  # fmt: skip
    return ConditionEditor.posted({**sent, **more, "w-do": command}, "w", MEMBER_WORDS)


def test_buttons_add_and_remove_where_they_stand() -> None:
    assert [len(part.parts) for part in pressed("add:1").root.parts] == [0, 2]
    assert len(pressed("add:").root.parts) == 3
    assert pressed("group:").root.parts[2].kind == "any"
    assert [part.kind for part in pressed("remove:0").root.parts] == ["any"]
    assert pressed("remove:1.0").root.parts[1].parts == ()
    assert pressed("remove:7").root == pressed("show").root, "a button of an older form"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"w-0-column": ""}, "没有选字段"),
        ({"w-0-value": ""}, "没有填取值"),
        ({"w-0-value": "八零年"}, "应为整数"),
        ({"w-0-operator": "starts_with"}, "不能用"),
        ({"w-1.0-kind": "all"}, "有一组没有条件"),
        ({}, "此处不得使用“民族”"),
    ],
)
def test_what_is_wrong_is_said(changed: dict[str, str], said: str) -> None:
    editor = pressed("", **changed)
    assert editor.tree() is None
    assert any(said in message.text() for message in editor.problems)


def test_nothing_asked_is_no_condition() -> None:
    editor = ConditionEditor.posted({"w-kind": "all"}, "w", MEMBER_WORDS)
    assert editor.tree() is None
    assert editor.problems == []


def test_too_many_lines_are_refused() -> None:
    sent: dict[str, str] = {"w-kind": "all"}
    for number in range(80):
        sent |= {
            f"w-{number}-kind": "is",
            f"w-{number}-column": "出生年份",
            f"w-{number}-value": "1980",
        }
    editor = ConditionEditor.posted(sent, "w", MEMBER_WORDS)
    assert editor.tree() is None
    assert "条件过多" in editor.problems[0].text()


def test_protected_columns_are_not_offered() -> None:
    names = {word.name for word in ConditionEditor("w", MEMBER_WORDS).columns}
    assert not names & {"sex", "ethnicity", "is_woman", "is_minority"}


def test_who_meets_it_who_does_not_and_of_whom_it_is_not_known() -> None:
    rows: list[dict[str, Any]] = [
        {"person_id": "a", "name": "甲", "birth_year": 1985},
        {"person_id": "b", "name": "乙", "birth_year": 1970},
        {"person_id": "c", "name": "丙", "birth_year": None},
    ]
    found = matches(pl.DataFrame(rows), condition("出生年份>=1980", PERSON_WORDS), PERSON_WORDS)
    assert (found.met, found.unmet, found.unknown) == (
        (("a", "甲"),), (("b", "乙"),), (("c", "丙"),),
    )  # fmt: skip
    assert found.total == 3
