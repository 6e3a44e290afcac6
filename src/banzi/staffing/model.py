"""A problem as named integer rows: the one place where the bundle's rules become mathematics.

Variables: x[pair] ∈ {0, 1} for every candidate pair, and for soft targets, coverage and bands whole
numbers that the goals push to their true values. `Model.system` has the rows, `Model.goals` one
linear form per tier, `Model.choices` the order that settles ties.

Rows named `target`, `exclusion`, `pin`, `ban` may be blamed when there is no plan; `post`,
`person` and the bookkeeping of goals are part of what a plan is and never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from banzi.solvers.rows import Form, Name, Row, System
from banzi.staffing.problem import Bands, Coverage, Measure, Problem, Scope, Target, Tier

BLAMABLE = ("pin", "ban", "target", "exclusion")
"""First words of row names that may be blamed, those a department can change first."""


@dataclass(slots=True)
class Model:
    """`x[k]` is the variable of pair k of the problem."""

    problem: Problem
    system: System = field(default_factory=System)
    x: list[int] = field(default_factory=list)
    goals: list[Form] = field(default_factory=list)
    choices: list[tuple[int, ...]] = field(default_factory=list)
    _misses: list[tuple[int, int, Row]] = field(default_factory=list)
    _steps: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def tier_values(self, values: Sequence[int]) -> list[int]:
        """What each tier is worth with the assignments of a solution.

        A search drives the variables of shortfalls, gains and excess to their true values only for
        the tier it maximises; here all of them are set from the assignments.
        """
        true = list(values)
        for variable, _, _ in self._misses:
            true[variable] = 0
        for variable, unit, row in self._misses:
            activity = sum(c * true[v] for v, c in row.terms)
            low, high = row.low, row.high
            miss = low - activity if low is not None else activity - (high or 0)
            true[variable] = max(0, -(-miss // unit))
        for members, steps in self._steps:
            count = sum(true[member] for member in members)
            for k, step in enumerate(steps):
                true[step] = int(count > k)
        return [goal.value(true) for goal in self.goals]

    def add_miss(self, variable: int, unit: int, row: Row) -> None:
        """A variable that is the least number making a row hold, `unit` left-side units each."""
        self.system.add(row)
        self._misses.append((variable, unit, row))

    def add_steps(self, members: list[int], steps: list[int]) -> None:
        """Variables of which the k-th is 1 when at least k of the members are assigned."""
        self._steps.append((members, steps))

    def assignments(self, values: Sequence[int]) -> list[int | None]:
        """Person of each post, None for an empty one."""
        people: list[int | None] = [None] * len(self.problem.posts)
        for (post, person), variable in zip(self.problem.pairs, self.x, strict=True):
            if values[variable]:
                people[post] = person
        return people

    def blamable(self) -> tuple[Name, ...]:
        """Names of rows that may be blamed, in the order of `BLAMABLE`, each once."""
        names = dict.fromkeys(row.name for row in self.system.rows if row.name[0] in BLAMABLE)
        return tuple(sorted(names, key=lambda name: BLAMABLE.index(name[0])))


def build_model(problem: Problem) -> Model:
    """Rows, goals and choices of a problem."""
    model = Model(problem)
    model.x = [model.system.add_variable() for _ in problem.pairs]
    model.system.add(*_place_rows(model))
    model.system.add(*_decision_rows(model))
    model.system.add(*_exclusion_rows(model))
    model.system.add(*_hard_target_rows(model))
    model.goals = [_goal(model, tier, place) for place, tier in enumerate(problem.tiers)]
    by_post: list[list[tuple[int, int]]] = [[] for _ in problem.posts]
    for (post, person), variable in zip(problem.pairs, model.x, strict=True):
        by_post[post].append((person, variable))
    model.choices = [tuple(variable for _, variable in sorted(pairs)) for pairs in by_post]
    return model


def _place_rows(model: Model) -> Iterator[Row]:
    """Every post at most one person, every person at most one post."""
    for kind, side in (("post", 0), ("person", 1)):
        rivals: dict[int, list[int]] = {}
        for pair, variable in zip(model.problem.pairs, model.x, strict=True):
            rivals.setdefault(pair[side], []).append(variable)
        for place, variables in rivals.items():
            yield Row.at_most(1, _ones(variables), name=(kind, str(place)))


def _decision_rows(model: Model) -> Iterator[Row]:
    """Pins hold; banned pairs are never used."""
    variables = dict(zip(model.problem.pairs, model.x, strict=True))
    for kind, pairs, value in (("pin", model.problem.pins, 1), ("ban", model.problem.bans, 0)):
        for post, person in pairs:
            terms = [(variables[post, person], 1)]
            yield Row.between(value, value, terms, name=(kind, str(post), str(person)))


def _exclusion_rows(model: Model) -> Iterator[Row]:
    """Two persons who may not sit together: x_a + x_b ≤ 1 over every set of seats in scope.

    Along a line of command nobody of the two may meet the other anywhere in a team and its direct
    superior together, so the set is the seats of both.
    """
    problem = model.problem
    seats = [set(problem.posts_of_team(team)) for team in range(len(problem.teams))]
    seats_of: dict[int, list[tuple[int, int]]] = {}
    for (post, person), variable in zip(problem.pairs, model.x, strict=True):
        seats_of.setdefault(person, []).append((post, variable))
    for exclusion in problem.exclusions:
        for team, superior in enumerate(problem.superiors):
            scope = seats[team]
            if exclusion.scope is Scope.LINE_OF_COMMAND and superior is not None:
                scope = scope | seats[superior]
            a, b = (
                [variable for post, variable in seats_of.get(person, ()) if post in scope]
                for person in (exclusion.person_a, exclusion.person_b)
            )
            if a and b:
                name = ("exclusion", str(exclusion.number))
                yield Row.at_most(1, _ones(a + b), name=name)


def _hard_target_rows(model: Model) -> Iterator[Row]:
    for target in model.problem.targets:
        if target.hard:
            low = target.right_side if target.op == ">=" else None
            high = target.right_side if target.op == "<=" else None
            name = ("target", target.target_id)
            yield Row.between(low, high, _left_side(model, target), name=name)
            yield from _whole_person_rows(model, target, name)


def _left_side(model: Model, target: Target) -> list[tuple[int, int]]:
    problem = model.problem
    return [
        (variable, target.coefficient(problem.feature_of_pair(target.feature, pair)))
        for pair, variable in enumerate(model.x)
        if problem.pairs[pair][0] in target.posts
    ]


def _goal(model: Model, tier: Tier, place: int) -> Form:
    """The sum of a tier's terms as one form; adds the variables and rows that the terms need."""
    terms: list[tuple[int, int]] = []
    constant = 0
    problem = model.problem
    if tier.vacancy:
        constant += tier.vacancy * len(problem.posts)
        terms += [(variable, -tier.vacancy) for variable in model.x]
    if tier.displaced:
        constant += tier.displaced * sum(problem.must_place)
        for (_, person), variable in zip(problem.pairs, model.x, strict=True):
            if problem.must_place[person]:
                terms.append((variable, -tier.displaced))
    for name, weight in tier.pair_terms.items():
        values = problem.pair_features[name]
        terms += [(v, weight * value) for v, value in zip(model.x, values, strict=True)]
    for target in problem.targets:
        if tier.soft_priority is not None and target.priority == tier.soft_priority:
            terms.append((_shortfall(model, target), -(target.weight or 0)))
    if tier.coverage:
        terms += _coverage_terms(model, tier.coverage, place)
    if tier.bands:
        terms += _band_terms(model, tier.bands, place)
    return Form.of(terms, constant)


