"""From a problem to its rows in arrays: each rule of the bundle is written here, once.

Exclusions, hard targets, soft targets, coverage and bands become rows (`rows` says what each kind
means); vacancy, displaced and pair terms become values of arcs. A share over whole persons comes
with a cut: without it a search thought 40 % of 6 persons to be 2.4, and a 30-post problem took
minutes instead of seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import counted, narrowed, spans, starts_of, turned
from banzi.solvers.rows import Name
from banzi.staffing.problem import Bands, Coverage, Measure, Problem, Scope, Target, Tier
from banzi.staffing.system.rows import (
    NO_TIER,
    OPEN_HIGH,
    OPEN_LOW,
    Int32s,
    Int64s,
    Narrow,
    RowKind,
    RowSystem,
)


def assemble(problem: Problem, *, with_bans: bool = False) -> RowSystem:
    """The rows of a problem, in this order: exclusions, hard targets, then tier by tier.

    Banned pairs are no arcs, unless asked for `with_bans`: to find out what they cost.
    """
    arcs = _Arcs(problem, with_bans)
    rows = _Rows()
    for row in _exclusion_rows(problem, arcs):
        rows.add(row)
    for target in problem.targets:
        if target.hard:
            rows.add_target(arcs, target, NO_TIER)
    values = np.zeros((len(problem.tiers), len(arcs.post)), np.int64)
    constants = np.zeros(len(problem.tiers), np.int64)
    for place, tier in enumerate(problem.tiers):
        values[place], constants[place] = _linear(problem, arcs, tier)
        for target in problem.targets:
            if tier.soft_priority is not None and target.priority == tier.soft_priority:
                rows.add_target(arcs, target, place)
        for row in _soft_rows(arcs, tier, place):
            rows.add(row)
    return rows.system(problem, arcs, values, constants)


_NOTHING: Narrow = np.zeros(0, np.int16)


@dataclass(frozen=True, slots=True)
class _NewRow:
    """One row: its terms are (arcs, coefficients), arcs rising and no coefficient 0."""

    name: Name
    kind: RowKind
    arcs: Narrow
    coefficients: Narrow
    low: int = OPEN_LOW
    high: int = OPEN_HIGH
    tier: int = NO_TIER
    weight: int = 0
    unit: int = 1
    gains: tuple[int, ...] = ()
    of: int | None = None


class _Arcs:
    """Pairs that may be used, sorted by post and person, and their features."""

    def __init__(self, problem: Problem, with_bans: bool) -> None:
        pairs = problem.pairs
        order = np.lexsort((pairs.person, pairs.post))
        banned = set(problem.bans)
        if banned and not with_bans:
            out = np.isin(pairs.post, [post for post, _ in banned])  # few: they alone are looked at
            out[out] = [pairs[k] in banned for k in np.flatnonzero(out).tolist()]
            order = order[~out[order]]
        self.problem = problem
        self.pair: Int64s = order.astype(np.int64, copy=False)
        self.post: Int32s = pairs.post[order]
        self.person: Int32s = pairs.person[order]
        self.starts = starts_of(np.bincount(self.post, minlength=len(problem.posts)))
        self.seats = [
            np.array(problem.posts_of_team(t), np.int64) for t in range(len(problem.teams))
        ]

    def feature(self, name: str, arcs: Int64s | slice = slice(None)) -> Int64s:
        """The value of a person or pair column for each of some arcs, by default of all.

        Looked up each time: kept by arc, all columns took a fifth as much as the rows.
        """
        pair_values = self.problem.pair_features.get(name)
        if pair_values is not None:
            found = np.asarray(pair_values)[self.pair[arcs]]
        else:
            found = np.asarray(self.problem.person_features[name])[self.person[arcs]]
        return found.astype(np.int64)

    def of_pairs(self, pairs: Iterable[tuple[int, int]]) -> Int64s:
        """Arcs of these (post, person) that have one, rising."""
        found = []
        for post, person in pairs:
            first, last = self.starts[post : post + 2]
            place = int(first + np.searchsorted(self.person[first:last], person))
            found += [place] if place < last and self.person[place] == person else []
        return np.array(sorted(set(found)), np.int64)

    def at(self, posts: npt.ArrayLike) -> Int64s:
        """Arcs of these posts, rising."""
        return spans(self.starts, np.unique(np.asarray(posts, np.int64)))[0]


class _Growing:
    """Whole numbers one behind the other, as narrow as all of them can be.

    In one piece that grows where it lies: joining many takes as much again.
    """

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._kind, self._bytes = kind, bytearray()

    def extend(self, numbers: Narrow) -> None:
        wide = np.promote_types(self._kind, narrowed(numbers).dtype)
        if wide != self._kind:
            self._bytes = bytearray(self.all().astype(wide))
            self._kind = wide
        self._bytes += numbers.astype(wide).data

    def all(self) -> npt.NDArray[Any]:
        return np.frombuffer(self._bytes, self._kind)


class _Rows:
    """Rows as they come; their terms, most of a problem's memory, apart and narrow."""

    def __init__(self) -> None:
        self.rows: list[_NewRow] = []
        self._sizes: list[int] = []
        self._arcs, self._coefficients = _Growing(np.dtype(np.int32)), _Growing(_NOTHING.dtype)

    def add(self, row: _NewRow) -> None:
        self._sizes.append(len(row.arcs))
        self._arcs.extend(row.arcs)
        self._coefficients.extend(row.coefficients)
        self.rows.append(replace(row, arcs=_NOTHING, coefficients=_NOTHING))

    def add_target(self, arcs: _Arcs, target: Target, tier: int) -> None:
        """The row of a target, and its cut where it has one."""
        place = len(self.rows)
        self.add(_target_row(arcs, target, tier))
        if target.measure is Measure.SHARE_PERMILLE and 0 <= target.bound <= 1000:
            self.add(_whole_persons(arcs, target, place))

    def system(self, problem: Problem, arcs: _Arcs, values: Int64s, constants: Int64s) -> RowSystem:
        rows = self.rows
        sizes = np.array(self._sizes, np.int64)
        terms, coefficients = self._arcs.all(), self._coefficients.all()
        arc_start = starts_of(counted(terms, len(arcs.post)))
        row_start = starts_of(sizes)
        numbers = narrowed(np.array([len(sizes)])).dtype
        arc_rows, arc_coefficients = turned(terms, coefficients, row_start, arc_start, numbers)
        return RowSystem(
            persons=len(problem.persons),
            post_start=arcs.starts,
            arc_post=arcs.post,
            arc_person=arcs.person,
            arc_pair=arcs.pair,
            pinned=arcs.of_pairs(problem.pins),
            banned=arcs.of_pairs(problem.bans),
            arc_values=values,
            constants=constants,
            kind=np.array([row.kind for row in rows], np.int8),
            low=np.array([row.low for row in rows], np.int64),
            high=np.array([row.high for row in rows], np.int64),
            tier=np.array([row.tier for row in rows], np.int32),
            weight=np.array([row.weight for row in rows], np.int64),
            unit=np.array([row.unit for row in rows], np.int64),
            of=np.array([k if r.of is None else r.of for k, r in enumerate(rows)], np.int32),
            gains_start=starts_of(np.array([len(row.gains) for row in rows], np.int64)),
            gains=np.array([gain for row in rows for gain in row.gains], np.int64),
            row_start=row_start,
            row_arcs=terms,
            row_coefficients=coefficients,
            arc_start=arc_start,
            arc_rows=arc_rows,
            arc_coefficients=arc_coefficients,
            names=tuple(row.name for row in rows),
        )


