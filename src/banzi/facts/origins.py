"""From which tables each fact is drawn, so that an explanation can name file and place."""

from __future__ import annotations

from banzi.facts.declared import CONCLUDED, DISPUTABLE
from banzi.facts.entering import CHANNELS
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy

_CAREER = ("career_segments", "career_tags")
_LEVEL = ("persons", "level_history")

ORIGINS: dict[str, tuple[str, ...]] = {
    "grassroots_months": _CAREER,
    "grassroots_own_months": _CAREER,
    "grassroots_by_secondment_only": _CAREER,
    **{f"came_from_{tag.value}": ("seats", *_CAREER) for tag in CHANNELS},
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
    "on_probation": (*_LEVEL, "seats", "appointments"),
    "probation_ends_on": _LEVEL,
    "promoted_exceptionally": ("appointments",),
    **dict.fromkeys(
        ("training_hours", "training_days", "training_year_hours", "training_year_days"),
        ("training", "completeness"),
    ),
    **dict.fromkeys(("training_due_hours", "training_due_days"), ("training", "completeness")),
    "has_training_deadline": _LEVEL,
    "training_deadline": _LEVEL,
    "leading_post_barred_until": ("sanctions", "completeness"),
    "higher_level_barred_until": ("sanctions", "completeness"),
    **{f"concluded_{kind.value}": ("conclusions",) for kind in CONCLUDED},
    **{f"disputed_{topic}": ("findings",) for topic in DISPUTABLE},
    "months_at_target_level": _LEVEL,
    "months_in_this_post": ("seats", "appointments"),
    "area_level_months": ("seats", "appointments"),
    "has_waiver": ("waivers",),
    "waives_tenure": ("waivers",),
    "late_waiver": ("waivers",),
    **dict.fromkeys(
        ("role", "titular_codes", "is_party_post", "is_judicial_post", "in_party_or_government"),
        (),
    ),
    "target_level_order": (),
    "post_level": (),
    "duty_head": (),
    "region_tier": (),
    "division_code": (),
}
"""Tables by fact (spans without `_low`/`_high`); facts not named come from the person's own row."""

MOST = 4


class Sources:
    """Where the rows about one person come from, each table looked at once.

    Parameters
    ----------
    about
        The roster cut down to that person.
    roster
        The whole one.
    """

    def __init__(self, about: Roster, roster: Roster) -> None:
        self._about = about
        self._roster = roster
        self._places: dict[str, tuple[str, ...]] = {}

    def of(self, fact: str) -> tuple[str, ...]:
        """`file · place` of the rows behind a fact, at most four; () when typed in by hand."""
        name = fact.removesuffix("_low").removesuffix("_high")
        tables = ORIGINS.get(name, ("persons",))
        found = dict.fromkeys(place for table in tables for place in self._of_table(table))
        return tuple(list(found)[:MOST])

    def _of_table(self, table: str) -> tuple[str, ...]:
        if table not in self._places:
            rows = self._about[table]
            named = [
                (source, place)
                for source, place in zip(rows["source_id"], rows["source_place"], strict=True)
                if source is not None
            ]
            files = self._files({source for source, _place in named}) if named else {}
            self._places[table] = tuple(
                f"{files.get(source, source)} · {place}" if place else files.get(source, source)
                for source, place in named
            )
        return self._places[table]

    def _files(self, source_ids: set[str]) -> dict[str, str]:
        whole = self._roster
        by_id = whole.keep("sources", lambda: RowsBy(whole["sources"], "source_id"))
        found = by_id.rows(*source_ids)
        return dict(found.select("source_id", "file_name").iter_rows())
