"""The invented province: its prefectures and counties, as the table of divisions has them.

Names and codes stand in `codes/tables/admin_divisions_invented.csv` alone, so that whatever the
generator writes down as a place is found again by whoever reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from banzi.codes.lookup import read_rows


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One prefecture; `codes` gives the six-place code of every name, its own included."""

    code: str
    name: str
    districts: tuple[str, ...]
    counties: tuple[str, ...]
    codes: dict[str, str]

    @property
    def county_level(self) -> tuple[str, ...]:
        """Counties, then districts: the order in which the county layer takes them."""
        return (*self.counties, *self.districts)


@dataclass(frozen=True, slots=True)
class Territory:
    """`province` without 省, as in 籍贯; prefectures in the order of their codes."""

    province: str
    prefectures: tuple[Prefecture, ...]

    @property
    def most_counties(self) -> int:
        """How many counties every prefecture has at least."""
        return min(len(each.county_level) for each in self.prefectures)


@cache
def territory() -> Territory:
    """The whole province."""
    rows = read_rows("admin_divisions_invented.csv")
    province = next(row["short"] for row in rows if row["level"] == "province")
    found = []
    for row in rows:
        if row["level"] == "prefecture":
            below = [
                other
                for other in rows
                if other["level"] == "county" and other["code"][:4] == row["code"][:4]
            ]
            names = [other["name"] for other in below]
            found.append(
                Prefecture(
                    row["code"],
                    row["name"],
                    tuple(name for name in names if name.endswith("区")),
                    tuple(name for name in names if not name.endswith("区")),
                    {other["name"]: other["code"] for other in (row, *below)},
                )
            )
    return Territory(province, tuple(found))
