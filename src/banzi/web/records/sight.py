"""What one account may see of the records, as a roster: figures are counted on it and on nothing else.

A total that counted people whom the reader may not list would tell about them all the same. So
persons, organs and posts out of sight are taken away before anything is counted. A post whose
holder is out of sight goes with its holder, for left behind it would pass as vacant; an organ that
lost one so has no quotas here, for what it lacks could not be told.

Facts and verdicts are worked out on the whole roster and looked at in part: what is true of a
person does not depend on who asks.
"""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import polars as pl
from django.http import HttpRequest

from banzi.facts import PERSON_FACTS
from banzi.facts.keeping import facts_of_some, kept_facts
from banzi.facts.levels import seats_at
from banzi.kernel.columns import FieldClass
from banzi.kernel.few_rows import are_few, taken
from banzi.law import Law, load_law
from banzi.people import PERSONS
from banzi.roster import TABLES, Roster
from banzi.roster.lookup import RowsBy
from banzi.rules import Screening, screen
from banzi.structure.members import Members, members_of
from banzi.web.accounts.coverage import covered_by, organs_covered_by
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.audit.touching import one_look
from banzi.web.records.freezing import current_roster
from banzi.web.shared.today import as_of

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
    organs
        Ids of the organs that may be seen.
    half_seen
        Names of organs in sight of which some members are not.
    cut_from
        Of the sight of a team, whose `whole` are its holders alone: everything. Else None.
    """

    whole: Roster
    roster: Roster
    persons: frozenset[str]
    open_to: frozenset[str]
    organs: frozenset[str]
    half_seen: tuple[str, ...]
    law: Law
    cut_from: Roster | None = None

    @property
    def as_of(self) -> date:
        return self.whole.as_of

    def facts_at(self, day: date) -> pl.DataFrame:
        """Facts of the persons who may be seen (`facts.derive`); what is closed is not known."""
        return self.roster.keep(("sight-facts", day), lambda: self._of_these(self._all(day)))

    def _all(self, day: date) -> pl.DataFrame:
        """Facts of everybody in `whole`."""
        if self.cut_from is None:
            return whole_facts(self.whole, day, self.law)
        holders = self.whole["persons"]["person_id"].to_list()
        return facts_of_some(self.whole, self.cut_from, day, self.law, holders)

    def facts_of(self, day: date, names: Collection[str]) -> pl.DataFrame:
        """`person_id` and those of the columns named that `facts_at` has."""
        return self._of_these(kept_facts(self.whole, day, self.law, frozenset(names)))

    def _of_these(self, whole: pl.DataFrame) -> pl.DataFrame:
        """Of everybody's facts what may be seen."""
        if len(self.open_to) == whole.height:
            return whole
        return _told(_seen(whole, self.persons), self.open_to)

    @property
    def members(self) -> Members:
        """Who sits where, of those who may be seen."""
        return self.roster.keep(
            "sight-members",
            lambda: members_of(self.roster, self.facts_at(self.as_of), self.as_of),
        )

    def screening(self, post_ids: tuple[str, ...] | None = None) -> Screening:
        """Verdicts of every person for every post, or those named; look only at `persons` in it."""
        return screen(self.whole, self.as_of, post_ids, self.law)

    def of_team(self, team_id: str) -> Sight:
        """What may be seen of one team: its posts, and whoever holds them."""
        return self.whole.keep(
            ("sight-team", team_id, self.persons, self.open_to, self.organs),
            lambda: self._of_team(team_id),
        )

    def _of_team(self, team_id: str) -> Sight:
        whole = self.whole
        own = set(_house(whole, "post_teams", "team_id", team_id)["post_id"])
        # A post of two teams stands where its first team does, so that one stays as well.
        links = _house(whole, "post_teams", "post_id", *own)
        teams = _house(whole, "teams", "team_id", team_id, *set(links["team_id"]))
        posts = _house(whole, "posts", "post_id", *own)
        by_post = whole.keep("seats by post", lambda: RowsBy(whole["seats"], "post_id"))
        seats = by_post.rows(*own)
        holders = sorted(set(seats["person_id"]))
        about = whole.about(holders)
        house = about.with_tables(
            teams=teams,
            post_teams=links,
            posts=posts,
            organs=_house(whole, "organs", "organ_id", *set(teams["organ_id"].drop_nulls())),
            seats=seats,
        )
        persons = self.persons.intersection(holders)
        open_to = self.open_to.intersection(holders)
        roster, half_seen = within_sight(house, persons, self.organs, named=whole["organs"])
        return Sight(about, roster, persons, open_to, self.organs, half_seen, self.law, whole)

    @property
    def whole_members(self) -> Members:
        """Everybody's seats; for telling who is free, never for counting."""
        return self.whole.keep("site-members", lambda: self.members_with(self.whole))

    def members_with(self, known: Roster) -> Members:
        """The same, facts being told of the persons of another roster alone."""
        facts = whole_facts(known, self.as_of, self.law)
        return members_of(self.whole, facts, self.as_of)


def whole_facts(roster: Roster, day: date, law: Law) -> pl.DataFrame:
    """Facts of everybody on a day, made once for each state of the records."""
    return kept_facts(roster, day, law)