def _shortfall(model: Model, target: Target) -> int:
    """A variable s ≥ how far a soft target misses, rounded up to whole units.

    `unit`·s makes up for the miss; a goal that pays for s drives it down to the true shortfall.
    """
    left = _left_side(model, target)
    right, unit = target.right_side, target.unit
    sums = sum(c for _, c in left if c < 0), sum(c for _, c in left if c > 0)
    worst = max(0, right - sums[0]) if target.op == ">=" else max(0, sums[1] - right)
    shortfall = model.system.add_variable(0, -(-worst // unit))
    name = ("soft target", target.target_id)
    if target.op == ">=":
        row = Row.at_least(right, [*left, (shortfall, unit)], name=name)
    else:
        row = Row.at_most(right, [*left, (shortfall, -unit)], name=name)
    model.add_miss(shortfall, unit, row)
    model.system.add(*_whole_person_rows(model, target, name, shortfall))
    return shortfall


def _whole_person_rows(
    model: Model, target: Target, name: Name, shortfall: int | None = None
) -> Iterator[Row]:
    """What a share means in whole persons: implied by its row, but out of reach of fractions.

    Of n posts in scope M are filled, F of them by persons with the feature; b the permille, s the
    shortfall. At most: F − s ≤ ⌊bM/1000⌋ ≤ ⌊bn/1000⌋. At least, for b ≤ 1000:
    F + s ≥ ⌈bM/1000⌉ ≥ ⌈bn/1000⌉ − (n − M). With every post filled the search knows that 40 % of 6
    is 2 persons and not 2.4, which took a 30-post problem from minutes to seconds.
    """
    bound, posts = target.bound, len(target.posts)
    if target.measure is not Measure.SHARE_PERMILLE or not 0 <= bound <= 1000:
        return
    problem = model.problem
    in_scope = [
        (variable, problem.feature_of_pair(target.feature, pair))
        for pair, variable in enumerate(model.x)
        if problem.pairs[pair][0] in target.posts
    ]
    slack = [] if shortfall is None else [(shortfall, 1 if target.op == ">=" else -1)]
    if target.op == "<=":
        yield Row.at_most(bound * posts // 1000, [*in_scope, *slack], name=name)
    else:
        filled = [(variable, feature - 1) for variable, feature in in_scope]
        yield Row.at_least(-(-bound * posts // 1000) - posts, [*filled, *slack], name=name)


def _coverage_terms(model: Model, coverage: Coverage, place: int) -> Iterator[tuple[int, int]]:
    """For the k-th member with the feature a variable z_k worth the k-th gain: Σ z ≤ members.

    Gains that do not increase fill themselves in order. A gain below zero would stay unclaimed, so
    its z_k is forced: members ≤ k − 1 + (the rest)·z_k.
    """
    problem = model.problem
    for team in range(len(problem.teams)):
        seats = set(problem.posts_of_team(team))
        for number, feature in enumerate(coverage.features):
            values = problem.person_features[feature]
            members = [
                variable
                for (post, person), variable in zip(problem.pairs, model.x, strict=True)
                if post in seats and values[person] > 0
            ]
            gains = coverage.gains[: len(seats)]
            if not members or not gains:
                continue
            name = ("coverage", str(place), str(team), str(number))
            steps = [model.system.add_variable() for _ in gains]
            counted = [*_ones(members), *((step, -1) for step in steps)]
            model.system.add(Row.at_least(0, counted, name=name))
            model.add_steps(members, steps)
            for k, (step, gain) in enumerate(zip(steps, gains, strict=True)):
                if gain < 0:
                    forced = [*_ones(members), (step, k - len(seats))]
                    model.system.add(Row.at_most(k, forced, name=name))
                yield step, gain


def _band_terms(model: Model, bands: Bands, place: int) -> Iterator[tuple[int, int]]:
    """For each team and band a variable e ≥ members − cap that costs `excess` each."""
    problem = model.problem
    values = problem.person_features[bands.feature]
    for team in range(len(problem.teams)):
        seats = set(problem.posts_of_team(team))
        cap = bands.cap_of(len(seats))
        for number, (low, high) in enumerate(zip(bands.edges, bands.edges[1:], strict=False)):
            members = [
                variable
                for (post, person), variable in zip(problem.pairs, model.x, strict=True)
                if post in seats and low <= values[person] < high
            ]
            if len(seats) <= cap or len(members) <= cap:
                continue
            beyond = model.system.add_variable(0, len(seats) - cap)
            name = ("band", str(place), str(team), str(number))
            row = Row.at_most(cap, [*_ones(members), (beyond, -1)], name=name)
            model.add_miss(beyond, 1, row)
            yield beyond, bands.excess


def _ones(variables: Iterable[int]) -> list[tuple[int, int]]:
    return [(variable, 1) for variable in variables]
