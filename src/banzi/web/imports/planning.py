"""What an import read, held against the records: the differences its maker may take over.

Only persons, organs and field classes that the account may edit are in the plan; what else differs
is counted and never shown. Nobody loses anything unasked: a blank in a file, or a list with fewer
rows, is taken over only when somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from banzi.documents.comparing.matching import LeftOver
from banzi.documents.comparing.meaning import DifferenceKind
from banzi.documents.exchange.merging import MergeItem, MergePlan, plan_merge
from banzi.documents.exchange.package_reading import Package
from banzi.kernel.columns import FieldClass
from banzi.roster import TABLES, Roster
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.imports.models import Import
from banzi.web.imports.silence import told_items

_STRUCTURE = ("organs", "teams", "posts", "post_teams")


@dataclass(frozen=True, slots=True)
class Shown:
    """One difference as the page shows it.

    Attributes
    ----------
    removes
        Whether taking it over would take something away from the records.
    answer
        What was said: taken or not; None for nothing yet.
    """

    item: MergeItem
    removes: bool
    answer: bool | None = None

    @property
    def is_taken_unasked(self) -> bool:
        """What is new is taken over; what stands otherwise or would go is not."""
        kind = self.item.shown.kind
        return self.item.is_new or (kind is DifferenceKind.MISSING_FIRST and not self.removes)

    @property
    def is_taken(self) -> bool:
        return self.is_taken_unasked if self.answer is None else self.answer


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Differences, questions who is who, and how much is outside the account's rights.

    `part` is the part of the records that the import is about; `package` what was read.
    """

    shown: tuple[Shown, ...]
    left_over: tuple[LeftOver, ...]
    merge: MergePlan
    part: Roster
    package: Package
    hidden: int

    @property
    def taken(self) -> list[Shown]:
        return [each for each in self.shown if each.is_taken]


def plan_import(given: Import, records: Roster, package: Package, rights: Rights) -> ImportPlan:
    """Everything in which the files differ from the records and that the account may edit."""
    part = _part(records, package.roster)
    merge = plan_merge(part, package, given.told)
    items = list(merge.items)
    if package.sha256 == "":  # an exchange package says itself what it is silent about
        items = told_items(items, part, package.roster, merge.ids)
    editable = Editable.of(rights, part, package.roster, merge.ids)
    mine = [item for item in items if editable.allows(item)]
    theirs = {here: person for person, here in merge.ids.items()}
    shown = tuple(
        Shown(item, _removes(item, part, package.roster, theirs), _answer(given, item))
        for item in mine
    )
    left_over = tuple(each for each in merge.left_over if editable.sees_question(each))
    return ImportPlan(shown, left_over, merge, part, package, len(items) - len(mine))


def _part(records: Roster, read: Roster) -> Roster:
    """The records cut to persons who may be among those read; structure and seats whole."""
    persons, theirs = records["persons"], read["persons"]
    same = (
        pl.col(name).is_in(theirs[name].drop_nulls().unique().implode())
        for name in ("person_id", "id_number", "name")
    )
    found = persons.filter(pl.any_horizontal(same))["person_id"].to_list()
    return records.about(found).with_tables(seats=records["seats"])


def _answer(given: Import, item: MergeItem) -> bool | None:
    said = given.answers.get(item.shown.item_id)
    return bool(said[1]) if said and said[0] == item.shown.fingerprint else None


def _removes(item: MergeItem, ours: Roster, read: Roster, theirs: Mapping[str, str]) -> bool:
    if item.shown.kind is DifferenceKind.MISSING_SECOND:
        return True
    if item.column or item.is_new or not item.here or item.tables[0] in ("findings", "seats"):
        return False
    name, person = item.tables[0], theirs.get(item.here, "")
    return ours.rows_of(name, item.here).height > read.rows_of(name, person).height


