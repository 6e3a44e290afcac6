"""What one account may see of the records, as a roster: figures are counted on it and on nothing else.

A total that counted people whom the reader may not list would tell about them all the same. So
persons, organs and posts out of sight are taken away before anything is counted. A post whose
holder is out of sight goes with its holder, for left behind it would pass as vacant; an organ that
lost one so has no quotas here, for what it lacks could not be told.

Facts and verdicts are worked out on the whole roster and looked at in part: what is true of a
person does not depend on who asks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from banzi.facts import PERSON_FACTS, derive
from banzi.facts.levels import seats_at
from banzi.kernel.columns import FieldClass
from banzi.law import Law, load_law
from banzi.people import PERSONS
from banzi.roster import TABLES, Roster
from banzi.rules import Screening, screen
from banzi.structure.members import Members, members_of
from banzi.web.accounts.coverage import covered_by, organs_covered_by
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.records.freezing import current_roster

_QUOTAS = (
    "principal_quota",
    "deputy_quota",
    "technical_head_quota",
    "establishment",
    "civil_servant_institution_establishment",
    "institution_establishment",
    "worker_establishment",
    "other_establishment",
)


@dataclass(frozen=True, eq=False)
class Sight:
    """The records of a day as far as an account may see them.

    Attributes
    ----------
    whole
        Everything; for working out what is true of one person, never for counting.
    roster
        What may be seen and counted.
    persons
        Ids of the persons who may be seen.
    open_to
        Those of them whose findings (sanctions, conclusions, assessments) may be seen too; what
        rests on findings is told of nobody else.
    half_seen
        Names of organs in sight of which some members are not.
    """

    whole: Roster
    roster: Roster
    persons: frozenset[str]
    open_to: frozenset[str]
    half_seen: tuple[str, ...]
    law: Law

    @property
    def as_of(self) -> date:
        return self.whole.as_of

    def facts_at(self, day: date) -> pl.DataFrame:
        """Facts of the persons who may be seen (`facts.derive`); what is closed is not known."""
        whole = whole_facts(self.whole, day, self.law)
        if len(self.open_to) == whole.height:
            return whole
        key = ("sight-facts", day)
        return self.roster.keep(key, lambda: _told(_seen(whole, self.persons), self.open_to))

    @property
    def members(self) -> Members:
        """Who sits where, of those who may be seen."""
        return self.roster.keep(
            "sight-members",
            lambda: members_of(self.roster, self.facts_at(self.as_of), self.as_of),
        )

    @property
    def screening(self) -> Screening:
        """Verdicts of every person for every post; look only at `persons` in it."""
        return self.whole.keep(
            "site-screening", lambda: screen(self.whole, self.as_of, law=self.law)
        )

    @property
    def whole_members(self) -> Members:
        """Everybody's seats; for telling who is free, never for counting."""
        return self.whole.keep(
            "site-members",
            lambda: members_of(
                self.whole, whole_facts(self.whole, self.as_of, self.law), self.as_of
            ),
        )


def whole_facts(roster: Roster, day: date, law: Law) -> pl.DataFrame:
    """Facts of everybody on a day, made once for each state of the records."""
    return roster.keep(("site-facts", day), lambda: derive(roster, day, law))


def sight(rights: Rights, as_of: date, verb: Verb = Verb.VIEW) -> Sight:
    """What an account may see (or take out, with `Verb.RELEASE`) on a day.

    Made once for each state of the records and reach of an account.
    """
    whole = current_roster(as_of)
    persons = covered_by(rights, verb, FieldClass.BASIC)
    findings = covered_by(rights, verb, FieldClass.FINDINGS)
    open_to = persons if findings is persons else findings & persons
    organs = organs_covered_by(rights, verb)
    key = ("sight", persons, open_to, organs)
    return whole.keep(key, lambda: _sight(whole, persons, open_to, organs))


def _sight(
    whole: Roster, persons: frozenset[str], open_to: frozenset[str], organs: frozenset[str]
) -> Sight:
    law = load_law()
    if persons >= set(whole["persons"]["person_id"]) and organs >= set(whole["organs"]["organ_id"]):
        # Another roster of the same tables: what is kept with it belongs to this sight alone.
        return Sight(whole, replace(whole), persons, open_to, (), law)
    roster, half_seen = within_sight(whole, persons, organs)
    return Sight(whole, roster, persons, open_to, half_seen, law)


def within_sight(
    whole: Roster, persons: Collection[str], organs: Collection[str]
) -> tuple[Roster, tuple[str, ...]]:
    """The roster of these persons and organs, and the names of organs seen in part only."""
    frames = {
        name: _seen(whole[name], persons) for name, table in TABLES.items() if "person_id" in table
    }
    teams = whole["teams"].filter(pl.col("organ_id").is_in(list(organs)))
    links = whole["post_teams"].join(teams.select("team_id"), on="team_id", how="semi")
    linked = pl.col("post_id").is_in(links["post_id"].unique().to_list())
    posts = whole["posts"].filter(linked | pl.col("organ_id").is_in(list(organs)))
    hidden = seats_at(whole, whole.as_of).filter(~pl.col("person_id").is_in(list(persons)))
    lost = posts.join(hidden.select("post_id"), on="post_id", how="semi")
    posts = posts.join(lost.select("post_id"), on="post_id", how="anti")
    half = set(lost["organ_id"]) | set(
        links.join(lost.select("post_id"), on="post_id", how="semi").join(teams, on="team_id")[
            "organ_id"
        ]
    )
    kept = posts.select("post_id")
    seen_organs = whole["organs"].filter(pl.col("organ_id").is_in(list(organs)))
    nothing = [
        pl.when(pl.col("organ_id").is_in(list(half))).then(None).otherwise(pl.col(name)).alias(name)
        for name in _QUOTAS
    ]
    roster = whole.with_tables(
        **{
            **frames,
            "organs": seen_organs.with_columns(nothing),
            "teams": teams,
            "posts": posts,
            "post_teams": links.join(kept, on="post_id", how="semi"),
            "seats": frames["seats"].join(kept, on="post_id", how="semi"),
        }
    )
    names = dict(whole["organs"].select("organ_id", "organ_name").iter_rows())
    return roster, tuple(str(names[each]) for each in sorted(half) if each in organs)


def _seen(frame: pl.DataFrame, persons: Collection[str]) -> pl.DataFrame:
    return frame.filter(pl.col("person_id").is_in(list(persons)))


def _told(facts: pl.DataFrame, open_to: Collection[str]) -> pl.DataFrame:
    """The facts with those that rest on findings null where findings are closed."""
    is_open = pl.col("person_id").is_in(list(open_to))
    names = [
        column.name
        for table in (PERSONS, PERSON_FACTS)
        for column in table
        if column.name in facts.columns and table.class_of(column.name) is FieldClass.FINDINGS
    ]
    return facts.with_columns(pl.when(is_open).then(pl.col(name)).alias(name) for name in names)
