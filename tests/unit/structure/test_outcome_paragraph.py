"""The outcome paragraph, from data: the figures that the report of a change of term printed.

165 members, 59 around 45, 85 with county leadership, 161 with grassroots experience, 16 born in
the eighties with at least one in each of 12 teams, mean age 2.4 years lower (systems.md, section 1).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.builders_structure import members

from banzi.structure.indicators import tenths_text
from banzi.structure.members import Members
from banzi.structure.paragraph import outcome_paragraph
from banzi.structure.report import report_data
from banzi.structure.report_settings import ReportSettings

NEW, OLD = date(2021, 9, 30), date(2016, 9, 30)
TEAMS = [
    {
        "team_id": f"t{n}",
        "team_name": f"第{n + 1}班子",
        "team_kind": "government" if n % 2 else "party_committee",
    }
    for n in range(12)
]
# Ages in months: 59 members of 45 years and 6 months, 16 of 40 years, 90 of 54 years.
#   59 × 546 + 16 × 480 + 90 × 648 = 32214 + 7680 + 58320 = 98214; mean 595.24 months = 49.6 years
AGES = [546] * 59 + [480] * 16 + [648] * 90
# The old term: 165 members whose months sum to 98214 + 165 × 29 = 102999; mean 52.0 years.
OLD_AGES = [age + 29 for age in AGES]


def house(as_of: date, ages: list[int], **changed: Any) -> Members:
    people: list[dict[str, Any]] = [
        {
            "person_id": f"p{n}",
            "age_months": age,
            "birth_year": (as_of.year * 12 + as_of.month - 1 - age) // 12,
            "has_county_leadership": n < 85,
            "has_grassroots": n >= 4,
        }
        for n, age in enumerate(ages)
    ]
    for person, facts in changed.items():
        people[int(person[1:])] |= facts
    # The 16 young ones (59 … 74) come first in the rota, so that every team gets one.
    order = [*range(59, 75), *range(59), *range(75, 165)]
    posts = [
        {
            "post_id": f"s{n}",
            "teams": [f"t{place % 12}"],
            "duty_head": "government" if place in (17, 19, 21, 23, 25, 27) else "none",
        }
        for place, n in enumerate(order)
    ]
    return members(people, TEAMS, posts, {f"s{n}": f"p{n}" for n in range(165)}, as_of)


def test_the_article_s_figures_come_out_of_the_data() -> None:
    paragraph = outcome_paragraph(house(NEW, AGES), ReportSettings(), house(OLD, OLD_AGES))
    assert paragraph.text() == (
        "12个班子共有成员165人；"
        "平均年龄49.6岁（截至2021-09-30），较上届的52.0岁（截至2016-09-30）降低2.4岁；"
        "45岁左右（43至47周岁）干部59人，占35.8%；"
        "每个班子至少配备1名“80后”干部，共配备16名；"
        "政府正职6人中“70后”6人，占100.0%；"
        "具有旗县领导经历的85人，占51.5%；"
        "具有基层经历的161人，占97.6%。"
    )


def test_every_number_is_traced_to_the_people_behind_it() -> None:
    paragraph = outcome_paragraph(house(NEW, AGES), ReportSettings(), house(OLD, OLD_AGES))
    by_code = {sentence.message.code: sentence.results for sentence in paragraph.sentences}
    (around,) = by_code["paragraph/around"]
    assert around.met_names == tuple(f"p{n}" for n in range(59))
    young, *per_team = by_code["paragraph/young-in-each"]
    assert (young.numerator, len(per_team)) == (16, 12)
    assert sum(result.numerator for result in per_team) == 16
    now, before = by_code["paragraph/age-lower"]
    assert (now.as_of, before.as_of) == (NEW, OLD)
    assert now.value == Fraction(98214, 165)
    (grassroots,) = by_code["paragraph/grassroots"]
    assert grassroots.unmet_names == ("p0", "p1", "p2", "p3")


def test_the_band_is_a_setting_and_is_printed_with_the_figure() -> None:
    wide = ReportSettings(around_half_width_years=5)
    text = outcome_paragraph(house(NEW, AGES), wide).text()
    assert "45岁左右（40至50周岁）干部75人，占45.5%" in text
    assert "较上届" not in text


def test_a_missing_fact_is_counted_and_a_team_without_young_is_named() -> None:
    # p60 sits in 第2班子, whose other young member is the thirteenth after (p72).
    changed = {
        "p60": {"birth_year": None, "has_county_leadership": None},
        "p72": {"birth_year": 1979},
    }
    text = outcome_paragraph(house(NEW, AGES, **changed), ReportSettings()).text()
    assert "共配备“80后”干部14名，尚无“80后”干部的班子：第2班子（另有1人情况不明）" in text
    assert "具有旗县领导经历的84人，占50.9%（另有1人情况不明）" in text


def test_changing_one_record_changes_only_the_numbers_that_depend_on_it() -> None:
    old = report_data(house(NEW, AGES), [], ReportSettings())
    new = report_data(house(NEW, AGES, p0={"has_grassroots": True}), [], ReportSettings())
    changed = [a.indicator.id for a, b in zip(old.outcome, new.outcome, strict=True) if a != b]
    assert changed == ["outcome/grassroots"]
    assert "162人，占98.2%" in new.paragraph.text()


def test_report_pictures_count_everybody_once_and_compare_before_with_after() -> None:
    data = report_data(house(NEW, AGES), [], ReportSettings(), house(OLD, OLD_AGES))
    assert sum(data.overall.ladder) == 165
    # 36-40: the sixteen aged 40; 41-45: the 59 aged 45½; 51-54: the 90 aged 54.
    assert data.overall.ladder == (0, 16, 59, 0, 90, 0, 0)
    assert sum(team.seats for team in data.teams) == 165
    ages = next(p for p in data.before_after if p.after.indicator.id == "outcome/age")
    assert (ages.difference, ages.difference_shown()) == (Fraction(-29), "-2.4")
    shown = {p.after.indicator.id: p.difference_shown() for p in data.before_after}
    assert (shown["outcome/members"], shown["outcome/around"]) == ("0", "0.0个百分点")
    assert data.compared_as_of == OLD


def test_halves_round_away_from_zero() -> None:
    shown = [tenths_text(Fraction(number, 20)) for number in (1, -1, 47, 3, 0)]
    assert shown == ["0.1", "-0.1", "2.4", "0.2", "0.0"]
