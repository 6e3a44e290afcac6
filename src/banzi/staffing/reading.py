"""From a bundle to a `Problem`, or to the full list of what is wrong with it.

Every sentence of the bundle's specification that forbids something is checked here, each cell and
each reference, before anything is refused; a ban on a pair that is no candidate only warns.
What could not be read at all (`raw_reading`) is left unjudged rather than reported twice.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np

from banzi.kernel.errors import Problem as Finding
from banzi.kernel.errors import ProblemLog
from banzi.staffing import reading_messages as say
from banzi.staffing.bundle import (
    REQUIRED_COLUMNS,
    SETTINGS_FILE,
    Bundle,
    file_sha256,
    sha256_of_hashes,
)
from banzi.staffing.cells import Node, Sheet
from banzi.staffing.columns_in_use import ColumnsInUse
from banzi.staffing.problem import Exclusion, Pairs, Post, Problem, Scope
from banzi.staffing.raw_reading import RawBundle, read_files
from banzi.staffing.reading_settings import (
    Settings,
    check_edges,
    protected_columns,
    read_pins_and_bans,
    read_settings,
)
from banzi.staffing.reading_targets import TargetReader, check_priorities


def read_problem(folder: Path) -> Problem:
    """Read a bundle from its folder.

    Raises
    ------
    BadInput
        With every problem as `file:row:column code message`; nothing of the bundle is usable.
    """
    log = ProblemLog()
    return _interpret(read_files(folder, log), log)


def interpret(bundle: Bundle) -> Problem:
    """A `Problem` from a bundle in memory; raises `BadInput` like `read_problem`."""
    hashes = {name: file_sha256(content) for name, content in bundle.files().items()}
    return _interpret(RawBundle("", bundle.settings, bundle.tables, hashes), ProblemLog())


def _interpret(raw: RawBundle, log: ProblemLog) -> Problem:
    sheets = {name: Sheet(raw.path(name), raw.tables.get(name), log) for name in REQUIRED_COLUMNS}
    persons, teams, posts = (sheets[f"{name}.csv"] for name in ("persons", "teams", "posts"))
    candidates = sheets["candidates.csv"]
    warnings: list[Finding] = []
    person_ids, team_ids = persons.ids("person_id"), teams.ids("team_id")
    post_ids = posts.ids("post_id")
    superiors = _superiors(teams, team_ids)
    post_list = _posts(posts, team_ids)
    pairs = _pairs(candidates, post_ids, person_ids)
    must_place = _must_place(persons)
    root = Node("", raw.path(SETTINGS_FILE), raw.settings, log)
    columns = ColumnsInUse(persons, candidates, protected_columns(root))
    settings = Settings()
    reader = TargetReader(sheets, post_list, teams, columns, warnings)
    if raw.settings is not None:
        settings = read_settings(root, columns, warnings)
        read_pins_and_bans(root, settings, pairs, (post_ids, person_ids), warnings)
    targets = reader.targets()
    if raw.settings is not None:
        check_priorities(targets, settings.soft, sheets["targets.csv"])
    _check_bands(settings, candidates, persons, person_ids, columns)
    exclusions = _exclusions(sheets["exclusions.csv"], person_ids)
    log.stop_if_any()
    return Problem(
        name=settings.name,
        as_of=settings.as_of,
        persons=tuple(person_ids or {}),
        must_place=must_place,
        teams=tuple(team_ids or {}),
        superiors=superiors,
        posts=tuple(post_list),
        pairs=pairs.places if isinstance(pairs, _NamedPairs) else Pairs((), ()),
        person_features=columns.person_features,
        pair_features=columns.pair_features,
        exclusions=tuple(exclusions),
        targets=tuple(target for _, target in targets),
        tiers=tuple(settings.tiers),
        pins=tuple(settings.pins),
        bans=tuple(settings.bans),
        bundle=Bundle(
            cast(Mapping[str, Any], root.value),  # anything else was logged
            {name: table for name, table in raw.tables.items() if table is not None},
        ),
        sha256=sha256_of_hashes(raw.hashes),
        warnings=tuple(warnings),
    )


def _superiors(teams: Sheet, ids: Mapping[str, int] | None) -> tuple[int | None, ...]:
    found: list[int | None] = []
    for row in range(len(teams)):
        superior = teams.text(row, "superior_team_id")
        if superior and ids is not None and superior not in ids:
            teams.say(say.UNKNOWN_ID(file="teams.csv", id=superior), row, "superior_team_id")
        found.append(ids.get(superior) if superior and ids is not None else None)
    return tuple(found)


def _posts(posts: Sheet, teams: Mapping[str, int] | None) -> list[Post]:
    found = []
    for row in range(len(posts)):
        text = posts.filled(row, "team_ids")
        names = text.split(";") if text else []
        if text and (len(names) > 2 or len(set(names)) != len(names) or not all(names)):
            posts.say(say.TEAM_COUNT(value=text[:80]), row, "team_ids")
            names = []
        for name in names:
            if teams is not None and name not in teams:
                posts.say(say.UNKNOWN_ID(file="teams.csv", id=name), row, "team_ids")
        members = tuple(teams[name] for name in names if teams is not None and name in teams)
        incumbent = posts.text(row, "incumbent_person_id")
        found.append(Post(posts.text(row, "post_id"), members, incumbent or None))
    return found


class _NamedPairs(Container[tuple[str, str]]):
    """Pairs of which every id is known, asked for by their ids; `different` from each other or not."""

    def __init__(
        self,
        named: tuple[tuple[str, ...], tuple[str, ...]],
        posts: Mapping[str, int],
        persons: Mapping[str, int],
    ) -> None:
        self._posts, self._persons = posts, persons
        post, person = map(posts.__getitem__, named[0]), map(persons.__getitem__, named[1])
        size = len(named[0])
        self.places = Pairs(np.fromiter(post, np.int32, size), np.fromiter(person, np.int32, size))
        self._numbers = self.places.post.astype(np.int64) * len(persons) + self.places.person
        self._numbers.sort()
        self.different = bool((np.diff(self._numbers) > 0).all())

    def __contains__(self, pair: object) -> bool:
        post, person = pair if isinstance(pair, tuple) else ("", "")
        if post not in self._posts or person not in self._persons:
            return False
        number = self._posts[post] * len(self._persons) + self._persons[person]
        at = int(np.searchsorted(self._numbers, number))
        return at < len(self._numbers) and int(self._numbers[at]) == number


def _pairs(
    candidates: Sheet, posts: Mapping[str, int] | None, persons: Mapping[str, int] | None
) -> Container[tuple[str, str]] | None:
    """The pairs by their ids, `_NamedPairs` unless there is something wrong with them, which is logged;
    None when the table could not be read."""
    if not (candidates.has("post_id") and candidates.has("person_id")):
        return None
    named = candidates.column("post_id"), candidates.column("person_id")
    known_posts, known_persons = posts or {}, persons or {}
    if known_posts.keys() >= {*named[0]} and known_persons.keys() >= {*named[1]}:
        right = _NamedPairs(named, known_posts, known_persons)
        if right.different:
            return right
    known = (("post_id", "posts.csv", posts), ("person_id", "persons.csv", persons))
    found: dict[tuple[str, str], int] = {}
    for row in range(len(candidates)):
        for column, file, ids in known:
            value = candidates.filled(row, column)
            if value and ids is not None and value not in ids:
                candidates.say(say.UNKNOWN_ID(file=file, id=value), row, column)
        pair = (candidates.text(row, "post_id"), candidates.text(row, "person_id"))
        if pair in found and all(pair):
            first = candidates.at(found[pair], "post_id").row
            message = say.DUPLICATE_PAIR(post=pair[0], person=pair[1], first=first)
            candidates.say(message, row, "post_id")
        found.setdefault(pair, row)
    return found


def _must_place(persons: Sheet) -> tuple[bool, ...]:
    if not persons.has("must_place"):
        return (False,) * len(persons)
    flags = []
    for row in range(len(persons)):
        value = persons.filled(row, "must_place")
        if value is not None and value not in ("0", "1"):
            persons.say(say.NOT_FLAG(value=value[:40]), row, "must_place")
        flags.append(value == "1")
    return tuple(flags)


def _exclusions(sheet: Sheet, persons: Mapping[str, int] | None) -> list[Exclusion]:
    found = []
    for row in range(len(sheet)):
        ids = []
        for column in ("person_a", "person_b"):
            value = sheet.filled(row, column)
            if value and persons is not None and value not in persons:
                sheet.say(say.UNKNOWN_ID(file="persons.csv", id=value), row, column)
                value = None
            ids.append(value)
        scope = sheet.choice(row, "scope", tuple(Scope))
        if ids[0] and ids[0] == ids[1]:
            sheet.say(say.SAME_PERSON(id=ids[0]), row, "person_b")
        elif ids[0] and ids[1] and scope and persons is not None:
            a, b = persons[ids[0]], persons[ids[1]]
            reason = sheet.text(row, "reason")
            found.append(Exclusion(row + 1, a, b, Scope(scope), reason))
    return found


def _check_bands(
    settings: Settings,
    candidates: Sheet,
    persons: Sheet,
    ids: Mapping[str, int] | None,
    columns: ColumnsInUse,
) -> None:
    if ids is None or not candidates.has("person_id"):
        return
    listed = {*candidates.column("person_id")}
    rows = sorted(ids[person] for person in listed if person in ids)
    for tier in settings.tiers:
        if tier.bands is not None:
            check_edges(tier.bands, persons, rows, columns)
