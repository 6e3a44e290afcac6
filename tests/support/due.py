"""A city and two counties with people near an age, one without what is needed to tell."""

from __future__ import annotations

from datetime import date

from tests.builders import person

from banzi.due.entries import DueCase
from banzi.due.limits import AgeLimits, Bound, NominationLimit, PostAgeLimit
from banzi.kernel.dates import month_index
from banzi.law import load_law
from banzi.roster import Roster

DAY = date(2026, 9, 30)
UNTIL = month_index(2029, 12)


def region() -> Roster:
    """市长 (limit reached), 县长 due 2028.06, a woman without a table, somebody in no team."""
    tiers = {"city": "prefecture", "east": "county", "west": "county"}
    names = {"city": "云岭市", "east": "青禾县", "west": "临溪县"}
    holders = {"city": "市长甲", "east": "县长乙", "west": "县长丙"}
    people = [
        person("市长甲", sex="male", birth=19660800, current_posts_text="云岭市市长"),
        person("县长乙", sex="male", birth=19700600, current_posts_text="青禾县县长"),
        person("县长丙", sex="female", birth=19721100, current_posts_text="临溪县县长"),
        person("丁", sex="male", birth=19650900),
        person("戊", sex="male", birth=19900100),
    ]
    return Roster.of(
        DAY,
        persons=people,
        organs=[
            {
                "organ_id": key,
                "organ_name": f"{names[key]}人民政府",
                "short_name": f"{names[key]}政府",
                "superior_organ_id": None if key == "city" else "city",
                "region_tier": tier,
            }
            for key, tier in tiers.items()
        ],
        teams=[
            {
                "team_id": f"team-{key}",
                "team_name": f"{names[key]}政府班子",
                "team_kind": "government",
                "organ_id": key,
            }
            for key in tiers
        ],
        posts=[
            {
                "post_id": f"head-{key}",
                "post_name": "市长" if key == "city" else "县长",
                "organ_id": key,
                "role": "principal",
                "post_level": "1A21" if key == "city" else "1A31",
            }
            for key in tiers
        ],
        post_teams=[
            {"post_id": f"head-{key}", "team_id": f"team-{key}", "team_order": 1} for key in tiers
        ],
        seats=[
            {"seat_no": number, "post_id": f"head-{key}", "person_id": holders[key]}
            for number, key in enumerate(tiers, start=1)
        ],
    )


def limits() -> AgeLimits:
    since = date(2025, 1, 1)
    return AgeLimits(
        congress=month_index(2026, 11),
        posts=(PostAgeLimit(title="正职界限", age_months=696, since=since, source="某文1号"),),
        nominations=(
            NominationLimit(
                title="正职提名",
                since=since,
                source="某文2号",
                new=Bound(under_months=55 * 12),
                again=Bound(under_months=58 * 12),
            ),
        ),
    )


def case() -> DueCase:
    return DueCase(region(), DAY, load_law(), limits())
