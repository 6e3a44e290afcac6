"""What an address asks: whom, as of when, which list, in which columns and order.

    ?where=出生年份不小于1980&on=2026-06-30&list=unknown&order=strokes&columns=sex,birth
    &pick=age_months:35,40~1      only those of one group of a cross table

The condition is a sentence, which people and the program read alike. What cannot be read or may
not be used is said and asks for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import polars as pl

from banzi.kernel.messages import Language, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import Tree, comparisons
from banzi.structure.settling import Say, read_condition, refuse_ceiling
from banzi.structure.wording import sentence
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.queries.dimensions import Dimension, read_dimension
from banzi.web.queries.judging import Part, counts, judged, part_of
from banzi.web.queries.listing import DEFAULT, ORDERS, ListColumn, chosen, ordered
from banzi.web.queries.population import Population, population
from banzi.web.queries.statistics import in_group
from banzi.web.queries.words import QUERY_WORDS, class_of
from banzi.web.shared.today import as_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

NOT_HELD = MessageKind(
    "queries/not-held", _("条件用到{columns}，您没有查看这类信息的权限；请改写条件或申请授权")
)
BAD_GROUP = MessageKind("queries/bad-group", _("统计表的分组“{group}”无法识别；请从统计表重新进入"))


@dataclass
class Asked:
    """One query as an address states it.

    Attributes
    ----------
    where
        The condition as written; "" for everybody.
    picks
        Groups of a cross table that narrow the lists: dimension and key.
    problems
        Why nobody is listed, if so.
    """

    rights: Rights
    on: date
    on_stated: str
    where: str
    part: Part
    order: str
    column_names: tuple[str, ...]
    picks: tuple[tuple[Dimension, str], ...]
    problems: list[Message] = field(default_factory=list)

    @cached_property
    def people(self) -> Population:
        return population(self.rights, self.on)

    @cached_property
    def tree(self) -> Tree | None:
        return read_where(self.where, self.people, self.problems.append)

    @property
    def columns(self) -> list[ListColumn]:
        return chosen(self.column_names or DEFAULT, self.people.covered)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The people asked about: those in sight, narrowed by `picks`; nobody after a problem."""
        tree = self.tree
        if self.problems:
            return self.people.frame.clear()
        met = self.people.frame
        if self.picks:
            met = met.filter(judged(met, tree, self.people.words).fill_null(value=False))
        for dimension, key in self.picks:
            met = in_group(met, dimension, key)
        return met

    @cached_property
    def holds(self) -> pl.Series:
        return judged(self.frame, None if self.problems else self.tree, self.people.words)

    @cached_property
    def counts(self) -> dict[Part, int]:
        return counts(self.holds)

    def list(self, part: Part | None = None) -> pl.DataFrame:
        """One of the three lists, in order."""
        return ordered(part_of(self.frame, self.holds, part or self.part), self.order)

    def sentence(self, language: Language) -> str:
        return "" if self.tree is None else sentence(self.tree, self.people.words, language)

    def address(self, **changed: str) -> str:
        """The query string of this query with some of it changed; a value "" leaves one out."""
        pairs: dict[str, str] = {
            "where": self.where,
            "on": self.on_stated,
            "list": "" if self.part is Part.MET else self.part.value,
            "order": "" if self.order == "rank" else self.order,
            "columns": ",".join(self.column_names),
        }
        pairs.update({name: text for name, text in changed.items() if name != "pick"})
        said = [(name, text) for name, text in pairs.items() if text]
        if changed.get("pick") != "":
            said += [("pick", f"{each.written}~{key}") for each, key in self.picks]
        return urlencode(said)


def asked(request: HttpRequest, rights: Rights | None = None) -> Asked:
    """What the address of a request asks."""
    return asked_by(request.GET, rights or rights_of(request), as_of(request))


def asked_by(given: QueryDict, held: Rights, day: date) -> Asked:
    """What such an address asks, as of a day."""
    problems: list[Message] = []
    picks = []
    for text in given.getlist("pick")[:4]:
        written, _tilde, key = text.rpartition("~")
        dimension = read_dimension(written, held.fields(Verb.VIEW))
        if dimension is None or not key:
            problems.append(BAD_GROUP(group=text))
        else:
            picks.append((dimension, key))
    order = given.get("order", "rank")
    names = ",".join(given.getlist("columns"))
    made = Asked(
        held,
        day,
        given.get("on", ""),
        given.get("where", "").strip(),
        _part(given),
        order if order in ORDERS else "rank",
        tuple(name for name in names.split(",") if name),
        tuple(picks),
        problems,
    )
    made.tree  # noqa: B018 - what is wrong with the condition is known from here on
    return made


def _part(given: Mapping[str, str]) -> Part:
    return Part.from_value(given.get("list")) or Part.MET


def read_where(text: str, people: Population, say: Say) -> Tree | None:
    """The settled condition of a sentence; None for none, or after saying what is wrong."""
    if not text:
        return None
    problems: list[Message] = []
    tree = read_condition(text, QUERY_WORDS, problems.append)
    if tree is not None:
        problems += refusals(tree, people)
    for each in problems:
        say(each)
    return None if problems else tree


def refusals(tree: Tree, people: Population) -> list[Message]:
    """Why a settled condition may not be asked: a class not held, or sex and ethnicity shut out."""
    found: list[Message] = []
    names = dict.fromkeys(each.column for each, _sign in comparisons(tree))
    closed = [name for name in names if class_of(QUERY_WORDS[name]) not in people.covered]
    if closed:
        found.append(NOT_HELD(columns=[QUERY_WORDS[name].zh for name in closed]))
    refuse_ceiling(tree, QUERY_WORDS, found.append)
    return found
