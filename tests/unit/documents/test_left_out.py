"""What stays out of a package for somebody who may give some field classes only."""

from itertools import chain, combinations

import pytest
from tests.support.exchanging import DAY, city

from banzi.documents.exchange.left_out import (
    Without,
    classes_in,
    left_columns,
    left_out_for,
    left_tables,
    without_left,
)
from banzi.documents.exchange.scope import cut_out, these_persons
from banzi.kernel.columns import FieldClass
from banzi.roster import TABLES

CLASSES = [each for each in FieldClass if each is not FieldClass.BASIC]
HELD = list(chain.from_iterable(combinations(CLASSES, count) for count in range(len(CLASSES) + 1)))
PEOPLE = [("P1", "east", {"name": "欧甲", "health": "健康"}), ("P2", "west", {"name": "司乙"})]


@pytest.mark.parametrize("held", HELD, ids=str)
def test_every_column_of_a_class_not_held_stays_out(held: tuple[FieldClass, ...]) -> None:
    without = left_out_for({FieldClass.BASIC, *held})
    tables, columns = left_tables(without), left_columns(without)
    for name, table in TABLES.items():
        for column in table:
            kind = table.class_of(column.name)
            if kind is FieldClass.BASIC or kind in held or column.name in table.key:
                continue
            is_out = name in tables or (name, column.name) in columns
            assert is_out, f"{name}.{column.name} would leave without {kind}"


@pytest.mark.parametrize("held", HELD, ids=str)
def test_what_is_in_a_package_is_what_was_held(held: tuple[FieldClass, ...]) -> None:
    assert classes_in(left_out_for(held)) == {FieldClass.BASIC, *held}


def test_kept_texts_and_completeness_about_what_is_left_go_too() -> None:
    whole = city(PEOPLE)
    kept = TABLES["texts_as_written"].frame(
        [
            {"person_id": "P1", "column_name": name, "written": "不详"}
            for name in ("health", "birth", "relatives.birth")
        ]
    )
    tables = without_left(
        {**whole.tables, "texts_as_written": kept},
        (Without.HEALTH, Without.RELATIVES, Without.SANCTIONS),
    )
    assert tables["texts_as_written"]["column_name"].to_list() == ["birth"]
    assert tables["completeness"].is_empty()
    assert tables["persons"]["health"].null_count() == 2


def test_persons_bring_the_posts_they_hold_and_no_others() -> None:
    whole = city([*PEOPLE, ("P3", "east", {"name": "阳丙"})])
    part = cut_out(whole, these_persons(whole, ["P1"]), DAY)
    assert part.roster["posts"]["post_id"].to_list() == ["p-P1"]
    assert part.roots == (("east", "东县县委"),)
    assert list(part.roster.photos) == part.roster["persons"]["photo_sha256"].to_list()


def test_what_may_not_be_given_is_not_and_what_mentions_it_neither() -> None:
    whole = city([*PEOPLE, ("P3", "east", {"name": "阳丙"})])
    remarked = whole["organs"].with_columns(remarks=whole["organs"]["organ_name"] + "，阳丙分管")
    whole = whole.with_tables(organs=remarked)
    allowed = whole.about(["P1", "P2"])
    part = cut_out(whole, these_persons(whole, ["P1", "P3"]), DAY, (), allowed)
    assert part.roster["persons"]["person_id"].to_list() == ["P1"]
    assert part.roster["organs"]["remarks"].to_list() == [None]


def test_a_photo_that_got_lost_is_none() -> None:
    whole = city(PEOPLE)
    whole.photos.clear()  # type: ignore[attr-defined]  # a dictionary here
    part = cut_out(whole, these_persons(whole, ["P1"]), DAY)
    assert part.roster["persons"]["photo_sha256"].to_list() == [None]
