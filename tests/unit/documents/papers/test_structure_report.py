from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers.plan_papers import with_assignments
from banzi.documents.papers.structure_report import (
    OF_PLAN,
    change_text,
    figure,
    page_data,
    write_pdf,
)
from banzi.facts import derive
from banzi.law.book import load_law
from banzi.structure.members import Members, members_of
from banzi.structure.report import ReportData, report_data
from banzi.structure.report_settings import ReportSettings
from banzi.structure.settling import condition
from banzi.structure.targets import Each, Force, Measure, ScopeKind, Target
from banzi.structure.vocabulary import PERSON_WORDS

WOMEN = Target(
    id="women",
    title="每个班子至少1名女干部",
    scope=ScopeKind.TEAMS,
    each=Each.TEAM,
    measure=Measure.COUNT,
    where=condition("性别为女", PERSON_WORDS),
    op=">=",
    bound=1,
    citation="某规划第1条",
)
AGE = Target(
    id="age",
    title="平均年龄不高于40岁",
    measure=Measure.MEAN,
    value="age_months",
    op="<=",
    bound=480,
    force=Force.SOFT,
    priority=1,
    weight=1,
)


@pytest.fixture(scope="module")
def now() -> Members:
    roster = example_roster()
    return members_of(roster, derive(roster, AS_OF, load_law()), AS_OF)


@pytest.fixture(scope="module")
def before(now: Members) -> ReportData:
    return report_data(now, (WOMEN, AGE), ReportSettings())


@pytest.fixture(scope="module")
def after(now: Members) -> ReportData:
    return report_data(with_assignments(now, PLAN), (WOMEN, AGE), ReportSettings(), now)


def test_every_number_of_the_paragraph_has_a_row_with_its_names(after: ReportData) -> None:
    page = page_data(after)
    numbers = [part["number"] for part in page["outcome"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(row[0]) for row in page["basis"]} == set(numbers)
    first = page["basis"][0]
    assert first == ["1", "班子成员", "3", "3/3", "2021-07-01", "赵大山、孙明、李芳"]
    ages = [row[1:4] for row in page["basis"] if row[1].startswith("平均年龄")]
    assert ages == [["平均年龄", "46.9", "3人平均"], ["平均年龄（对比数据）", "51.7", "4人平均"]]


def test_ladders_draw_all_teams_and_each_team_with_its_past(
    after: ReportData, before: ReportData
) -> None:
    drawn = page_data(after, before)["ladders"]
    assert [each["title"] for each in drawn] == [
        "全部班子",
        "中共云岭市委领导班子",
        "云岭市政府领导班子",
    ]
    assert drawn[0]["summary"] == "3人，空缺1，平均46.9岁"
    assert "#ffffff" in drawn[0]["svg"]
    assert "#ffffff" not in page_data(after)["ladders"][0]["svg"]


def test_before_and_after_stand_side_by_side_and_unknown_facts_are_counted(
    after: ReportData,
) -> None:
    figures = page_data(after)["figures"]
    by_title = {row[0]: row for row in figures["rows"]}
    assert by_title["平均年龄"][2:5] == ["51.7\n4人平均", "46.9\n3人平均", "-4.8"]
    assert by_title["班子成员"][4] == "-1"
    assert by_title["具有基层经历"][3] == "0.0%\n0/3，不明3人"


def test_a_plan_is_called_a_plan(after: ReportData, before: ReportData) -> None:
    page = page_data(after, before, OF_PLAN)
    assert page["figures"]["head"][2:4] == ("现任班子", "方案实施后")
    assert "实心为方案实施后，空心为现任班子" in page["ladder_note"]
    assert page["as_of"] == "方案实施后截至2021年7月1日，现任班子截至2021年7月1日"
    assert any(row[1] == "平均年龄（现任班子）" for row in page["basis"])


def test_without_a_comparison_the_targets_are_listed(before: ReportData) -> None:
    figures = page_data(before)["figures"]
    assert [row[0] for row in figures["rows"]] == ["每个班子至少1名女干部"] * 2 + [AGE.title]
    assert [row[4] for row in figures["rows"]] == ["未达到"] * 3


def test_shortages_say_hard_or_soft_in_words_with_their_source(after: ReportData) -> None:
    first, second = page_data(after)["shortages"]
    assert (first["mark"], first["hard"], second["mark"], second["hard"]) == (
        "必须",
        True,
        "尽量",
        False,
    )
    assert first["cells"] == [
        WOMEN.title,
        "中共云岭市委领导班子",
        "0",
        "≥1",
        "差1人",
        "某规划第1条",
    ]


def test_coverage_names_who_is_versed_in_a_field(after: ReportData) -> None:
    coverage = page_data(after)["coverage"]
    assert coverage["rows"][1]["names"] == "金融：孙明；生态环保：李芳"
    finance = coverage["fields"].index("金融")
    assert [row["counts"][finance] for row in coverage["rows"]] == [1, 1]


def test_a_rise_is_written_with_a_sign_and_shares_in_percentage_points(after: ReportData) -> None:
    texts = {pair.after.indicator.title: change_text(pair) for pair in after.before_after}
    assert texts["“80后”干部"] == "+1"
    assert texts["年龄在45岁左右"] == "+8.3个百分点"
    assert texts["政府正职中的“70后”"] == "—"
    heads = next(p for p in after.before_after if p.after.indicator.title.startswith("政府正职"))
    assert heads.after.value is None
    assert figure(heads.after) == "0/0"


def test_the_advice_line_stands_once_and_the_pdf_is_the_same_each_time(
    after: ReportData, before: ReportData, tmp_path: Path
) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(after, tmp_path / name, before)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    flat = "".join(text.split())
    assert flat.count("是否采用由有关领导集体讨论决定并由负责人签署") == 1
    assert "每个班子至少1名女干部" in flat
    assert f"/{len(pdf)}—" in flat
    width, height = pdf[0].get_size()
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (210, 297)


def test_an_empty_house_still_gives_a_page(now: Members) -> None:
    nobody = with_assignments(now, [(post, None) for post, _person in PLAN])
    data = report_data(nobody, (), ReportSettings())
    page = page_data(replace(data, shortages=()))
    assert page["ladders"][0]["summary"] == "0人，空缺4，平均—岁"
    assert data.overall.mean_age_months is None or isinstance(
        data.overall.mean_age_months, Fraction
    )
