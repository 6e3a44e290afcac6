"""How a rule about a proceeding is written down: its citation, what it asks, and its answer.

@must_hold(id="local-party-elections/24/quorum", title=_("…"), cites=["LE/24"],
           since="2020-12-28", asks={"due": Ask(_("应到会人数")), …})
def quorum(at: Context, given: Given) -> Answer: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from banzi.kernel.logic import Truth
from banzi.rules.runtime.declaring import Context

Kind = Literal["count", "date", "flag", "choice", "names", "counts", "table"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a proceeding's rule wants to know.

    Attributes
    ----------
    name
        What papers and screens call it.
    kind
        `count` a whole number ≥ 0 · `date` · `flag` yes or no · `choice` one of `choices` ·
        `names` a list of text · `counts` whole numbers by name · `table` a list of mappings.
    choices
        Allowed words of a `choice`, with their Chinese names.
    """

    name: str
    kind: Kind = "count"
    choices: Mapping[str, str] = field(default_factory=dict)


class Given:
    """The figures of one proceeding; None where a figure is not known."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        return self._values[name]


@dataclass(frozen=True)
class Answer:
    """What a rule says of the figures given.

    Attributes
    ----------
    holds
        None where the figures cannot decide.
    shows
        Values that the messages name.
    otherwise, satisfied
        Messages of a breach and of a pass; "" for none.
    doubt, doubtful
        Where true the rule holds but people must decide, and why.
    value
        A number, order or list that the law gives from the figures, for those who go on with it.
    """

    holds: Truth
    shows: Mapping[str, object] = field(default_factory=dict)
    otherwise: str = ""
    satisfied: str = ""
    doubt: bool = False
    doubtful: str = ""
    value: Any = None


@dataclass(frozen=True)
class Proceeding:
    """One rule with its citation; `asks` in the order in which a form would ask them."""

    id: str
    title: str
    cites: tuple[str, ...]
    since: date
    until: date | None
    asks: Mapping[str, Ask]
    is_must: bool
    answer: Callable[[Context, Given], Answer]

    def in_force(self, as_of: date) -> bool:
        return self.since <= as_of and (self.until is None or as_of < self.until)


def must_hold(**declared: Any) -> Callable[[Callable[[Context, Given], Answer]], Proceeding]:
    """Declare a 必须/应当/不得 rule; see `Proceeding` for the names."""
    return _declare(is_must=True, **declared)


def should_hold(**declared: Any) -> Callable[[Callable[[Context, Given], Answer]], Proceeding]:
    """Declare a 一般/原则上 rule: a breach is for people to decide."""
    return _declare(is_must=False, **declared)


def _declare(
    *,
    is_must: bool,
    id: str,
    title: str,
    cites: Sequence[str],
    since: str,
    asks: Mapping[str, Ask],
    until: str = "",
) -> Callable[[Callable[[Context, Given], Answer]], Proceeding]:
    def declare(answer: Callable[[Context, Given], Answer]) -> Proceeding:
        return Proceeding(
            id=id,
            title=title,
            cites=tuple(cites),
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
            asks=dict(asks),
            is_must=is_must,
            answer=answer,
        )

    return declare
