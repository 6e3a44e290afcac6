"""Settings of a plan: what it is called, who is considered, what counts and how much.

Local choices, each visible: post profiles are lists of stated conditions with whole-number weights,
never a score of a person. Sex and ethnicity have no place here (`reading_plan_settings` refuses
them); their minimum targets stand in the targets file.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from banzi.structure.conditions import Condition


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weights(_Part):
    """Points per assignment with the property, in the last tier; 0 leaves it out.

    `fit`: per point of profiles met. `moves`: the person changes post. `short_term`: not known to
    be able to serve a full term. `from_other_region`: comes from a post in another region.
    `review`: the pair has something that people must decide.
    """

    fit: int = 1
    moves: int = -8
    short_term: int = -15
    from_other_region: int = 0
    review: int = 0


class Profile(_Part):
    """What a post wants of its holder: meeting `where` adds `weight` to the fit of the pair."""

    title: str = Field(min_length=1)
    post_where: Condition | None = None
    where: Condition
    weight: int


class CoverageWish(_Part):
    """Fields each team should have somebody for; gains of the first, second … such member."""

    fields: tuple[Condition, ...] = Field(min_length=1)
    gains: tuple[int, ...] = Field(default=(30, 15, 6), min_length=1)

    @model_validator(mode="after")
    def _gains_fall(self) -> Self:
        if any(later > earlier for earlier, later in pairwise(self.gains)):
            raise ValueError("gains must not increase")
        return self


class AgeBands(_Part):
    """Edges in months of age; members of a team in one band beyond `cap` cost `excess` each."""

    edges: tuple[int, ...] = Field(min_length=2)
    cap: int | str = Field(default="ceil(seats/3)", pattern=r"^(ceil\(seats/[1-9]\d{0,3}\)|\d+)$")
    excess: int = Field(default=-20, le=0)

    @model_validator(mode="after")
    def _edges_rise(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.edges)):
            raise ValueError("edges must rise")
        return self


class NamedPair(_Part):
    """A post and a person, each by identifier or by a name that only one has."""

    post: str
    person: str
    note: str = ""


class Reach(_Part):
    """One source of candidates: which posts (`post_where`) may draw whom (`where`) from it.

    `source`, seen from the post: `own` works in its area, `above` in an organ of a wider area that
    takes it in, `elsewhere` in another area (`reach` has how that is told).
    """

    source: Literal["own", "above", "elsewhere"]
    post_where: Condition | None = None
    where: Condition | None = None


class PlanSettings(_Part):
    """Everything about a plan that is not a target.

    Attributes
    ----------
    vacancy, displaced
        Points per empty post and per person left without a post who must have one (tier `fill`).
    tiers
        Order of the goals: `fill`, `soft` (soft targets, by priority), `merit`.
    must_place
        `incumbents`: whoever sits now must get a post unless known to retire within the term.
    considered
        Condition on persons who hold none of the posts; None for no other limit than the rules.
    level_steps
        Only persons whose known level is at most so many steps below the post's, and not above;
        None for no limit. Whoever holds a post is always considered for it.
    reach
        Sources of candidates; a pair needs one that lets it in. Empty: no limit. Whoever holds a
        post is always considered for it.
    exchange
        Groups of regions within which officials may come from `elsewhere`; empty: from anywhere.
    pins, decided
        Pairs that must hold: wished for, or already decided.
    bans
        Pairs that must not.
    """

    name: str = Field(default="", max_length=200)
    vacancy: int = Field(default=-1000, le=0)
    displaced: int = Field(default=-100, le=0)
    tiers: tuple[Literal["fill", "soft", "merit"], ...] = ("fill", "soft", "merit")
    weights: Weights = Weights()
    coverage: CoverageWish | None = None
    age_bands: AgeBands | None = None
    profiles: tuple[Profile, ...] = ()
    must_place: Literal["incumbents", "nobody"] = "incumbents"
    considered: Condition | None = None
    level_steps: int | None = Field(default=1, ge=0, le=9)
    reach: tuple[Reach, ...] = ()
    exchange: tuple[tuple[str, ...], ...] = ()
    pins: tuple[NamedPair, ...] = ()
    bans: tuple[NamedPair, ...] = ()
    decided: tuple[NamedPair, ...] = ()

    @model_validator(mode="after")
    def _each_tier_once(self) -> Self:
        if sorted(self.tiers) != ["fill", "merit", "soft"]:
            raise ValueError("tiers: fill, soft, merit, each once")
        return self
