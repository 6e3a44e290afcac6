"""Bands and wordings of the tables of figures; local choices, the defaults stand in `settings.yaml`.

A partition (`age_bands`, `birth_years`) takes in every value once: its first band has no lower
bound, its last no upper one, each begins where the one before ends. Generations may overlap. None
of this decides anything about a person.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from banzi.teams.choices import RegionTier


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Band(_Strict):
    """Whole years from `low` to `high`, both included; None is no bound on that side."""

    label: str = Field(min_length=1)
    low: int | None = Field(default=None, alias="from", ge=0)
    high: int | None = Field(default=None, alias="to", ge=0)

    def holds(self, years: int) -> bool:
        return (self.low is None or years >= self.low) and (self.high is None or years <= self.high)


class Around(_Strict):
    """“45岁左右”: completed years within `tolerance` of `centre`, both ends included."""

    label: str = Field(min_length=1)
    centre: int = Field(ge=18, le=80)
    tolerance: int = Field(ge=0, le=10)

    @property
    def low(self) -> int:
        return self.centre - self.tolerance

    @property
    def high(self) -> int:
        return self.centre + self.tolerance

    def holds(self, years: int) -> bool:
        return self.low <= years <= self.high


class EstablishmentWords(_Strict):
    """How each kind of establishment is written in 编制类型."""

    administrative: tuple[str, ...]
    civil_servant_institution: tuple[str, ...]
    institution: tuple[str, ...]
    worker: tuple[str, ...]
    other: tuple[str, ...]


class CountingSettings(_Strict):
    """What `settings.yaml` declares; made by `reading_settings`, which checks the bands.

    Attributes
    ----------
    age_bands, birth_years
        Partitions of completed years of age, and of years of birth.
    generations
        “70后” …: years of birth; they may overlap.
    around, young
        Ages “about” a year, and the label of the one that breakdowns use.
    teams
        Condition on the teams that the statistics list, as text; None for all.
    area_tiers
        Tiers whose areas the table of the four teams lists.
    institution_words, technical_head_words
        Words in 机构类型 and in names of posts.
    establishment_words, in_office_words, left_words
        Wordings of 编制类型 and 人员管理状态.
    """

    age_bands: tuple[Band, ...] = Field(min_length=1)
    birth_years: tuple[Band, ...] = Field(min_length=1)
    generations: tuple[Band, ...]
    around: tuple[Around, ...] = Field(min_length=1)
    young: str
    teams: str | None = None
    area_tiers: tuple[RegionTier, ...] = Field(min_length=1)
    institution_words: tuple[str, ...]
    technical_head_words: tuple[str, ...]
    establishment_words: EstablishmentWords
    in_office_words: tuple[str, ...]
    left_words: tuple[str, ...]

    @property
    def young_around(self) -> Around:
        return next(each for each in self.around if each.label == self.young)
