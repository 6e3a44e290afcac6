"""What a structure report shows: bands, decades, and which members the outcome paragraph is about.

Local choices with working defaults; they stand under `settings` in the targets file. None of them
decides anything about a person.
"""

from __future__ import annotations

from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field, model_validator

from banzi.people.choices import ExpertField

_YEAR = 12


class ReportSettings(BaseModel):
    """Ages in completed years.

    Attributes
    ----------
    around_centre_years, around_half_width_years
        “45岁左右”: 45 ± 2 is everybody aged 43 to 47. Not defined by any text; printed with it.
    age_band_starts
        First age of each band after the youngest (formats.md 2.2: 35及以下, 36–40, …, 60及以上).
    young_decade, heads_decade
        First year of birth of “80后” and “70后”.
    paragraph_teams, heads
        Conditions on teams and posts, as text: 党政班子, and 政府正职.
    fields
        Expert fields of the coverage matrix.
    evidence_years
        Years of assessments that count as evidence beside the counts; printed with the table.
    custom_holders
        Holders of one kind in a row that are shown as a custom of the post; printed with it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    around_centre_years: int = Field(default=45, ge=18, le=80)
    around_half_width_years: int = Field(default=2, ge=0, le=10)
    age_band_starts: tuple[int, ...] = (36, 41, 46, 51, 55, 60)
    young_decade: int = Field(default=1980, ge=1900, le=2090)
    heads_decade: int = Field(default=1970, ge=1900, le=2090)
    paragraph_teams: str = "班子类型为党委、政府之一"
    heads: str = "回避类别为政府正职"
    fields: tuple[ExpertField, ...] = tuple(ExpertField)
    evidence_years: int = Field(default=3, ge=1, le=10)
    custom_holders: int = Field(default=3, ge=2, le=10)

    @model_validator(mode="after")
    def _bands_rise(self) -> ReportSettings:
        if not self.age_band_starts or any(a >= b for a, b in pairwise(self.age_band_starts)):
            raise ValueError("age_band_starts must rise")
        return self

    @property
    def around_months(self) -> tuple[int, int]:
        """First month of age in the band and first beyond it."""
        low = self.around_centre_years - self.around_half_width_years
        high = self.around_centre_years + self.around_half_width_years
        return low * _YEAR, (high + 1) * _YEAR

    @property
    def age_edges_months(self) -> tuple[int, ...]:
        """Edges between bands, in months of age; one fewer than there are bands."""
        return tuple(start * _YEAR for start in self.age_band_starts)
