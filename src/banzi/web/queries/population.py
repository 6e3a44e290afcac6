"""The people an account may see on a day, one row each, what it may not see of them left blank.

Lists, counts and exports all start from this frame, so that no figure counts somebody who may not
be listed, and no condition reads a column of a class that is not held: for a class not held at all
the columns are absent, for one held for some people the others' values are null, which makes every
comparison with them unknown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from banzi.codes.strokes import sort_names
from banzi.facts.declared import PERSON_FACTS
from banzi.kernel.columns import FieldClass
from banzi.law import load_law
from banzi.people import PERSONS
from banzi.roster import Roster
from banzi.structure.vocabulary import Vocabulary
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.models import Act
from banzi.web.queries.words import seat_frame, words_of
from banzi.web.records.freezing import current_roster
from banzi.web.records.sight import whole_facts

_KEPT = 64
_lock = threading.Lock()
_covered: OrderedDict[object, frozenset[str]] = OrderedDict()


@dataclass(frozen=True, eq=False)
class Population:
    """People in sight.

    Attributes
    ----------
    roster
        The whole roster; for texts of persons in sight, never for counting.
    frame
        Columns of `persons` and of the facts as far as held, the seat words, `rank_place` and
        `stroke_place` (places in rank and 姓氏笔画 order; `rank_place` null without a seat).
    covered
        Field class held → ids of the persons it is held for.
    """

    roster: Roster
    frame: pl.DataFrame
    covered: Mapping[FieldClass, frozenset[str]]

    @property
    def as_of(self) -> date:
        return self.roster.as_of

    @property
    def words(self) -> Vocabulary:
        """What may be asked."""
        return words_of(self.covered)

    def hides(self, person_id: str, field_class: FieldClass) -> bool:
        """Whether a value of this class is blank because the account may not see it."""
        return person_id not in self.covered.get(field_class, frozenset())


def population(rights: Rights, as_of: date, verb: Verb = Verb.VIEW) -> Population:
    """Whom an account may see (or take out, with `Verb.RELEASE`) on a day."""
    roster = current_roster(as_of)
    covered = {each: covered_by(rights, verb, each) for each in sorted(rights.fields(verb))}
    key = ("query-population", *covered.items())
    return roster.keep(key, lambda: Population(roster, _frame(roster, covered), covered))


def covered_by(rights: Rights, verb: Verb, field_class: FieldClass) -> frozenset[str]:
    """Ids of the persons covered; kept until anything is done on record, grants among them."""
    last = Act.objects.order_by("-seq").values_list("seq", "digest").first()
    key = (last, rights.reach(verb), rights.day, field_class)
    with _lock:
        if key in _covered:
            _covered.move_to_end(key)
            return _covered[key]
    found = frozenset(str(each) for each in rights.persons(verb, field_class))
    with _lock:
        # Equal sets become one object, so that asking whether they are equal costs nothing.
        found = next((each for each in _covered.values() if each == found), found)
        _covered[key] = found
        while len(_covered) > _KEPT:
            _covered.popitem(last=False)
    return found


def everybody(roster: Roster) -> pl.DataFrame:
    """One row per person of the roster with everything; made once for each state of the records."""
    return roster.keep("query-everybody", lambda: _everybody(roster))


def _everybody(roster: Roster) -> pl.DataFrame:
    facts = whole_facts(roster, roster.as_of, load_law())
    order = sort_names(facts["name"].to_list()).order
    places = pl.DataFrame({"row": pl.Series(order, dtype=pl.UInt32)}).with_row_index("stroke_place")
    placed = places.sort("row")["stroke_place"]
    seats = seat_frame(roster).drop("person_id")
    return facts.hstack([placed]).hstack(seats)


def _frame(roster: Roster, covered: Mapping[FieldClass, frozenset[str]]) -> pl.DataFrame:
    whole = everybody(roster)
    basic = covered.get(FieldClass.BASIC, frozenset())
    seen = whole if len(basic) == whole.height else whole.filter(_is_in(basic))
    absent, masked = [], []
    for name in seen.columns:
        field_class = _class_of(name)
        if field_class not in covered:
            absent.append(name)
        elif covered[field_class] is not basic and covered[field_class] != basic:
            held = _is_in(covered[field_class])
            masked.append(pl.when(held).then(pl.col(name)).otherwise(None).alias(name))
    return seen.drop(absent).with_columns(masked)


def _class_of(name: str) -> FieldClass:
    for table in (PERSONS, PERSON_FACTS):
        if name in table:
            return table.class_of(name)
    return FieldClass.BASIC


def _is_in(ids: frozenset[str]) -> pl.Expr:
    return pl.col("person_id").is_in(list(ids))
