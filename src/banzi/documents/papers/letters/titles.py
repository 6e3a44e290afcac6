"""Lines of a title: broken by sense, in the shape of an inverted triangle or a lozenge.

GB/T 9704-2012 wants lines of a title whole in sense, balanced, and shaped as a trapezium or a
lozenge. A word is told by a short list of words common in titles (`title_words.txt`), by names that
the caller knows, and by quotation marks; a stretch in none of them is kept whole as far as the
width allows. Whoever wants other lines writes the line ends into the title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from banzi.documents.papers.fitting import width_of

_WHOLE = re.compile(
    r"《[^》]{1,16}》|“[^”]{1,12}”|（[^）]{1,12}）|〔[^〕]*〕"
    r"|第?[0-9一二三四五六七八九十〇]+(?:年度|个月|年|月|日|号|届|次|项|条|级|名|位|期|季度)?"
    r"|[A-Za-z0-9.+-]+"
)
_NEVER_FIRST = frozenset("的等了及、，。；：？！）》”〕")
_NEVER_LAST = frozenset("（《“〔第")
_JOINING = frozenset("和与及或暨")
_OPENERS = frozenset({"关于", "转发", "印发"})
_MOST_LINES = 5

_INSIDE_UNKNOWN, _AFTER_JOINING, _ORDINARY, _AFTER_OF, _AFTER_PAUSE, _BEFORE_ABOUT = (
    90,
    14,
    5,
    2,
    2,
    -2,
)
_PER_LINE, _HOURGLASS, _RECTANGLE, _UPRIGHT, _SHORT_END, _FULL_LINE = 10, 40, 14, 2, 16, 6


def title_lines(title: str, capacity: int, whole_words: Iterable[str] = ()) -> list[str]:
    """The lines of a title.

    Parameters
    ----------
    capacity
        Half-ems that a line holds.
    whole_words
        Names of persons, organs and posts that are not divided.
    """
    if "\n" in title:
        return [line.strip() for line in title.splitlines() if line.strip()]
    text = "".join(title.split("\r"))
    comfortable = capacity - 4
    if width_of(text) <= comfortable:
        return [text]
    cuts = _cuts(text, frozenset(word for word in whole_words if word))
    fewest = -(-width_of(text) // capacity)
    best: tuple[float, list[str]] | None = None
    for count in range(fewest, max(_MOST_LINES, fewest + 1) + 1):
        for cost, lines in _layouts(text, cuts, count, capacity):
            total = cost + _shape(lines, comfortable) + _PER_LINE * count
            if best is None or total < best[0]:
                best = (total, lines)
    return best[1] if best else [text]


def _layouts(
    text: str, cuts: dict[int, int], count: int, capacity: int
) -> Iterable[tuple[int, list[str]]]:
    """Every way to set the text in so many lines that fit, with what its breaks cost."""

    def divide(start: int, left: int) -> Iterable[tuple[int, list[str]]]:
        if left == 1:
            if width_of(text[start:]) <= capacity:
                yield 0, [text[start:]]
            return
        for cut, cost in cuts.items():
            if cut > start and width_of(text[start:cut]) <= capacity:
                if width_of(text[cut:]) > capacity * (left - 1):
                    continue
                for more, lines in divide(cut, left - 1):
                    yield cost + more, [text[start:cut], *lines]

    cheapest = min(cuts.values(), default=0)
    dear = sorted(cuts.values())
    if len(cuts) > 40:
        limit = min(_INSIDE_UNKNOWN - 1, dear[-1])
        cuts = {cut: cost for cut, cost in cuts.items() if cost <= max(limit, cheapest)}
    return divide(0, count)


def _shape(lines: Sequence[str], comfortable: int) -> float:
    """What the outline costs: nothing for a lozenge or an inverted triangle."""
    widths = [width_of(line) for line in lines]
    cost = float(sum(_FULL_LINE for width in widths if width > comfortable))
    steps = [after - before for before, after in pairwise(widths)]
    cost += sum(max(0, abs(step) - 16) for step in steps)
    cost += sum(_RECTANGLE for step in steps if abs(step) < 2)
    grows_again = any(
        earlier < 0 < later for place, earlier in enumerate(steps) for later in steps[place + 1 :]
    )
    if grows_again:
        cost += _HOURGLASS
    elif steps and all(step > 0 for step in steps):
        cost += _UPRIGHT * len(steps)
    if widths[-1] < 8:
        cost += _SHORT_END
    return cost


def _cuts(text: str, whole: Collection[str]) -> dict[int, int]:
    """Places where a line may end, with what a break there costs."""
    cuts: dict[int, int] = {}
    place = 0
    atoms = _atoms(text, whole)
    for number, (atom, known) in enumerate(atoms):
        if not known and len(atom) > 1:
            cuts |= {place + inside: _INSIDE_UNKNOWN for inside in range(1, len(atom))}
        place += len(atom)
        if number + 1 < len(atoms):
            following = atoms[number + 1][0]
            if _may_divide(atom, following):
                cuts[place] = _cost(atom, following)
    return cuts


def _may_divide(atom: str, following: str) -> bool:
    # 中 alone ends a phrase (换届工作中); at the head of 中共 it is part of a word
    return following != "中" and following[0] not in _NEVER_FIRST and atom[-1] not in _NEVER_LAST


def _cost(atom: str, following: str) -> int:
    if following in _OPENERS:
        return _BEFORE_ABOUT
    if atom in _OPENERS or atom in _JOINING:
        return _AFTER_JOINING
    if atom[-1] in "，、；》”）":
        return _AFTER_PAUSE
    if atom == "的":
        return _AFTER_OF
    return _ORDINARY


def _atoms(text: str, whole: Collection[str]) -> list[tuple[str, bool]]:
    """Words in order; False marks a stretch that no list knows."""
    words = _common_words() | frozenset(whole)
    longest = max(map(len, words))
    atoms: list[tuple[str, bool]] = []
    place = 0
    while place < len(text):
        match = _WHOLE.match(text, place)
        sizes = range(min(longest, len(text) - place), 0, -1)
        size = next((n for n in sizes if text[place : place + n] in words), 0)
        size = max(size, len(match[0]) if match else 0)
        if size:
            atoms.append((text[place : place + size], True))
        elif atoms and not atoms[-1][1]:
            atoms[-1] = (atoms[-1][0] + text[place], False)
        else:
            atoms.append((text[place], False))
        place += size or 1
    return atoms


@cache
def _common_words() -> frozenset[str]:
    file = resources.files("banzi.documents.papers.letters") / "title_words.txt"
    return frozenset(file.read_text(encoding="utf-8").split()) | _JOINING | {"的"}
