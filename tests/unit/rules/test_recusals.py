"""Pairs of kin: both directions, certain before possible, nothing outside the kin set."""

from __future__ import annotations

from typing import Any

from tests.builders import of, person, roster

from banzi.rules import recusals


def relative(of_whom: str, name: str, number: int = 1, **facts: Any) -> dict[str, Any]:
    row = of(of_whom, relative_no=number, relation="13", relation_text="妻子", **facts)
    return row | {"name": name}


def pairs(*relatives: dict[str, Any], **birth: int) -> list[tuple[str, str, bool]]:
    people = [person(name, birth=birth.get(name)) for name in ("甲", "乙", "丙")]
    found = recusals(roster(persons=people, relatives=list(relatives)))
    assert set(found["scope"]) <= {"line_of_command"}
    return found.select("person_a", "person_b", "certain").rows()


def test_one_row_a_pair_whoever_listed_it() -> None:
    both = [
        relative("甲", "乙", relative_person_id="乙", is_linked=True),
        relative("乙", "甲", relative_person_id="甲", is_linked=None),
    ]
    assert pairs(*both) == [("乙", "甲", True)]
    assert pairs(both[0]) == pairs(both[0], both[1])


def test_an_open_link_or_an_equal_name_is_to_be_confirmed() -> None:
    assert pairs(relative("甲", "乙", relative_person_id="乙")) == [("乙", "甲", False)]
    assert pairs(relative("甲", "乙")) == [("乙", "甲", False)]
    assert pairs(relative("甲", "乙", birth=19800100), 乙=19800112) == [("乙", "甲", False)]


def test_a_contradicting_birth_month_or_a_denied_link_is_nobody() -> None:
    assert pairs(relative("甲", "乙", birth=19800100), 乙=19800200) == []
    assert pairs(relative("甲", "乙", relative_person_id="乙", is_linked=False)) == []
    assert pairs(relative("甲", "某人")) == []


def test_a_relation_the_kin_set_does_not_name_is_no_recusal() -> None:
    outside = relative("甲", "乙", relative_person_id="乙", is_linked=True) | {"relation": "99"}
    assert pairs(outside) == []


def test_the_reason_says_who_is_what_to_whom() -> None:
    given = roster(
        persons=[person("甲"), person("乙")],
        relatives=[relative("甲", "乙", relative_person_id="乙", is_linked=True)],
    )
    assert recusals(given)["reason"].to_list() == ["乙系甲的妻子"]