def _exclusion_rows(problem: Problem, arcs: _Arcs) -> Iterator[_NewRow]:
    """Two persons who may not sit together: at most one of them over every set of seats in scope.

    Along a line of command nobody of the two may meet the other anywhere in a team and its direct
    superior together, so the set is the seats of both.
    """
    of_person = _arcs_by_person(arcs, problem)
    scopes = {scope: _scopes_of_posts(problem, scope) for scope in Scope}
    for exclusion in problem.exclusions:
        of_post = scopes[exclusion.scope]
        meets: list[dict[int, list[int]]] = []
        for person in (exclusion.person_a, exclusion.person_b):
            met: dict[int, list[int]] = {}
            for arc in of_person[person].tolist():
                for team in of_post[arcs.post[arc]]:
                    met.setdefault(team, []).append(arc)
            meets.append(met)
        first, second = meets
        for team in sorted(first.keys() & second.keys()):
            name = ("exclusion", str(exclusion.number))
            chosen = np.array(sorted(first[team] + second[team]), np.int64)
            yield _NewRow(name, RowKind.HARD, chosen, np.ones_like(chosen), high=1)


def _scopes_of_posts(problem: Problem, scope: Scope) -> list[list[int]]:
    """Per post the teams in whose scope it is: its own, and along a line those right below them."""
    below: dict[int, list[int]] = {}
    if scope is Scope.LINE_OF_COMMAND:
        for team, superior in enumerate(problem.superiors):
            if superior is not None:
                below.setdefault(superior, []).append(team)
    return [
        sorted({t for own in post.teams for t in (own, *below.get(own, ()))})
        for post in problem.posts
    ]


