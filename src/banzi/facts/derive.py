"""All facts of every person at a date, topic by topic, each topic only when one of it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

import polars as pl

from banzi.facts.ages import age_facts
from banzi.facts.assessments import assessment_facts, conclusion_facts
from banzi.facts.careers import career_facts, expertise_facts
from banzi.facts.declared import CONCLUDED, DISPUTABLE, PERSON_FACTS
from banzi.facts.disputes import dispute_facts
from banzi.facts.education import education_facts
from banzi.facts.entering import CHANNELS, entering_facts
from banzi.facts.levels import (
    appointments_with_level,
    level_facts,
    months_at_levels,
    seat_facts,
    seats_at,
)
from banzi.facts.promotions import promotion_facts
from banzi.facts.retirement import (
    in_force_with,
    retirement_months,
    retirement_verified,
    with_full_term,
)
from banzi.facts.sanctions import accountability_facts, sanction_facts
from banzi.facts.times import AGE_MONTHS
from banzi.facts.training import training_facts
from banzi.kernel.few_rows import framed, joined
from banzi.law import Law, LawAt
from banzi.people.choices import CareerTag, ExpertField
from banzi.roster import TABLES, Roster


def derive(roster: Roster, as_of: date, law: Law) -> pl.DataFrame:
    """Facts of every person as of a day.

    Returns
    -------
    Frame
        One row per row of `persons`, in its order: the columns of `persons`, then those of
        `PERSON_FACTS`. Null means not known (each column's declaration says why).
    """
    return Facts(roster, as_of, law).whole


def some_facts(roster: Roster, as_of: date, law: Law, names: Collection[str]) -> pl.DataFrame:
    """`person_id` and those of the columns named that `derive` has, without working out the rest."""
    at = Facts(roster, as_of, law)
    return at.of(("person_id", *sorted(each for each in names if at.knows(each))))


class Facts:
    """Facts of every person of a roster on a day, worked out when asked for and then kept."""

    def __init__(self, roster: Roster, as_of: date, law: Law) -> None:
        self.roster: Roster = roster
        self.as_of: date = as_of
        self.law: LawAt = law.at(as_of)
        self._topics: dict[Topic, pl.DataFrame] = {}

    @cached_property
    def person_ids(self) -> pl.Series:
        return self.roster["persons"]["person_id"]

    @cached_property
    def present(self) -> pl.DataFrame:
        """`levels.level_facts`: the present level, with the day it was reached."""
        return level_facts(self.roster, self.as_of)

    @cached_property
    def numbers(self) -> pl.DataFrame:
        """`person_id` and `number`, the person's place in the roster."""
        return self.person_ids.to_frame().with_row_index("number")

    @cached_property
    def months_at_levels(self) -> pl.DataFrame:
        """`levels.months_at_levels`."""
        return months_at_levels(self.roster, self.present, self.as_of)

    @cached_property
    def seats(self) -> pl.DataFrame:
        """`levels.seats_at`: who holds which post on the day."""
        return seats_at(self.roster, self.as_of)

    @cached_property
    def offices(self) -> pl.DataFrame:
        """`levels.appointments_with_level`: posts held, with their level."""
        return appointments_with_level(self.roster, self.as_of)

    @cached_property
    def retirement(self) -> pl.DataFrame:
        """`retirement.with_full_term`."""
        persons, tables = self.roster["persons"], in_force_with(self.law)
        months = self.roster.keep(
            ("retirement", tables), lambda: retirement_months(persons, tables)
        )
        return with_full_term(months, self.as_of, self.law)

    @cached_property
    def whole(self) -> pl.DataFrame:
        """What `derive` gives."""
        names = [column.name for column in PERSON_FACTS if column.name != "person_id"]
        return self.roster["persons"].hstack(self.of(names))

    def knows(self, name: str) -> bool:
        """Whether there is such a column of `persons` or fact of a person."""
        return name in TABLES["persons"] or name in _TOPIC_OF

    def of(self, names: Iterable[str]) -> pl.DataFrame:
        """Some columns of `persons` or facts, one row a person in the roster's order.

        Raises
        ------
        KeyError
            For a name that is neither.
        """
        persons = self.roster["persons"]
        found = [
            persons[name] if name in persons.columns else self._topic(_TOPIC_OF[name])[name]
            for name in names
        ]
        return pl.DataFrame(found)

    def row(self, names: Iterable[str]) -> dict[str, Any]:
        """Of a single person: some columns of `persons` or facts."""
        person, known = self._person, self._rows
        found = {}
        for name in names:
            if name in person:
                found[name] = person[name]
                continue
            topic = _TOPIC_OF[name]
            if topic not in known:
                known[topic] = self._topic(topic).row(0, named=True)
            found[name] = known[topic][name]
        return found

    @cached_property
    def _person(self) -> dict[str, Any]:
        return self.roster["persons"].row(0, named=True)

    @cached_property
    def _rows(self) -> dict[Topic, dict[str, Any]]:
        return {}

    def parts(self, names: Iterable[str]) -> list[Callable[[], object]]:
        """Steps that work out everything needed for some names; each may run in a thread."""
        topics = dict.fromkeys(_TOPIC_OF[name] for name in names if name in _TOPIC_OF)
        return [partial(self._topic, topic) for topic in topics]

    def _topic(self, topic: Topic) -> pl.DataFrame:
        if topic not in self._topics:
            found = _aligned(topic.make(self), self.person_ids)
            known = {column.name: column for column in found.get_columns()}
            self._topics[topic] = framed(
                [_as_declared(known.get(name), name, found.height) for name in topic.facts]
            )
        return self._topics[topic]


def _as_declared(found: pl.Series | None, name: str, height: int) -> pl.Series:
    """A fact in its declared type; what the law of the day does not speak of yet is all null."""
    dtype = PERSON_FACTS[name].dtype
    if found is None:
        return pl.Series(name, [None], dtype=dtype).new_from_index(0, height)
    return found if found.dtype == dtype else found.cast(dtype)


def _aligned(found: pl.DataFrame, person_ids: pl.Series) -> pl.DataFrame:
    """One row a person in the given order; facts of whom the topic says nothing about are null."""
    if found["person_id"].equals(person_ids):
        return found
    return joined(person_ids.to_frame(), found, "person_id")


@dataclass(frozen=True)
class Topic:
    """Facts that are worked out together, as a frame with `person_id`, at most a row a person."""

    facts: tuple[str, ...]
    make: Callable[[Facts], pl.DataFrame]


def _spans(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{end}" for name in names for end in ("low", "high"))


TOPICS = (
    Topic(
        (
            *(AGE_MONTHS, "birth_year", "is_woman", "is_minority", "is_party_member"),
            *_spans("party_standing_months", "service_months"),
        ),
        lambda at: age_facts(at.roster["persons"], at.as_of),
    ),
    Topic(
        (
            *_spans("grassroots_months", "grassroots_own_months"),
            "grassroots_by_secondment_only",
            *(f"has_{tag.value}" for tag in CareerTag),
        ),
        lambda at: career_facts(at.roster, at.as_of),
    ),
    Topic(
        tuple(f"came_from_{tag.value}" for tag in CHANNELS),
        lambda at: entering_facts(at.roster, at.as_of),
    ),
    Topic(
        tuple(f"knows_{field.value}" for field in ExpertField),
        lambda at: expertise_facts(at.roster),
    ),
    Topic(
        ("education_tier", "full_time_education_tier", "full_time_degree_tier"),
        lambda at: education_facts(at.roster, at.as_of),
    ),
    Topic(("level_order", *_spans("months_in_level")), lambda at: at.present),
    Topic(
        ("current_post_id", *_spans("months_in_post")),
        lambda at: seat_facts(at.roster, at.seats, at.as_of),
    ),
    Topic(
        ("last_assessment", "assessment_2_years_back", "assessment_3_years_back"),
        lambda at: assessment_facts(at.roster, at.as_of),
    ),
    Topic(
        (
            *("conclusions_not_met", "conclusions_under_review", "conclusions_undated"),
            *("conclusions_awaited", "sanction_effect"),
            *(f"concluded_{kind.value}" for kind in CONCLUDED),
        ),
        lambda at: conclusion_facts(at.roster, at.as_of),
    ),
    Topic(
        ("sanctions_end_on", "sanctions_bar_until"),
        lambda at: sanction_facts(at.roster, at.as_of, at.law),
    ),
    Topic(
        ("leading_post_barred_until", "higher_level_barred_until"),
        lambda at: accountability_facts(at.roster, at.as_of, at.law),
    ),
    Topic(
        ("on_probation", "probation_ends_on", "promoted_exceptionally"),
        lambda at: promotion_facts(at),
    ),
    Topic(
        (
            *_spans("training_hours", "training_days", "training_year_hours", "training_year_days"),
            *_spans("training_due_hours", "training_due_days", "training_deadline"),
            "has_training_deadline",
        ),
        lambda at: training_facts(at.roster, at.present, at.as_of, at.law),
    ),
    Topic(
        tuple(f"disputed_{topic}" for topic in DISPUTABLE),
        lambda at: dispute_facts(at.roster),
    ),
    Topic(("retirement_month", "serves_full_term"), lambda at: at.retirement),
    Topic(
        ("retirement_is_verified",),
        lambda at: retirement_verified(at.retirement, lambda: at.present, at.law),
    ),
)
"""Every topic; each fact of `PERSON_FACTS` belongs to one."""

_TOPIC_OF = {name: topic for topic in TOPICS for name in topic.facts}
