"""What a cross table may be divided by, each a word of a query with its groups.

Times and ages fall into bands with chosen bounds: an age bound is the last year of its band
(35岁及以下), any other bound the first of the next (不满3年). A span whose two ends fall into different
bands belongs to none: it is not known which. Everything else is divided by its values.

    age = dimension("age_months", (35, 40))
    age.keys()          expression of the key of each row's group, null where it is not known
    age.title("1")      36—40岁
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import polars as pl

from banzi.codes.lookup import load, name_of
from banzi.facts.times import AGE_MONTHS
from banzi.kernel.columns import FieldClass, Kind
from banzi.kernel.messages import Language, Message, MessageKind, name_in, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.vocabulary import Field
from banzi.web.queries.values import NO, WITHOUT_SEAT, YES
from banzi.web.queries.words import NO_SEAT, QUERY_WORDS, class_of

UNKNOWN = "?"
"""Key of the group of those of whom it is not known."""
_NONE = "-"
"""Key of the group of those who are known to have no seat: an empty key would be lost in a link."""
UNKNOWN_TITLE = _("情况不明")
MOST_BOUNDS = 20

_UPTO = MessageKind("queries/band-up-to", _("{last}岁及以下"))
_AGES = MessageKind("queries/band-ages", _("{first}—{last}岁"))
_ONE_AGE = MessageKind("queries/band-one-age", _("{first}岁"))
_OLDER = MessageKind("queries/band-older", _("{first}岁及以上"))
_UNITS = {"month": _("年"), "hour": _("学时"), "day": _("天")}
_UNDER = MessageKind("queries/band-under", _("不满{bound}{unit}"))
_BETWEEN = MessageKind("queries/band-between", _("{low}至不满{high}{unit}"))
_FROM = MessageKind("queries/band-from", _("{bound}{unit}及以上"))
_BEFORE = MessageKind("queries/band-before", _("{bound}年以前"))
_YEARS = MessageKind("queries/band-years", _("{first}—{last}年"))
_ONE_YEAR = MessageKind("queries/band-one-year", _("{first}年"))
_SINCE = MessageKind("queries/band-since", _("{bound}年及以后"))

_TIERS = (_("大专以下"), _("大专"), _("大学"), _("研究生"))
_DEGREES = (_("没有学位"), _("学士"), _("硕士"), _("博士"))
_LEVELS_OF = {
    "education_tier": _TIERS,
    "full_time_education_tier": _TIERS,
    "full_time_degree_tier": _DEGREES,
}
_TITLES = {
    AGE_MONTHS: _("年龄"),
    "education_tier": _("最高学历"),
    "full_time_education_tier": _("全日制学历"),
    "full_time_degree_tier": _("全日制学位"),
}
_DEFAULT_BOUNDS = {
    AGE_MONTHS: (30, 35, 40, 45, 50, 55),
    "birth_year": (1965, 1970, 1975, 1980, 1985, 1990),
    "months_in_post": (1, 3, 5, 10),
    "months_in_level": (2, 3, 5, 10),
    "grassroots_months": (2, 5, 10),
    "party_standing_months": (3, 10, 20, 30),
    "service_months": (5, 10, 20, 30),
}
_DATED = (Kind.PARTIAL_DATE, Kind.DATE, Kind.MONTH)
_FIRST = (
    *(AGE_MONTHS, "post_level", "sex", "political_status", "education_tier"),
    *("full_time_education_tier", "is_minority", "first_kind", "first_region", "months_in_post"),
)


@dataclass(frozen=True)
class Dimension:
    """A word with the bounds of its bands; () for one divided by its values."""

    word: Field
    bounds: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.word.name

    @property
    def field_class(self) -> FieldClass:
        return class_of(self.word)

    @property
    def is_banded(self) -> bool:
        return takes_bounds(self.word)

    def heading(self, language: Language = "zh") -> str:
        if self.name in _TITLES:
            return translate(_TITLES[self.name], language)
        return (
            self.word.label(language)
            .replace("时间（月）", "年限")
            .removesuffix("（月）")
            .removesuffix(" in months")
        )

    @property
    def written(self) -> str:
        """As an address says it: `age_months:35,40`."""
        return f"{self.name}:{','.join(map(str, self.bounds))}"

    def keys(self) -> pl.Expr:
        """Key of the group of each row; null where it is not known."""
        if not self.is_banded:
            key = pl.col(self.word.low).cast(pl.String)
            return pl.when(key == NO_SEAT).then(pl.lit(_NONE)).otherwise(key)
        low, high = (self._place(name) for name in (self.word.low, self.word.high))
        return pl.when(low == high).then(low.cast(pl.String))

    def _place(self, column: str) -> pl.Expr:
        """Number of the band a value falls into; the year itself where no bounds are given."""
        value = self._years(column)
        if not self.bounds:
            return value
        counted = pl.sum_horizontal(
            (value > bound if self.name == AGE_MONTHS else value >= bound).cast(pl.Int64)
            for bound in self.bounds
        )
        return pl.when(value.is_not_null()).then(counted)

    def _years(self, column: str) -> pl.Expr:
        value = pl.col(column)
        match self.word.kind:
            case Kind.PARTIAL_DATE:
                return (value // 10_000).cast(pl.Int64)
            case Kind.DATE:
                return value.dt.year().cast(pl.Int64)
            case Kind.MONTH:
                return (value // 12).cast(pl.Int64)
        if self.word.unit == "month":
            return (value // 12).cast(pl.Int64)
        return value.cast(pl.Int64)

    def title(self, key: str, language: Language = "zh") -> str:
        """What a group is called."""
        if key == UNKNOWN:
            return translate(UNKNOWN_TITLE, language)
        if key == _NONE:
            return translate(WITHOUT_SEAT, language)
        if self.is_banded:
            return self._band(int(key), language)
        if self.name in _LEVELS_OF:
            return translate(_LEVELS_OF[self.name][int(key)], language)
        if self.word.kind is Kind.BOOLEAN:
            return translate(YES if key == "true" else NO, language)
        if self.word.choices is not None:
            found = self.word.choices.from_value(key)
            if found is None:
                return key
            named: str = name_in(found, language)
            return named
        return (name_of(self.word.codes, key) or key) if self.word.codes else key

    def _band(self, place: int, language: Language) -> str:
        if not self.bounds:
            return _ONE_YEAR(first=place).text(language)
        first = self.bounds[place - 1] if place else None
        last = self.bounds[place] if place < len(self.bounds) else None
        if self.name == AGE_MONTHS:
            said = _age_band(first, last)
        elif self.word.kind in _DATED or self.word.unit == "year":
            said = _year_band(first, last)
        else:
            unit = translate(_UNITS.get(self.word.unit, ""), language) if self.word.unit else ""
            if first is None:
                said = _UNDER(bound=last, unit=unit)
            elif last is None:
                said = _FROM(bound=first, unit=unit)
            else:
                said = _BETWEEN(low=first, high=last, unit=unit)
        return said.text(language)

    def arranged(self, found: Iterable[str]) -> list[str]:
        """Keys in the order of a table: every band and listed value, then what else was found;
        not known last, always."""
        there = set(found) - {UNKNOWN}
        listed = [key for key in self._listed(there) if key != _NONE]
        without = [_NONE] if _NONE in there else []
        return [*listed, *without, UNKNOWN]

    def _listed(self, there: set[str]) -> list[str]:
        if self.is_banded:
            if self.bounds:
                return [str(place) for place in range(len(self.bounds) + 1)]
            return sorted(there, key=int)
        if self.name in _LEVELS_OF:
            return [str(step) for step in reversed(range(len(_LEVELS_OF[self.name])))]
        if self.word.kind is Kind.BOOLEAN:
            return ["true", "false"]
        order: list[str] = []
        if self.word.choices is not None:
            order = [each.value for each in self.word.choices]
        elif self.word.codes:
            order = [row.code for row in load(self.word.codes)]
        place = {key: number for number, key in enumerate(order)}
        return sorted(there, key=lambda key: (place.get(key, len(place)), key))


def _age_band(first: int | None, last: int | None) -> Message:
    if first is None:
        return _UPTO(last=last)
    if last is None:
        return _OLDER(first=first + 1)
    return _ONE_AGE(first=last) if first + 1 == last else _AGES(first=first + 1, last=last)


def _year_band(first: int | None, last: int | None) -> Message:
    if first is None:
        return _BEFORE(bound=last)
    if last is None:
        return _SINCE(bound=first)
    return _ONE_YEAR(first=first) if first + 1 == last else _YEARS(first=first, last=last - 1)


def takes_bounds(word: Field) -> bool:
    return word.kind in _DATED or (word.kind is Kind.INTEGER and word.name not in _LEVELS_OF)


@cache
def _divisible() -> dict[str, Field]:
    """Words a table may be divided by; free texts have as many groups as people, but for places of seats."""
    usable = {
        word.name: word
        for word in QUERY_WORDS
        if word.name not in ("level_order", "is_woman")
        and (word.kind is not Kind.TEXT or word.name in ("first_region", "first_team"))
    }
    names = [*_FIRST, *(name for name in usable if name not in _FIRST)]
    return {name: usable[name] for name in names}


def dimensions_for(classes: Iterable[FieldClass]) -> list[Dimension]:
    """What an account with these classes may divide by, most asked for first."""
    held = frozenset(classes)
    return [
        Dimension(word, _DEFAULT_BOUNDS.get(name, ()))
        for name, word in _divisible().items()
        if class_of(word) in held
    ]


def read_dimension(text: str, classes: Iterable[FieldClass]) -> Dimension | None:
    """`age_months`, `age_months:35,40`; None for what may not be used or cannot be read."""
    name, colon, written = text.partition(":")
    word = _divisible().get(name)
    if word is None or class_of(word) not in frozenset(classes):
        return None
    if not takes_bounds(word):
        return Dimension(word)
    bounds = read_bounds(written) if colon else _DEFAULT_BOUNDS.get(name, ())
    if bounds is None:
        return None
    if not bounds and word.kind is Kind.INTEGER:
        bounds = _DEFAULT_BOUNDS.get(
            name, (1, 3, 5, 10) if word.unit == "month" else (1, 10, 50, 100)
        )
    return Dimension(word, bounds)


def read_bounds(text: str) -> tuple[int, ...] | None:
    """`35、40` → (35, 40); () for none; None when they are no rising whole numbers."""
    for sign in "、，;； ":
        text = text.replace(sign, ",")
    parts = [part for part in text.split(",") if part]
    if not all(part.isdecimal() and len(part) <= 4 for part in parts) or len(parts) > MOST_BOUNDS:
        return None
    bounds = tuple(map(int, parts))
    return bounds if all(one < other for one, other in pairwise(bounds)) else None
