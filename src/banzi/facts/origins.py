"""From which tables each fact is drawn, so that an explanation can name file and place."""

from __future__ import annotations

import polars as pl

from banzi.roster import Roster

_CAREER = ("career_segments", "career_tags")
_LEVEL = ("persons", "level_history")

ORIGINS: dict[str, tuple[str, ...]] = {
    "grassroots_months": _CAREER,
    "grassroots_own_months": _CAREER,
    "grassroots_by_secondment_only": _CAREER,
    "education_tier": ("education",),
    "full_time_education_tier": ("education",),
    "full_time_degree_tier": ("education",),
    "level_order": _LEVEL,
    "months_in_level": _LEVEL,
    "months_at_lower_level": _LEVEL,
    "posts_at_lower_level": ("appointments", "level_history"),
    "current_post_id": ("seats", "appointments"),
    "months_in_post": ("seats", "appointments"),
    "last_assessment": ("assessments",),
    "assessment_2_years_back": ("assessments",),
    "assessment_3_years_back": ("assessments",),
    "sanctions_end_on": ("sanctions", "completeness"),
    "sanctions_bar_until": ("sanctions",),
    "sanction_effect": ("conclusions",),
    "conclusions_not_met": ("conclusions",),
    "conclusions_under_review": ("conclusions",),
    "conclusions_undated": ("conclusions",),
    "conclusions_awaited": ("conclusions",),
    "kin_seated": ("relatives",),
    "kin_to_confirm": ("relatives",),
    "target_level_order": (),
    "post_level": (),
    "duty_head": (),
    "region_tier": (),
    "division_code": (),
}
"""Tables by fact (spans without `_low`/`_high`); facts not named come from the person's own row."""

MOST = 4


def sources_of(roster: Roster, person_id: str, fact: str) -> tuple[str, ...]:
    """`file · place` of the person's rows behind a fact, at most four; () when typed in by hand."""
    name = fact.removesuffix("_low").removesuffix("_high")
    files = dict(roster["sources"].select("source_id", "file_name").iter_rows())
    found: dict[str, None] = {}
    for table in ORIGINS.get(name, ("persons",)):
        rows = roster[table].filter(pl.col("person_id") == person_id)
        for source, place in rows.select("source_id", "source_place").iter_rows():
            if source is not None:
                file = files.get(source, source)
                found[f"{file} · {place}" if place else file] = None
    return tuple(list(found)[:MOST])
