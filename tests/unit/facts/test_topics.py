"""Topics of facts: each worked out when asked for, and saying what it declares."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.random_rosters import Maker

from banzi.facts import PERSON_FACTS, derive
from banzi.facts.derive import TOPICS, Facts
from banzi.law import load_law

DAY = date(2026, 6, 30)


def test_every_fact_belongs_to_one_topic() -> None:
    listed = sorted(name for topic in TOPICS for name in topic.facts)
    assert listed == sorted(column.name for column in PERSON_FACTS if column.name != "person_id")


def test_facts_asked_for_one_by_one_are_those_of_the_whole_frame() -> None:
    roster = Maker(random.Random(5), DAY).roster()
    whole = derive(roster, DAY, load_law())
    for name in whole.columns:
        assert Facts(roster, DAY, load_law()).of([name])[name].equals(whole[name]), name


def test_a_name_that_is_no_fact_is_refused() -> None:
    facts = Facts(Maker(random.Random(5), DAY).roster(), DAY, load_law())
    assert not facts.knows("no_such_fact")
    with pytest.raises(KeyError):
        facts.of(["no_such_fact"])
