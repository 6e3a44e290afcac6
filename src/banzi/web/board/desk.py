"""A project's problem in memory: read once in a process, then every question is quick.

The verdicts are in it already: pairs that a rule refuses are no arcs. What is left to people is
`reviews`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from django.conf import settings

from banzi.documents.papers.moves import with_place
from banzi.staffing.answers.counting import Counting
from banzi.staffing.answers.names import Names
from banzi.staffing.answers.standing import Standing
from banzi.staffing.bundle import TITLE
from banzi.staffing.left_out import LeftOut, read_left_out
from banzi.staffing.problem import Problem
from banzi.staffing.reading import read_problem
from banzi.staffing.reviews import read_reviews
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem
from banzi.web.board.models import Draft, Project

_KEPT = 4
"""Problems kept in memory in a process: some tens of megabytes each for a region."""


def folder_of(project: Project) -> Path:
    """Where the files of a project lie."""
    return Path(settings.BANZI_HOME) / "plans" / str(project.pk)


@dataclass(frozen=True)
class Desk:
    """`post_of`, `person_of`: place by id. Everything else follows from the problem."""

    problem: Problem
    rows: RowSystem
    names: Names
    folder: Path

    @cached_property
    def post_of(self) -> dict[str, int]:
        return {post.post_id: place for place, post in enumerate(self.problem.posts)}

    @cached_property
    def person_of(self) -> dict[str, int]:
        return {person: place for place, person in enumerate(self.problem.persons)}

    @cached_property
    def decided(self) -> frozenset[tuple[str, str]]:
        """(post id, person id) that the problem itself pins."""
        posts, persons = self.problem.posts, self.problem.persons
        return frozenset((posts[post].post_id, persons[each]) for post, each in self.problem.pins)

    @cached_property
    def posts_of_team(self) -> list[list[int]]:
        """Per team its posts, a concurrent post in both."""
        found: list[list[int]] = [[] for _team in self.problem.teams]
        for place, post in enumerate(self.problem.posts):
            for team in post.teams:
                found[team].append(place)
        return found

    @cached_property
    def counting(self) -> Counting:
        """What each tier counts, in persons and posts."""
        return Counting(self.problem, self.rows)

    @cached_property
    def team_facts(self) -> list[dict[str, str]]:
        """Per team the cells of teams.csv by column."""
        table = self.problem.bundle.tables["teams.csv"]
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    @cached_property
    def post_facts(self) -> list[dict[str, str]]:
        """Per post the cells of posts.csv by column."""
        table = self.problem.bundle.tables["posts.csv"]
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def post_title(self, post: int) -> str:
        """A post with its region, as one speaks of it outside its team."""
        facts = self.post_facts[post]
        name = facts.get("post_name") or self.problem.posts[post].post_id
        region = facts.get("region", "")
        return name if name.startswith(region) else with_place(region, name)

    def title_of(self, post_id: str) -> str:
        return self.post_title(self.post_of[post_id]) if post_id in self.post_of else post_id

    @cached_property
    def titles(self) -> dict[str, str]:
        """Target id → as the office words it; the id where it does not."""
        table = self.problem.bundle.tables["targets.csv"]
        ids = table.column("target_id")
        words = table.column(TITLE) if TITLE in table.columns else ids
        return {each: title or each for each, title in zip(ids, words, strict=True)}

    @cached_property
    def reviews(self) -> dict[tuple[str, str], str]:
        """(post id, person id) → what people must settle first."""
        return read_reviews(self.folder)

    @cached_property
    def left_out(self) -> LeftOut:
        """Who is no candidate and why, as far as the problem's files say."""
        return read_left_out(self.folder)

    @cached_property
    def target_rows(self) -> dict[str, int]:
        """Target id → its row, the one that the solver keeps or pays for."""
        wanted = (RowKind.HARD, RowKind.MISS)
        return {
            name[1]: row
            for row, name in enumerate(self.rows.names)
            if name[0] in ("target", "soft target") and self.rows.kind[row] in wanted
        }

    @cached_property
    def posts_of_target(self) -> dict[str, Int64s]:
        """Target id → the posts in its scope."""
        return {
            target.target_id: np.array(sorted(target.posts), np.int64)
            for target in self.problem.targets
        }

    @cached_property
    def region_of_target(self) -> dict[str, str]:
        """Target id → the region that all its posts are in; a target over several is left out."""
        found = {}
        for target in self.problem.targets:
            regions = {self.region_of(post) for post in target.posts}
            if len(regions) == 1:
                found[target.target_id] = regions.pop()
        return found

    def region_of(self, post: int) -> str:
        """The region of a post's first team."""
        return self.team_facts[self.problem.posts[post].teams[0]].get("region", "")

    def feature(self, name: str, arcs: Int64s) -> Int64s:
        """The value of a person or pair column for each of some arcs."""
        if name not in self._features:
            by_pair = name in self.problem.pair_features
            table = self.problem.pair_features if by_pair else self.problem.person_features
            column = np.asarray(table[name], np.int64)
            places = self.rows.arc_pair if by_pair else self.rows.arc_person
            self._features[name] = column[places]
        found: Int64s = self._features[name][arcs]
        return found

    @cached_property
    def _features(self) -> dict[str, Int64s]:
        return {}

    def standing(self, placed: Mapping[str, str]) -> Standing:
        """Post id → person id as arcs; a pair that is no candidate (any more) is left out."""
        arcs = np.full(self.rows.posts, EMPTY, np.int64)
        for post_id, person_id in placed.items():
            post, person = self.post_of.get(post_id), self.person_of.get(person_id)
            if post is not None and person is not None:
                arcs[post] = self.rows.arc_of(post, person)
        return Standing(self.rows, arcs)

    def arc(self, post_id: str, person_id: str) -> int:
        """The arc of a pair, EMPTY when it is no candidate."""
        post, person = self.post_of.get(post_id), self.person_of.get(person_id)
        return EMPTY if post is None or person is None else self.rows.arc_of(post, person)


def desk_of(project: Project) -> Desk:
    """The desk of a project; the files never change, so it is read once in a process."""
    cached: Desk | None = _DESKS.get(project.problem_sha256)
    if cached is None:
        folder = folder_of(project)
        problem = read_problem(folder)
        cached = Desk(problem, assemble(problem), Names.read(folder), folder)
        while len(_DESKS) >= _KEPT:
            _DESKS.pop(next(iter(_DESKS)))
        _DESKS[project.problem_sha256] = cached
    return cached


_DESKS: dict[str, Desk] = {}


def forget() -> None:
    """Read every problem anew when it is asked for next."""
    _DESKS.clear()


def placed_in(draft: Draft) -> dict[str, str]:
    """Post id → person id."""
    return dict(draft.placements.values_list("post_id", "person_id"))
