"""The knobs of the generator (`marginals.yaml`) and its words (`vocabulary.yaml`), read and typed.

Why each knob has its value stands in the file. Nothing here draws a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from banzi.demo.territory import Prefecture, territory
from banzi.kernel.dates import month_index

Range = tuple[int, int]
"""Least and most, both included."""

TierName = Literal["prefecture", "county"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sizes(_Strict):
    """How large a region is when nobody says otherwise, and what is refused."""

    prefectures: int
    officials_in_prefecture: int
    officials_in_county: int
    least_in_prefecture: int
    least_in_county: int
    most_officials: int


class PoolGroup(_Strict):
    """One kind of official in the pool; `level` is a code of `post_level_zb09`.

    `count` persons in the demonstration of one prefecture; `region` parts of the whole otherwise.
    """

    count: int = Field(ge=0)
    region: int = Field(ge=0)
    level: str
    months_at_level: Range
    ages: Range
    paths: tuple[str, ...]


class Tier(_Strict):
    """The outgoing teams, the hidden plan and the pool of a prefecture, or of a county.

    Posts are named by their place in the team (`teams`); ages are completed years at `as_of`.
    """

    principal_level: str
    deputy_level: str
    vacant: tuple[str, ...]
    ages_executive: Range
    ages_deliberative: Range
    ages_near_retirement: Range
    near_retirement: tuple[str, ...]
    women: tuple[str, ...]
    minority: tuple[str, ...]
    non_party: tuple[str, ...]
    ten_years_in_post: str
    through_counties: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    hidden_plan: dict[str, str]
    exchanged: str
    heir_ages: dict[str, Range]
    heir_women: tuple[str, ...]
    heir_fields: dict[str, str]
    heir_masters: tuple[str, ...]
    pool: dict[str, PoolGroup]

    def renamed(self, places: dict[str, str]) -> Tier:
        """The same with posts exchanged for others alike."""
        changes: dict[str, object] = {}
        for name in ("vacant", "near_retirement", "women", "minority", "non_party", "heir_women"):
            changes[name] = tuple(places.get(post, post) for post in getattr(self, name))
        changes["ten_years_in_post"] = places.get(self.ten_years_in_post, self.ten_years_in_post)
        for name in ("hidden_plan", "heir_fields"):
            held: dict[str, str] = getattr(self, name)
            changes[name] = {
                places.get(post, post): places.get(source, source) for post, source in held.items()
            }
        return self.model_copy(update=changes)


class Blemishes(_Strict):
    """How many files or facts show each blemish."""

    without_bom: int
    blank_elements: int
    blanks_in_names: int
    lower_case_x: int
    resume_separators: int
    missing_elements: int
    unknown_elements: int
    resume_gaps: int
    birth_differs_from_id: int
    sources_disagree: int


_SCALED = (
    "pool_women",
    "pool_minority",
    "pool_non_party",
    "postgraduates",
    "in_service_studies",
    "pool_grassroots_missing",
    "pool_grassroots_by_secondment",
    "secondments",
    "one_post_at_level",
    "transfers",
    "spouses_both_officials",
    "siblings_both_officials",
    "father_in_law_pairs",
    "namesake_officials",
    "namesake_relatives",
    "sanctions_running",
    "sanctions_ended",
    "assessed_basically_competent",
    "assessment_missing",
    "grew_up_here",
    "growth_place_missing",
    "political_gate_open",
)


class Knobs(_Strict):
    """`marginals.yaml`; counts are persons, posts or files."""

    as_of: date
    term_started: str
    later_by_months: Range
    sizes: Sizes
    prefecture: Tier
    county: Tier
    pool_of: int
    pool_women: int
    pool_minority: int
    pool_non_party: int
    postgraduates: int
    in_service_studies: int
    pool_grassroots_missing: int
    pool_grassroots_by_secondment: int
    secondments: int
    one_post_at_level: int
    transfers: int
    spouses_both_officials: int
    siblings_both_officials: int
    father_in_law_pairs: int
    siblings_across: int
    namesake_officials: int
    namesake_relatives: int
    sanctions_running: int
    sanctions_ended: int
    assessed_basically_competent: int
    assessment_missing: int
    grew_up_here: int
    growth_place_missing: int
    political_gate_open: int
    blemishes: Blemishes
    around: dict[TierName, Range]
    shares_permille: dict[str, int]
    lower_mean_age_months: dict[TierName, int]
    post_80s_in_twelve: int
    least_in_teams: dict[str, int]

    def tier(self, name: TierName) -> Tier:
        return self.prefecture if name == "prefecture" else self.county

    def scaled(self, pool: int) -> Knobs:
        """The knobs for a pool of another size: everything counted over the pool in proportion."""
        if pool == self.pool_of:
            return self

        def share(count: int) -> int:
            return (count * pool + self.pool_of // 2) // self.pool_of

        marks = {name: share(count) for name, count in self.blemishes.model_dump().items()}
        changes = {name: share(getattr(self, name)) for name in _SCALED}
        return self.model_copy(update={**changes, "blemishes": Blemishes(**marks)})

    @property
    def as_of_month(self) -> int:
        """Month index of the day the roster speaks about."""
        return month_index(self.as_of.year, self.as_of.month)

    @property
    def term_started_month(self) -> int:
        year, month = self.term_started.split("-")
        return month_index(int(year), int(month))


class Vocabulary(_Strict):
    """`vocabulary.yaml`; all of it invented, except surnames and subjects of study."""

    townships: tuple[str, ...]
    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    rare_given: tuple[str, ...]
    names_with_dot: dict[str, tuple[str, ...]]
    majors: dict[str, tuple[str, ...]]
    degrees: dict[str, str]
    bureaus: dict[str, tuple[str, ...]]
    departments: tuple[str, ...]
    provincial_divisions: tuple[str, ...]
    schools: tuple[str, ...]
    local_schools: tuple[str, ...]
    faculties: tuple[str, ...]
    companies: tuple[str, ...]
    provincial_companies: tuple[str, ...]


_TOWNS_IN_COUNTY = 10
_NEIGHBOURS = 2
_DOTTED = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary as one prefecture uses it: its places, schools and companies by name."""

    base: Vocabulary
    place: Prefecture
    neighbours: tuple[Prefecture, ...]

    @property
    def names_with_dot(self) -> tuple[str, ...]:
        """Two names that nobody bears in another prefecture."""
        first, last = (self.base.names_with_dot[part] for part in ("first", "last"))
        names = [f"{a}·{b}" for b in last for a in first]
        start = _DOTTED * territory().prefectures.index(self.place) % len(names)
        return (*names, *names)[start : start + _DOTTED]

    @property
    def province(self) -> str:
        return territory().province

    @property
    def prefecture(self) -> str:
        return self.place.name

    @property
    def counties(self) -> tuple[str, ...]:
        """Counties and districts."""
        return self.place.county_level

    @property
    def universities(self) -> tuple[str, ...]:
        """Those of the province, which alone give master's degrees."""
        return tuple(self.province + kind for kind in self.base.schools)

    @property
    def schools(self) -> tuple[str, ...]:
        """Wherever one studies for a bachelor's degree, or works."""
        own = self.prefecture.removesuffix("市")
        return (*self.universities, *(own + kind for kind in self.base.local_schools))

    @property
    def companies(self) -> tuple[str, ...]:
        own = self.province + self.prefecture.removesuffix("市")
        return (
            *(own + kind for kind in self.base.companies),
            *(self.province + kind for kind in self.base.provincial_companies),
        )

    def townships(self, county: str) -> tuple[str, ...]:
        """The townships of a county: others in every county of the prefecture."""
        places = [each for near in (self.place, *self.neighbours) for each in near.county_level]
        names, start = self.base.townships, 13 * places.index(county)
        return tuple(names[(start + 9 * step) % len(names)] for step in range(_TOWNS_IN_COUNTY))


@cache
def load_knobs() -> Knobs:
    return Knobs.model_validate(_yaml("marginals.yaml"))


@cache
def load_vocabulary() -> Vocabulary:
    raw = _yaml("vocabulary.yaml")
    for name in ("townships", "surnames", "men", "women"):
        raw[name] = tuple(dict.fromkeys(raw[name].split()))
    return Vocabulary.model_validate(raw)


@cache
def load_words(number: int) -> Words:
    """Words of the prefecture with this number, counted from 0."""
    places = territory().prefectures
    near = tuple(places[(number + step) % len(places)] for step in range(1, _NEIGHBOURS + 1))
    return Words(load_vocabulary(), places[number], near)


def _yaml(name: str) -> dict[str, Any]:
    text = (resources.files("banzi.demo") / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