def _arcs_by_person(arcs: _Arcs, problem: Problem) -> Mapping[int, Int64s]:
    wanted = {p for e in problem.exclusions for p in (e.person_a, e.person_b)}
    order = np.argsort(arcs.person, kind="stable")
    starts = starts_of(np.bincount(arcs.person, minlength=len(problem.persons)))
    return {p: np.sort(order[starts[p] : starts[p + 1]]) for p in wanted}


def _target_row(arcs: _Arcs, target: Target, tier: int) -> _NewRow:
    """Left side `op` right side, as the target says; soft ones by their tier."""
    scope = arcs.at(sorted(target.posts))
    coefficients = target.coefficient(arcs.feature(target.feature, scope))
    used = coefficients != 0
    is_least = target.op == ">="
    return _NewRow(
        ("target" if target.hard else "soft target", target.target_id),
        RowKind.HARD if target.hard else RowKind.MISS,
        scope[used],
        coefficients[used],
        low=target.right_side if is_least else OPEN_LOW,
        high=OPEN_HIGH if is_least else target.right_side,
        tier=tier,
        weight=target.weight or 0,
        unit=target.unit,
    )


def _whole_persons(arcs: _Arcs, target: Target, of: int) -> _NewRow:
    """What a share means in whole persons: implied by its row, but out of reach of fractions.

    Of n posts in scope M are filled, F of them by persons with the feature; b the permille, s the
    shortfall. At most: F − s ≤ ⌊bM/1000⌋ ≤ ⌊bn/1000⌋. At least, for b ≤ 1000:
    F + s ≥ ⌈bM/1000⌉ ≥ ⌈bn/1000⌉ − (n − M).
    """
    name = ("target" if target.hard else "soft target", target.target_id)
    scope, seats = arcs.at(sorted(target.posts)), len(target.posts)
    feature = arcs.feature(target.feature, scope)
    if target.op == "<=":
        used = feature != 0
        high = target.bound * seats // 1000
        return _NewRow(name, RowKind.CUT, scope[used], feature[used], high=high, of=of)
    used = feature != 1
    low = -(-target.bound * seats // 1000) - seats
    return _NewRow(name, RowKind.CUT, scope[used], feature[used] - 1, low=low, of=of)


def _linear(problem: Problem, arcs: _Arcs, tier: Tier) -> tuple[Int64s, int]:
    """What each arc adds to a tier, and the tier of the empty plan."""
    values = np.full(len(arcs.post), -tier.vacancy, np.int64)
    must = np.array(problem.must_place, bool)
    values -= tier.displaced * must[arcs.person]
    for name, weight in tier.pair_terms.items():
        values += weight * arcs.feature(name)
    return values, tier.vacancy * len(problem.posts) + tier.displaced * int(must.sum())


def _soft_rows(arcs: _Arcs, tier: Tier, place: int) -> Iterator[_NewRow]:
    if tier.coverage:
        yield from _coverage_rows(arcs, tier.coverage, place)
    if tier.bands:
        yield from _band_rows(arcs, tier.bands, place)


def _coverage_rows(arcs: _Arcs, coverage: Coverage, place: int) -> Iterator[_NewRow]:
    """For each team and feature: the k-th member with the feature earns the k-th gain."""
    for team, seats in enumerate(arcs.seats):
        scope = arcs.at(seats)
        gains = coverage.gains[: len(seats)]
        for number, feature in enumerate(coverage.features):
            members = scope[arcs.feature(feature, scope) > 0]
            if len(members) and gains:
                name = ("coverage", str(place), str(team), str(number))
                ones = np.ones_like(members)
                yield _NewRow(name, RowKind.STEPS, members, ones, tier=place, gains=gains)


def _band_rows(arcs: _Arcs, bands: Bands, place: int) -> Iterator[_NewRow]:
    """For each team and band: members beyond the cap cost `excess` each."""
    for team, seats in enumerate(arcs.seats):
        scope, cap = arcs.at(seats), bands.cap_of(len(seats))
        values = arcs.feature(bands.feature, scope)
        for number, (low, high) in enumerate(zip(bands.edges, bands.edges[1:], strict=False)):
            members = scope[(values >= low) & (values < high)]
            if len(seats) > cap and len(members) > cap:
                name = ("band", str(place), str(team), str(number))
                yield _NewRow(
                    name,
                    RowKind.MISS,
                    members,
                    np.ones_like(members),
                    high=cap,
                    tier=place,
                    weight=-bands.excess,
                )
