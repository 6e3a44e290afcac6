"""The tree of organs to tick, narrowed to those that what is typed finds: by name, pinyin, initials.

In a browser the page narrows itself by the same rule (`data-narrow` in app.js).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from banzi.codes.pinyin import syllables
from banzi.web.organs.trees import OrganNode
from banzi.web.people.keys import pinyin_words, squeezed
from banzi.web.people.searching import terms_of


@dataclass(frozen=True, slots=True)
class Offered:
    """An organ to tick. `said`: its syllables, parted by blanks, for whoever types pinyin."""

    organ_id: str
    name: str
    said: str
    below: tuple[Offered, ...]


def offered(
    nodes: Sequence[OrganNode], typed: str = "", chosen: Collection[str] = ()
) -> tuple[Offered, ...]:
    """The organs that every word typed fits, those above them, and those that are ticked already."""
    return tuple(_offered(nodes, terms_of(typed), frozenset(chosen)))


def _offered(nodes: Sequence[OrganNode], terms: list[str], chosen: frozenset[str]) -> list[Offered]:
    found = []
    for node in nodes:
        below = tuple(_offered(node.below, terms, chosen))
        if below or node.organ_id in chosen or all(_fits(node.name, term) for term in terms):
            found.append(Offered(node.organ_id, node.name, _said(node.name), below))
    return found


def _fits(name: str, term: str) -> bool:
    return term in squeezed(name) or any(word.startswith(term) for word in pinyin_words(name))


@lru_cache(maxsize=16_384)
def _said(name: str) -> str:
    return " ".join(syllables(name))
