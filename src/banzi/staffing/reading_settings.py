"""problem.json: format, tiers, pins, bans; each flaw logged with its path (`tiers[1].bands.cap`).

The tables must have been read before, since tiers name their columns and pins their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from banzi.kernel.errors import Problem as Finding
from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import Message
from banzi.staffing import reading_messages as say
from banzi.staffing.cells import Node, Sheet
from banzi.staffing.columns_in_use import ColumnsInUse
from banzi.staffing.problem import Bands, Coverage, Tier

FORMAT = {"format": "banzi-problem", "version": 1}
_KNOWN = ("format", "version", "name", "as_of", "protected", "tiers", "pins", "bans")
_TIER = ("name", "vacancy", "displaced", "soft_priority", "pair_terms", "coverage", "bands")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CAP = re.compile(r"ceil\(seats/([1-9][0-9]{0,8})\)")


@dataclass(slots=True)
class Settings:
    """What problem.json says, as far as it was right; `soft` has the priorities and where."""

    name: str = ""
    as_of: date = date.min
    tiers: list[Tier] = field(default_factory=list)
    soft: dict[int, Node] = field(default_factory=dict)
    pins: list[tuple[int, int]] = field(default_factory=list)
    bans: list[tuple[int, int]] = field(default_factory=list)


def protected_columns(root: Node) -> frozenset[str]:
    """The names listed as protected, without judging them."""
    listed = root.under("protected")
    values = listed.value if listed and isinstance(listed.value, list) else []
    return frozenset(value for value in values if isinstance(value, str))


def read_settings(root: Node, columns: ColumnsInUse, warnings: list[Finding]) -> Settings:
    """Interpret everything but pins and bans."""
    settings = Settings()
    if not root.is_object():
        return settings
    assert isinstance(root.value, Mapping)  # noqa: S101 - is_object said so
    for name in root.value:
        if name not in _KNOWN:
            _warn(warnings, root, say.IGNORED_KEY(name=name))
    for name, expected in FORMAT.items():
        found = root.need(name)
        if found and (type(found.value), found.value) != (type(expected), expected):
            found.say(say.NOT_FORMAT(expected=expected, value=str(found.value)[:40]))
    settings.name = _text(root.need("name")) or ""
    settings.as_of = _date(root.need("as_of")) or date.min
    for item in _items(root.under("protected")):
        listed = item.text()
        if listed and listed not in ("female", "minority") and not columns.exists(listed):
            item.say(say.UNKNOWN_COLUMN(file=["persons.csv", "candidates.csv"], name=listed))
    tiers = root.need("tiers")
    if tiers and isinstance(tiers.value, list) and not tiers.value:
        tiers.say(say.NO_TIERS())
    names: set[str] = set()
    for item in _items(tiers):
        tier = _tier(item, columns, settings.soft)
        if tier and tier.name in names:
            item.say(say.TIER_TWICE(name=tier.name))
        if tier:
            names.add(tier.name)
            settings.tiers.append(tier)
    return settings


def read_pins_and_bans(
    root: Node,
    settings: Settings,
    pairs: Container[tuple[str, str]] | None,
    places: tuple[Mapping[str, int] | None, Mapping[str, int] | None],
    warnings: list[Finding],
) -> None:
    """Interpret pins and bans against the pairs; None where those could not be read."""
    pinned: set[tuple[str, str]] = set()
    for item in _items(root.under("pins")):
        pair = _pair(item)
        if pair is None:
            continue
        post, person = pair
        if pairs is not None and pair not in pairs:
            item.say(say.PIN_NOT_PAIR(post=post, person=person))
            continue
        if any(post == other for other, _ in pinned):
            item.say(say.PIN_POST_TWICE(post=post))
        if any(person == other for _, other in pinned):
            item.say(say.PIN_PERSON_TWICE(person=person))
        pinned.add(pair)
        if places[0] and places[1] and post in places[0] and person in places[1]:
            settings.pins.append((places[0][post], places[1][person]))
    banned: set[tuple[str, str]] = set()
    for item in _items(root.under("bans")):
        pair = _pair(item)
        if pair is None or pair in banned:
            continue
        post, person = pair
        banned.add(pair)
        if pair in pinned:
            item.say(say.PIN_BANNED(post=post, person=person))
        elif pairs is not None and pair not in pairs:
            _warn(warnings, item, say.BAN_NOT_PAIR(post=post, person=person))
        elif places[0] and places[1] and post in places[0] and person in places[1]:
            settings.bans.append((places[0][post], places[1][person]))


def check_edges(bands: Bands, persons: Sheet, rows: list[int], columns: ColumnsInUse) -> None:
    """Log every candidate person (by row) whose value lies outside the bands."""
    low, high = bands.edges[0], bands.edges[-1]
    values = columns.person_features[bands.feature]
    for row in rows:
        if not low <= values[row] < high:
            message = say.OUTSIDE_EDGES(name=bands.feature, value=values[row], low=low, high=high)
            persons.say(message, row, bands.feature)


def _tier(node: Node, columns: ColumnsInUse, soft: dict[int, Node]) -> Tier | None:
    if not node.is_object(_TIER):
        return None
    name = _text(node.need("name"))
    vacancy = _at_most_zero(node.under("vacancy"))
    displaced = _at_most_zero(node.under("displaced"))
    priority_node = node.under("soft_priority")
    priority = priority_node.integer() if priority_node else None
    if priority_node and priority is not None:
        if priority < 1:
            priority_node.say(say.BELOW_ONE(value=priority))
        elif priority in soft:
            priority_node.say(say.PRIORITY_TWICE(priority=priority))
        else:
            soft[priority] = priority_node
    terms_node = node.under("pair_terms")
    terms: dict[str, int] = {}
    if terms_node and terms_node.is_object():
        assert isinstance(terms_node.value, Mapping)  # noqa: S101 - is_object said so
        for column in terms_node.value:
            weight_node = terms_node.under(column)
            weight = weight_node.integer() if weight_node else None
            if weight_node and columns.pair(column, weight_node.say) and weight is not None:
                terms[column] = weight
    coverage, bands = node.under("coverage"), node.under("bands")
    return Tier(
        name or "",
        vacancy,
        displaced,
        priority,
        terms,
        _coverage(coverage, columns) if coverage else None,
        _bands(bands, columns) if bands else None,
    )


def _coverage(node: Node, columns: ColumnsInUse) -> Coverage | None:
    if not node.is_object(("features", "gains")):
        return None
    features = []
    for item in _items(node.need("features")):
        name = item.text()
        if name and columns.person(name, item.say):
            features.append(name)
    gains_node = node.need("gains")
    gains = (gains_node.integers() if gains_node else None) or ()
    for earlier, later in pairwise(gains):
        if gains_node and later > earlier:
            gains_node.say(say.GAINS_INCREASE(earlier=earlier, later=later))
    return Coverage(tuple(features), gains)


def _bands(node: Node, columns: ColumnsInUse) -> Bands | None:
    if not node.is_object(("feature", "edges", "cap", "excess")):
        return None
    feature_node, edges_node, cap_node = (node.need(name) for name in ("feature", "edges", "cap"))
    feature = _text(feature_node)
    known = bool(feature_node and feature and columns.person(feature, feature_node.say))
    edges = edges_node.integers() if edges_node else None
    if edges_node and edges is not None and (len(edges) < 2 or list(edges) != sorted(set(edges))):
        edges_node.say(say.EDGES_ORDER())
        edges = None
    cap = _cap(cap_node) if cap_node else None
    excess_node = node.need("excess")
    excess = _at_most_zero(excess_node)
    if not known or feature is None or edges is None or cap is None:
        return None
    return Bands(feature, edges, cap[0], cap[1], excess)


def _cap(node: Node) -> tuple[int | None, int] | None:
    """(number, 1) or (None, K)."""
    if isinstance(node.value, str) and (match := _CAP.fullmatch(node.value)):
        return None, int(match[1])
    if type(node.value) is int and node.value >= 0:
        number = node.integer()
        return None if number is None else (number, 1)
    node.say(say.NOT_CAP(value=str(node.value)[:40]))
    return None


def _pair(node: Node) -> tuple[str, str] | None:
    if not node.is_object():
        return None
    post, person = _text(node.need("post_id")), _text(node.need("person_id"))
    return (post, person) if post and person else None


def _items(node: Node | None) -> list[Node]:
    return node.items() if node else []


def _text(node: Node | None) -> str | None:
    return node.text() if node else None


def _at_most_zero(node: Node | None) -> int:
    return (node.at_most_zero() or 0) if node else 0


def _date(node: Node | None) -> date | None:
    text = node.text() if node else None
    if node is None or text is None:
        return None
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        node.say(say.NOT_DATE(value=text[:40]))
        return None


def _warn(warnings: list[Finding], node: Node, message: Message) -> None:
    log = ProblemLog()
    Node(node.path, node.file, node.value, log).say(message)
    warnings.extend(log)
