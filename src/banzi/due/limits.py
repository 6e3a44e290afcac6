"""An office's own rules about age: limits of age for posts, and ages for a nomination.

Both are internal (任职年龄界限, 提名年龄): they differ from place to place, so they come from a settings
file with their source and the days from which they hold, and where none is set nothing is judged.
A rule speaks of posts by a condition; sex has no place in it.

Scalar meaning of a bound, with a the age in completed months at the month of the congress:

    不满58岁          a < 58·12
    不超过57岁        a < 58·12        (completed years, counted to the month: 57 years 11 months is 57)
    1968年11月以后    birth >= 1968.11
"""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from banzi.kernel.dates import month_parts
from banzi.kernel.logic import Truth
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import Condition

UNDER = MessageKind("due/bound-under", _("不满{years}岁"))
UNDER_MONTHS = MessageKind("due/bound-under-months", _("不满{years}岁{months}个月"))
BORN_FROM = MessageKind("due/bound-born-from", _("{year}年{month}月以后出生"))
_YEAR = 12


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Bound(_Part):
    """One of the two: younger than `under_months`, or born in month `born_from` or later."""

    under_months: int | None = Field(default=None, ge=_YEAR * 18, le=_YEAR * 100)
    born_from: int | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.under_months is None) == (self.born_from is None):
            raise ValueError("under_months or born_from")
        return self

    def allows(self, youngest: int, oldest: int, congress: int) -> Truth:
        """Whether somebody born between `oldest` and `youngest` (month indices) keeps the bound."""
        last_born = congress - self.under_months + 1 if self.under_months else self.born_from
        assert last_born is not None  # noqa: S101 - one of the two is set
        if oldest >= last_born:
            return True
        return False if youngest < last_born else None

    def message(self) -> Message:
        if self.under_months is not None:
            years, months = divmod(self.under_months, _YEAR)
            return UNDER_MONTHS(years=years, months=months) if months else UNDER(years=years)
        year, month = month_parts(self.born_from or 0)
        return BORN_FROM(year=year, month=month)


class AgeRule(_Part):
    """A rule about posts: what it is called, where it comes from, when it holds.

    `where` is a condition on posts; None speaks of every post.
    """

    title: str = Field(min_length=1)
    where: Condition | None = None
    since: date
    until: date | None = None
    source: str = Field(min_length=1)

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise ValueError("until must be later than since")
        return self


class PostAgeLimit(AgeRule):
    """任职年龄界限: the age, in months, at whose reaching the post is to be left."""

    age_months: int = Field(alias="age", ge=_YEAR * 18, le=_YEAR * 100)


class NominationLimit(AgeRule):
    """提名年龄: bounds for somebody newly nominated, and for a holder nominated again.

    `congress` is the month index of this kind of congress, None where the file's own holds. A
    bound that is not given is not judged.
    """

    congress: int | None = None
    new: Bound | None = None
    again: Bound | None = None


class AgeLimits(_Part):
    """The whole file; empty when an office has set nothing. `congress` is a month index."""

    congress: int | None = None
    posts: tuple[PostAgeLimit, ...] = Field(default=(), alias="post_age_limits")
    nominations: tuple[NominationLimit, ...] = Field(default=(), alias="nomination_limits")


def limit_month(born: int, age_months: int) -> int:
    """Month index in which somebody born in a month reaches an age."""
    return born + age_months


def completed_years(born: int, month: int) -> int:
    """Age in completed years counted to the month, the day ignored (formats.md 5)."""
    return (month - born) // _YEAR
