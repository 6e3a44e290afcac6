"""When each seat falls free by rule: statutory retirement, the limit of time in one post, age limits.

    retirement   the statutory month of the person (facts.retirement: RETIRE/age, 2025 reform)
    term         start of the seat + the shortest limit in force: ten years in one post (AR/exchange,
                 EX/5), or the full terms that may follow one another (TM/3-7/two-terms)
    post age     months that the caller brings, from limits an office has set; none are assumed

Reading chosen here: a seat is counted from its recorded start, so an earlier stay in the same post
under another row is not added. A start known by its year only leaves the month open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from banzi.facts.levels import seats_at
from banzi.kernel.columns import Labelled
from banzi.kernel.date_columns import earliest_month, latest_month
from banzi.law import Grade, LawAt
from banzi.roster import Roster
from banzi.structure.members import Members


class Reason(Labelled):
    """Why a seat falls free."""

    RETIREMENT = "retirement", "到法定退休年龄", "statutory retirement age"
    POST_AGE = "post_age", "到任职年龄界限", "age limit of the post"
    TERM = "term", "同一职务任职届满", "limit of time in one post"


@dataclass(frozen=True, slots=True)
class Departure:
    """One seat and one reason for which it falls free.

    Attributes
    ----------
    month
        Month index; None when it cannot be told from what is on record.
    basis
        Clauses, or the office's own rule.
    to_confirm
        The month rests on a table or clause nobody has compared with its text yet.
    """

    person_id: str
    name: str
    post_id: str
    reason: Reason
    month: int | None
    basis: str
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class PostAge:
    """Month in which a holder reaches the age limit an office has set for the post."""

    month: int | None
    basis: str


RETIREMENT_CLAUSE = "RETIRE/age"
_MUST_MOVE = "appointment_regulations/must_move_months"
_TEN_YEARS = "exchange_rules/ten_years"
_TERMS = "term_rules/limits"
_TERM_MONTHS = "term_rules/term_months"


def departures(
    roster: Roster,
    members: Members,
    law: LawAt,
    post_ages: Mapping[tuple[str, str], PostAge] | None = None,
) -> tuple[Departure, ...]:
    """Every seat of the members with each reason, in order of display.

    Parameters
    ----------
    post_ages
        (post, person) → month of the office's own age limit; posts without one are left out.
    """
    started = {
        (post, person): date
        for person, post, date in seats_at(roster, members.as_of)
        .select("person_id", "post_id", "started_on")
        .iter_rows()
    }
    people = members.people.select(
        "person_id", "name", "retirement_month", "retirement_is_verified"
    )
    facts = {row["person_id"]: row for row in people.iter_rows(named=True)}
    limit = term_limit(law)
    rank = {post: place for place, post in enumerate(members.all_posts())}
    seats = sorted(
        ((post, person) for post, person in members.seats.iter_rows() if post in rank),
        key=lambda seat: rank[seat[0]],
    )
    months = _start_months(started)
    found: list[Departure] = []
    for post, person in seats:
        row = facts[person]
        verified = row["retirement_is_verified"]
        found.append(
            Departure(
                person,
                row["name"],
                post,
                Reason.RETIREMENT,
                row["retirement_month"],
                RETIREMENT_CLAUSE,
                verified is False,
            )
        )
        if limit is not None and (post, person) in started:
            start = months[post, person]
            month = None if start is None else start + limit.months
            found.append(
                Departure(
                    person, row["name"], post, Reason.TERM, month, limit.basis, limit.to_confirm
                )
            )
        if post_ages and (own := post_ages.get((post, person))) is not None:
            found.append(
                Departure(person, row["name"], post, Reason.POST_AGE, own.month, own.basis, False)
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TermLimit:
    """Months after which one post must be left, and the clauses that say so."""

    months: int
    basis: str
    to_confirm: bool


def term_limit(law: LawAt) -> TermLimit | None:
    """The shortest limit of time in one post in force on the day; None when there is none."""
    said: list[tuple[int, str, Grade]] = []
    if (ten := law.find(_MUST_MOVE)) is not None:
        said.append((int(ten.value), ten.parameter.cites, ten.grade))
    if (area := law.find(_TEN_YEARS)) is not None:
        said.append((int(area.value["same_post_must"]), area.parameter.cites, area.grade))
    terms, length = law.find(_TERMS), law.find(_TERM_MONTHS)
    if terms is not None and length is not None:
        months = int(terms.value["consecutive_terms"]) * int(length.value)
        said.append((months, terms.parameter.cites, terms.grade))
    if not said:
        return None
    least = min(months for months, _clause, _grade in said)
    clauses = dict.fromkeys(clause for months, clause, _grade in said if months == least)
    grades = [grade for months, _clause, grade in said if months == least]
    return TermLimit(least, "；".join(clauses), all(grade is Grade.FROM_MEMORY for grade in grades))


def left_by(found: Iterable[Departure], today: int, month: int) -> tuple[Departure, ...]:
    """Departures that have happened by a later month; today nobody has left.

    Who was due before today and still sits is expected to go at once.
    """
    if month <= today:
        return ()
    return tuple(each for each in found if each.month is not None and each.month <= month)


def _start_months(
    started: Mapping[tuple[str, str], int | None],
) -> dict[tuple[str, str], int | None]:
    """Seat → month index of its start; None when the month is not known."""
    frame = pl.DataFrame({"on": list(started.values())}, schema={"on": pl.Int32()})
    low = frame.select(earliest_month(pl.col("on"))).to_series().to_list()
    high = frame.select(latest_month(pl.col("on"))).to_series().to_list()
    return {
        seat: first if first is not None and first == last else None
        for seat, first, last in zip(started, low, high, strict=True)
    }
