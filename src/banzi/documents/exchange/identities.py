"""Which person of a package is which person of the receiving roster."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from banzi.documents.comparing.matching import ONLY_HERE, LeftOver, match
from banzi.documents.comparing.sides import Card
from banzi.documents.exchange.scope import CUT_LINKS
from banzi.documents.merging.stable_ids import LONG, base32_of
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location
from banzi.roster import TABLES, Roster


def same_persons(
    roster: Roster, package: Roster, told: Mapping[str, str | None] = MappingProxyType({})
) -> tuple[dict[str, str], set[str], list[LeftOver]]:
    """Who is who: by id and name, else by ID number, else by name and birth month.

    Parameters
    ----------
    told
        What a person said before: id in the package → id here, None for somebody new.

    Returns
    -------
    tuple
        Id in the package → id here; the ids here that are new; who cannot be told.
    """
    ours, others = _cards(roster), _cards(package)
    ids: dict[str, str] = {}
    ids.update({person: here for person, here in told.items() if here in ours})
    for person, card in others.items():
        same = None if person in told else ours.get(person)
        if same is not None and same.name == card.name and not _contradict(same, card):
            ids[person] = person
    known = set(ids.values())
    mine = {id(card): person for person, card in ours.items() if person not in known}
    theirs = {
        id(card): person
        for person, card in others.items()
        if person not in ids and person not in told
    }
    pairs, left = match(
        [card for card in ours.values() if id(card) in mine],
        [card for card in others.values() if id(card) in theirs],
    )
    for pair in pairs:
        ids[theirs[id(pair.second)]] = mine[id(pair.first)]
    new: set[str] = set()
    left_over: list[LeftOver] = []
    for each in left:
        if each.side == 1 and each.why.code != ONLY_HERE.code:
            left_over.append(each)
        elif each.side == 1:
            _add_new(theirs[id(each.card)], ours, ids, new)
    for person in told:
        if person in others and person not in ids:
            _add_new(person, ours, ids, new)
    return ids, new, left_over


def _add_new(person: str, ours: Mapping[str, Card], ids: dict[str, str], new: set[str]) -> None:
    here = person
    while here in ours or here in new:
        here = "P" + base32_of(f"{here}+", LONG)
    ids[person] = here
    new.add(here)


def in_our_ids(package: Roster, ids: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """The package's tables in the ids of the receiving roster, without those not told."""
    tables: dict[str, pl.DataFrame] = {}
    for name, table in TABLES.items():
        frame = package[name]
        for column in table:
            if column.references != "persons.person_id" and (name, column.name) != _OWN:
                continue
            if (name, column.name) not in CUT_LINKS:
                frame = frame.filter(pl.col(column.name).is_in(sorted(ids)))
            here = pl.col(column.name).replace_strict(
                dict(ids), default=None, return_dtype=pl.String
            )
            frame = frame.with_columns(here)
        tables[name] = frame
    found = tables["findings"]["finding_id"]
    told = pl.col("finding_id").is_in(found.implode())
    tables["decisions"] = tables["decisions"].filter(told)
    return tables


_OWN = ("persons", "person_id")


def _contradict(one: Card, other: Card) -> bool:
    numbers = {one.id_number, other.id_number} - {""}
    births = {one.birth_month, other.birth_month} - {None}
    return len(numbers) > 1 or (not numbers and len(births) > 1)


def _cards(roster: Roster) -> dict[str, Card]:
    columns = roster["persons"].sort("person_id").select("person_id", "name", "id_number", "birth")
    return {
        person: Card(
            {
                "name": name,
                "id_number": number or "",
                "birth": "" if birth is None else PartialDate(birth).digits(),
            },
            None,
            Location(column=person),
        )
        for person, name, number, birth in columns.iter_rows()
    }
