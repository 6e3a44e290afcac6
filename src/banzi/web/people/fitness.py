"""Which posts a person could take on a day, and why not the others: verdicts with their reasons.

Every verdict is advice with its rule and clause; nobody is ruled in or out here. Worked out from
the roster of the records as they are, and kept with it until they change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from banzi.facts.levels import seats_at
from banzi.kernel.messages import Language, name_in, translate
from banzi.law import Law, load_law
from banzi.people import TABLES as PEOPLE_TABLES
from banzi.roster import TABLES, Roster
from banzi.rules.catalogue import RULES
from banzi.rules.explaining import RuleResult, explain, fact_text, overall, reasons
from banzi.rules.runtime.judging import judge, make_case
from banzi.rules.runtime.verdicts import RANKED, Verdict
from banzi.rules.screening import Screening
from banzi.web.records.freezing import current_roster

_CHANGEABLE = frozenset(table.name for table in PEOPLE_TABLES)


@dataclass(frozen=True, slots=True)
class PostVerdict:
    """One post for the person: the verdict, and what does not pass, worst first."""

    post_id: str
    title: str
    organ_id: str
    organ: str
    level: str | None
    verdict: Verdict
    results: tuple[RuleResult, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A post whose verdict a correction changes."""

    post: PostVerdict
    before: Verdict
    after: Verdict
    results: tuple[RuleResult, ...]


def vacant_posts(roster: Roster, as_of: date) -> list[str]:
    """Posts that nobody holds on the day, as they are ordered."""
    held = seats_at(roster, as_of)["post_id"].implode()
    vacant = roster["posts"].filter(~pl.col("post_id").is_in(held))
    return vacant.sort("display_order", "post_id", nulls_last=True)["post_id"].to_list()


def held_posts(roster: Roster, person_id: str, as_of: date) -> list[str]:
    seats = seats_at(roster, as_of)
    return seats.filter(pl.col("person_id") == person_id)["post_id"].to_list()


def fitness(person_id: str, as_of: date) -> list[PostVerdict]:
    """The vacant posts, those that the person could take first; worked out once per revision."""
    roster = current_roster(as_of)
    return roster.keep(
        ("fitness", person_id),
        lambda: verdicts(roster, person_id, vacant_posts(roster, as_of), as_of, load_law()),
    )


def verdicts(
    roster: Roster, person_id: str, post_ids: Sequence[str], as_of: date, law: Law
) -> list[PostVerdict]:
    """The verdict of a person for each post, the better first."""
    if not post_ids:
        return []
    case = make_case(roster, as_of, law, post_ids, [person_id])
    asked = [rule for rule in RULES if rule.in_force(as_of)]
    screening = Screening(case, tuple(judge(case, asked, shown=True)))
    organs = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    posts = {
        row["post_id"]: row
        for row in roster["posts"]
        .filter(pl.col("post_id").is_in(list(post_ids)))
        .iter_rows(named=True)
    }
    found = [
        _post_verdict(posts[post], organs, reasons(screening, post)[person_id])
        for post in case.posts["post_id"]
    ]
    place = {post: number for number, post in enumerate(post_ids)}
    return sorted(
        found, key=lambda each: (RANKED.index(each.verdict), len(each.results), place[each.post_id])
    )


def _post_verdict(
    post: dict[str, Any], organs: dict[str, str], results: list[RuleResult]
) -> PostVerdict:
    organ = organs.get(post["organ_id"], "")
    return PostVerdict(
        post["post_id"],
        post["post_name"],
        post["organ_id"],
        organ,
        post["post_level"],
        overall(results, of_none=Verdict.PASS),
        tuple(results),
    )


def effects(
    person_id: str, table: str, old: dict[str, Any] | None, new: dict[str, Any] | None, as_of: date
) -> list[Effect]:
    """Posts (vacant ones and those held) for which a correction of one row changes the verdict."""
    if table not in _CHANGEABLE:
        return []
    roster, law = current_roster(as_of), load_law()
    asked = [*held_posts(roster, person_id, as_of), *vacant_posts(roster, as_of)]
    changed = _corrected(roster.about([person_id]), table, old, new)
    before = {each.post_id: each for each in verdicts(roster, person_id, asked, as_of, law)}
    after = verdicts(
        roster.with_tables(**{table: _whole(roster, table, person_id, changed)}),
        person_id,
        asked,
        as_of,
        law,
    )
    return [
        Effect(each, before[each.post_id].verdict, each.verdict, each.results)
        for each in after
        if each.verdict is not before[each.post_id].verdict
    ]


def shown_effects(found: Sequence[Effect], language: Language) -> list[dict[str, Any]]:
    """Effects ready to be shown: post, verdict before and after, and what now stands against it."""
    return [
        {
            "organ": each.post.organ,
            "title": each.post.title,
            "before": each.before,
            "after": each.after,
            "why": [
                f"{translate(result.title, language)}：{result.message(language)}"
                for result in each.results
            ],
        }
        for each in found
    ]


def _corrected(
    about: Roster, table: str, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> pl.DataFrame:
    declared = TABLES[table]
    rows = [
        row
        for row in about[table].iter_rows(named=True)
        if old is None or any(row[name] != old[name] for name in declared.key)
    ]
    return declared.frame([*rows, *([new] if new is not None else [])])


def _whole(roster: Roster, table: str, person_id: str, changed: pl.DataFrame) -> pl.DataFrame:
    others = roster[table].filter(pl.col("person_id") != person_id)
    return pl.concat([others, changed]).sort(*TABLES[table].key)


def explained(person_id: str, post_id: str, as_of: date) -> list[RuleResult]:
    """Every rule for one post, with facts, values of the law and clauses."""
    return explain(current_roster(as_of), as_of, person_id, post_id)


def facts_of(result: RuleResult, language: Language) -> list[tuple[str, str]]:
    """Names and values of the facts a rule used."""
    return [(name_in(fact.column, language), fact_text(fact, language)) for fact in result.facts]


def clauses_of(result: RuleResult, language: Language) -> list[str]:
    """The clauses of a rule: id and what they say."""
    return [f"{name} {name_in(clause.fact, language)}" for name, clause in result.clauses]
