"""谁符合条件: everybody whom the rules let be looked at for one post, with what stands against the others.

Listed are persons of whom the viewer may see every class of fields, since a verdict rests on all of
them. Verdict, level and the office's own post profiles put them in order; it is no choice and no
score of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from banzi.codes.lookup import name_of
from banzi.codes.strokes import sort_names
from banzi.facts.levels import level_order, seats_at
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Language
from banzi.rules import RANKED, Screening, Verdict, screen
from banzi.rules.explaining import reasons
from banzi.structure.compiling import expression
from banzi.structure.outlook.bench import STEPS
from banzi.structure.settling import read_condition
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS
from banzi.web.organs.asking import Seen
from banzi.web.targets.models import PostProfile

LOOKED_AT = (Verdict.PASS, Verdict.REVIEW, Verdict.UNKNOWN)
"""Verdicts listed unless one is asked for: those that do not rule a person out."""
_FAR = 99


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person for the post. `steps`: levels below the post's, None where either is not known."""

    person_id: str
    name: str
    born: str
    posts: str
    level: str
    steps: int | None
    verdict: Verdict
    is_seated: bool
    points: int
    profiles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post, where it belongs, who holds it."""

    post: Mapping[str, Any]
    organ: str
    level: str
    teams: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]


def post_page(asked: Seen, post_id: str) -> PostPage | None:
    """The post; None where it is not in sight."""
    found = asked.roster["posts"].filter(post_id=post_id).to_dicts()
    if not found:
        return None
    post = found[0]
    organs = dict(asked.roster["organs"].select("organ_id", "organ_name").iter_rows())
    links = asked.roster["post_teams"].filter(post_id=post_id).sort("team_order")["team_id"]
    teams = dict(asked.roster["teams"].select("team_id", "team_name").iter_rows())
    names = dict(asked.roster["persons"].select("person_id", "name").iter_rows())
    seats = seats_at(asked.roster, asked.as_of).filter(post_id=post_id)["person_id"]
    return PostPage(
        post,
        organs.get(post["organ_id"], ""),
        _level(post["post_level"]),
        tuple((each, teams[each]) for each in links if each in teams),
        tuple((each, names[each]) for each in seats if each in names),
    )


def screening_of(asked: Seen, post_id: str) -> Screening:
    """Everybody judged for one post; kept until the records change."""
    assert asked.sight is not None  # noqa: S101 - always given
    whole = asked.sight.whole
    key = ("site-eligible", post_id, asked.as_of)
    return whole.keep(key, lambda: screen(whole, asked.as_of, [post_id], asked.law))


def candidates(asked: Seen, post_id: str, listed: Collection[str]) -> list[Candidate]:
    """Everybody listed but who holds the post, the better first.

    Parameters
    ----------
    listed
        Persons of whom the viewer may see every class of fields.
    """
    screening = screening_of(asked, post_id)
    ranks = screening.ranks[0]
    wanted = asked.members.all_posts  # posts that a profile speaks of
    points = _points(asked, post_id, wanted)
    facts = {row["person_id"]: row for row in asked.facts_at(asked.as_of).iter_rows(named=True)}
    own = screening.case.posts.select(level=level_order("post_level"))["level"][0]
    seats = seats_at(asked.roster, asked.as_of)
    seated, holders = set(seats["person_id"]), set(seats.filter(post_id=post_id)["person_id"])
    found = []
    for place, person in enumerate(screening.case.person_ids):
        if person not in listed or person in holders or person not in facts:
            continue
        row = facts[person]
        level = row["level_order"]
        met = points.get(person, ())
        found.append(
            Candidate(
                person,
                row["name"],
                PartialDate(row["birth"]).dotted()[:7] if row["birth"] else "",
                row["current_posts_text"] or "",
                _level(row["post_level"]),
                None if own is None or level is None else own - level,
                RANKED[int(ranks[place])],
                person in seated,
                sum(weight for _title, weight in met),
                tuple(title for title, _weight in met),
            )
        )
    return _in_order(found)


def near(each: Candidate) -> bool:
    """Of the post's level or the next lower one, or of a level not known."""
    return each.steps is None or each.steps in STEPS


def counts(found: Sequence[Candidate]) -> list[tuple[Verdict, int]]:
    by_verdict = Counter(each.verdict for each in found)
    return [(verdict, by_verdict[verdict]) for verdict in RANKED]


def with_reasons(
    asked: Seen, post_id: str, found: Sequence[Candidate], language: Language
) -> list[tuple[Candidate, list[tuple[Any, str]]]]:
    """Each with the rules that do not pass, worst first."""
    told = reasons(screening_of(asked, post_id), post_id, {each.person_id for each in found})
    return [
        (each, [(result, result.message(language)) for result in told[each.person_id]])
        for each in found
    ]


def _points(asked: Seen, post_id: str, wanted: Any) -> dict[str, tuple[tuple[str, int], ...]]:
    """Person → (title, points) of the profiles of this post that the person meets."""
    made: dict[str, list[tuple[str, int]]] = {}
    frame = asked.facts_at(asked.as_of)
    for each in PostProfile.objects.order_by("-weight", "title"):
        tree = read_condition(each.where, PERSON_WORDS, lambda _message: None)
        posts = read_condition(each.post_where, POST_WORDS, lambda _message: None) \
            if each.post_where else None  # fmt: skip
        if tree is None or (each.post_where and post_id not in wanted(posts)):
            continue
        for person in frame.filter(expression(tree, PERSON_WORDS))["person_id"]:
            made.setdefault(person, []).append((each.title, each.weight))
    return {person: tuple(met) for person, met in made.items()}


def _in_order(found: Sequence[Candidate]) -> list[Candidate]:
    strokes = np.empty(len(found), np.int64)
    strokes[list(sort_names([each.name for each in found]).order)] = np.arange(len(found))
    keys = [
        (RANKED.index(each.verdict), _distance(each.steps), -each.points, int(strokes[place]))
        for place, each in enumerate(found)
    ]
    return [found[place] for place in sorted(range(len(found)), key=keys.__getitem__)]


def _distance(steps: int | None) -> int:
    if steps is None:
        return _FAR - 1
    return steps if steps >= 0 else _FAR


def _level(code: str | None) -> str:
    return (name_of("post_level_zb09", code) or "") if code else ""