@dataclass(frozen=True, slots=True)
class Editable:
    """What an account may edit of the persons and organs that an import is about."""

    everything: bool
    classes: frozenset[FieldClass]
    persons: Mapping[FieldClass, frozenset[str]]
    organs: frozenset[str]
    organs_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    organ_of: Mapping[tuple[str, str], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, rights: Rights, part: Roster, read: Roster, ids: Mapping[str, str]) -> Editable:
        classes = rights.fields(Verb.EDIT)
        here = part["persons"]["person_id"].to_list()
        held = {
            each: frozenset(rights.persons(Verb.EDIT, each).filter(pk__in=here)) for each in classes
        }
        return cls(
            any(grant.organ_id is None for grant in rights.grants(Verb.EDIT)),
            classes,
            held,
            frozenset(rights.organs(Verb.EDIT)),
            _organs_of_persons(read, ids),
            {**_organ_of_things(read, is_new=True), **_organ_of_things(part, is_new=False)},
        )

    def allows(self, item: MergeItem) -> bool:
        name = item.tables[0]
        if name in _STRUCTURE:
            return self.everything or self.organ_of.get((name, item.key[0])) in self.organs
        classes = _classes_of(item)
        if item.is_new:
            organs = self.organs_of.get(item.here, frozenset())
            is_inside = self.everything or (bool(organs) and organs <= self.organs)
            return is_inside and classes <= self.classes
        return all(item.here in self.persons.get(each, frozenset()) for each in classes)

    def sees_question(self, each: LeftOver) -> bool:
        """Who cannot be told is asked of those who may edit everywhere, or who may see the one."""
        return self.everything or bool(self.organs)


def _classes_of(item: MergeItem) -> frozenset[FieldClass]:
    if item.column:
        return frozenset({TABLES[item.tables[0]].class_of(item.column)})
    if item.is_new:
        return frozenset(FieldClass)
    return frozenset(
        TABLES[name].class_of(column.name) for name in item.tables for column in TABLES[name]
    )


def _organs_of_persons(read: Roster, ids: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Person (id here) → organs of the posts that the files give that person."""
    organ_of_post = dict(read["posts"].select("post_id", "organ_id").iter_rows())
    found: dict[str, set[str]] = {}
    for name in ("seats", "appointments"):
        for person, post in read[name].select("person_id", "post_id").iter_rows():
            organ = organ_of_post.get(post)
            if organ is not None and person in ids:
                found.setdefault(ids[person], set()).add(organ)
    return {person: frozenset(organs) for person, organs in found.items()}


def _organ_of_things(roster: Roster, *, is_new: bool) -> dict[tuple[str, str], str | None]:
    """(table, key) → the organ whose editor may change it; of a new organ the one above it."""
    found: dict[tuple[str, str], str | None] = {}
    for organ, superior in roster["organs"].select("organ_id", "superior_organ_id").iter_rows():
        found["organs", organ] = (superior or organ) if is_new else organ
    for name, key in (("teams", "team_id"), ("posts", "post_id")):
        for thing, organ in roster[name].select(key, "organ_id").iter_rows():
            found[name, thing] = organ
            if name == "posts":
                found["post_teams", thing] = organ
    return found


def grouped(shown: Iterable[Shown]) -> list[tuple[str, list[Shown]]]:
    """Differences by whom they are about, new persons first, removals last within each."""
    groups: dict[tuple[bool, str, str], list[Shown]] = {}
    for each in shown:
        item = each.item
        key = (not item.is_new, item.shown.person, item.here or "".join(map(str, item.key)))
        groups.setdefault(key, []).append(each)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0][0], not pair[0][2], pair[0][1:]))
    return [(key[1], sorted(found, key=lambda one: one.removes)) for key, found in ordered]


def counted(plan: ImportPlan) -> dict[str, Any]:
    """The figures at the head of the page."""
    new = [each for each in plan.shown if each.item.is_new]
    removing = [each for each in plan.shown if each.removes]
    return {
        "new_persons": len(new),
        "differences": len(plan.shown) - len(new),
        "removing": len(removing),
        "questions": len(plan.left_over),
        "taken": len(plan.taken),
        "hidden": plan.hidden,
    }