def sight_of(request: HttpRequest, verb: Verb = Verb.VIEW) -> Sight:
    """What whoever is signed in may see on the day the page speaks of; one for a whole request."""
    kept: dict[Verb, Sight] = request.__dict__.setdefault("_banzi_sights", {})
    if verb not in kept:
        kept[verb] = sight(rights_of(request), as_of(request), verb)
    return kept[verb]


def sight(rights: Rights, day: date, verb: Verb = Verb.VIEW) -> Sight:
    """What an account may see (or take out, with `Verb.RELEASE`) on a day.

    Made once for each state of the records and reach of an account.
    """
    with one_look():
        whole = current_roster(day)
        persons = covered_by(rights, verb, FieldClass.BASIC)
        findings = covered_by(rights, verb, FieldClass.FINDINGS)
        organs = organs_covered_by(rights, verb)
    open_to = persons if findings is persons else findings & persons
    key = ("sight", persons, open_to, organs)
    return whole.keep(key, lambda: _sight(whole, persons, open_to, organs))


def _sight(
    whole: Roster, persons: frozenset[str], open_to: frozenset[str], organs: frozenset[str]
) -> Sight:
    law = load_law()
    if persons >= set(whole["persons"]["person_id"]) and organs >= set(whole["organs"]["organ_id"]):
        # Another roster of the same tables: what is kept with it belongs to this sight alone.
        return Sight(whole, replace(whole), persons, open_to, organs, (), law)
    roster, half_seen = within_sight(whole, persons, organs)
    return Sight(whole, roster, persons, open_to, organs, half_seen, law)


def _house(roster: Roster, name: str, column: str, *values: str) -> pl.DataFrame:
    """Rows of a table of the house with one of these values."""
    by_value = roster.keep_of_house(
        ("house by", name, column), lambda: RowsBy(roster[name], column)
    )
    return by_value.rows(*values)


def within_sight(
    whole: Roster, persons: Set[str], organs: Set[str], named: pl.DataFrame | None = None
) -> tuple[Roster, tuple[str, ...]]:
    """The roster of these persons and organs, and the names of organs seen in part only.

    Parameters
    ----------
    named
        Organs with their names; those of `whole` by default. A part of a roster may hold a post
        without the organ it belongs to: that of a team whose posts are of several organs.
    """
    if len(persons) >= whole["persons"].height and persons >= set(whole["persons"]["person_id"]):
        return _organs_alone(whole, organs), ()
    about = {
        name: partial(_seen_of, whole, name, persons)
        for name, table in TABLES.items()
        if "person_id" in table and name != "seats"
    }
    teams = _among(whole["teams"], "organ_id", organs)
    links = _among(whole["post_teams"], "team_id", teams["team_id"])
    posts = _posts_seen(whole, links, organs)
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
        organs=seen_organs.with_columns(nothing),
        teams=teams,
        posts=posts,
        post_teams=links.join(kept, on="post_id", how="semi"),
        seats=_seen(whole["seats"], persons).join(kept, on="post_id", how="semi"),
    ).with_later(**about)
    listed = _among(whole["organs"] if named is None else named, "organ_id", half & organs)
    return roster, tuple(str(name) for name in listed.sort("organ_id")["organ_name"])


def _organs_alone(whole: Roster, organs: Collection[str]) -> Roster:
    """The roster of these organs where everybody is in sight, so that nothing is seen in part."""
    teams = _among(whole["teams"], "organ_id", organs)
    links = _among(whole["post_teams"], "team_id", teams["team_id"])
    posts = _posts_seen(whole, links, organs)
    return whole.with_tables(
        organs=_among(whole["organs"], "organ_id", organs),
        teams=teams,
        posts=posts,
        post_teams=_among(links, "post_id", posts["post_id"]),
        seats=_among(whole["seats"], "post_id", posts["post_id"]),
    )


def _posts_seen(whole: Roster, links: pl.DataFrame, organs: Collection[str]) -> pl.DataFrame:
    """Posts of the teams that are linked, and of the organs."""
    posts, linked = whole["posts"], links["post_id"].unique()
    if are_few(posts):
        of_teams, rows = set(linked.to_list()), posts.select("post_id", "organ_id").iter_rows()
        kept = [post in of_teams or organ in organs for post, organ in rows]
        return taken(posts, [place for place, is_kept in enumerate(kept) if is_kept])
    of_teams_too = pl.col("post_id").is_in(linked.implode())
    return posts.filter(of_teams_too | pl.col("organ_id").is_in(list(organs)))


def _among(frame: pl.DataFrame, column: str, values: Collection[str] | pl.Series) -> pl.DataFrame:
    """Rows whose value is one of these."""
    if not are_few(frame):
        return frame.filter(pl.col(column).is_in(list(values)))
    known = set(values.to_list()) if isinstance(values, pl.Series) else values
    own = frame.get_column(column).to_list()
    return taken(frame, [place for place, value in enumerate(own) if value in known])


def _seen_of(whole: Roster, name: str, persons: Collection[str]) -> pl.DataFrame:
    return _seen(whole[name], persons)


def _seen(frame: pl.DataFrame, persons: Collection[str]) -> pl.DataFrame:
    return _among(frame, "person_id", persons)


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
