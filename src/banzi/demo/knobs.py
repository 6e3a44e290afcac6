"""The knobs of the generator (`settings.yaml`) and its words (`vocabulary.yaml`), read and typed.

Why each knob has its value stands in the file. Nothing here draws a number.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from banzi.kernel.dates import month_index

Range = tuple[int, int]
"""Least and most, both included."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ages(_Strict):
    """Completed years at `as_of`, by pair of teams."""

    party_government: Range
    congress_consultative: Range


class PoolGroup(_Strict):
    """One kind of official in the pool; `level` is a code of `post_level_zb09`."""

    count: int = Field(ge=0)
    level: str
    months_at_level: Range
    ages: Range


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


class Knobs(_Strict):
    """`settings.yaml`; counts are persons, posts or files."""

    as_of: date
    term_started: str
    vacant_posts: tuple[str, ...]
    outgoing_ages: Ages
    outgoing_near_retirement: tuple[str, ...]
    outgoing_women: tuple[str, ...]
    outgoing_minority: tuple[str, ...]
    outgoing_non_party: tuple[str, ...]
    ten_years_in_post: str
    pool: dict[str, PoolGroup]
    pool_women: int
    pool_minority: int
    pool_non_party: int
    postgraduates: int
    in_service_studies: int
    pool_grassroots_missing: int
    pool_grassroots_by_secondment: int
    one_post_at_level: int
    spouses_both_officials: int
    siblings_both_officials: int
    father_in_law_pairs: int
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

    province: str
    prefecture: str
    districts: tuple[str, ...]
    counties: tuple[str, ...]
    townships: tuple[str, ...]
    neighbours: tuple[str, ...]
    neighbour_counties: dict[str, tuple[str, ...]]
    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    rare_given: tuple[str, ...]
    names_with_dot: tuple[str, ...]
    majors: dict[str, tuple[str, ...]]
    degrees: dict[str, str]
    bureaus: dict[str, tuple[str, ...]]
    schools: tuple[str, ...]
    companies: tuple[str, ...]


@cache
def load_knobs() -> Knobs:
    return Knobs.model_validate(_yaml("settings.yaml"))


@cache
def load_vocabulary() -> Vocabulary:
    raw = _yaml("vocabulary.yaml")
    for name in ("surnames", "men", "women"):
        raw[name] = tuple(dict.fromkeys(raw[name].split()))
    return Vocabulary.model_validate(raw)


def _yaml(name: str) -> dict[str, Any]:
    text = (resources.files("banzi.demo") / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
