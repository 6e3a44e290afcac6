"""Persons of one name told apart as people would: by birth month, else by post, last by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from banzi.kernel.dates import PartialDate

_YEAR_AND_MONTH = 7


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody with a name. `birth` as a partial date, None for not known; `post`: unit or post, ""
    for none."""

    person_id: str
    name: str
    birth: int | None
    post: str = ""

    @property
    def born(self) -> str:
        return "" if self.birth is None else PartialDate(self.birth).dotted()[:_YEAR_AND_MONTH]


def told_apart(persons: Iterable[Bearer]) -> dict[str, tuple[str, ...]]:
    """Person id → what to say behind the name, of namesakes only; no two of a name say the same.

    The birth month where no other of the name was born then, else month and post, else month
    and id; of those unknown what is left.
    """
    listed = list({each.person_id: each for each in persons}.values())
    named = Counter(each.name for each in listed)
    alike = [each for each in listed if named[each.name] > 1]
    months = Counter((each.name, each.born) for each in alike)
    posts = Counter((each.name, each.born, each.post) for each in alike)
    return {each.person_id: _marks(each, months, posts) for each in alike}


def _marks(
    each: Bearer, months: Counter[tuple[str, str]], posts: Counter[tuple[str, str, str]]
) -> tuple[str, ...]:
    if each.born and months[each.name, each.born] == 1:
        return (each.born,)
    by_post = each.post and posts[each.name, each.born, each.post] == 1
    last = each.post if by_post else each.person_id
    return (each.born, last) if each.born else (last,)
