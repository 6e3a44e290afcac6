"""The office's law folder: reviews raise grades, overlays only make stricter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from banzi.kernel.errors import BadInput
from banzi.law import Grade, Law, load_law, load_office_law

SERVICE = "appointment_regulations/min_service_months"
SINCE = date(2014, 1, 14)
DAY = date(2026, 6, 30)


def overlay(**changes: Any) -> dict[str, Any]:
    whole = {
        "level": "region",
        "area": "云岭自治区",
        "division": "990000",
        "source": "云组发〔2020〕3号",
        "grade": "V",
        "checked_on": date(2026, 1, 5),
        "values": {SERVICE: {date(2020, 1, 1): 72}},
    }
    return {**whole, **changes}


def review(**changes: Any) -> dict[str, Any]:
    value = {"parameter": SERVICE, "since": SINCE, "seen": 60, "found": 60, "article": "第八条"}
    return {
        "reviewed_by": "甲",
        "reviewed_on": date(2026, 3, 1),
        "compared_with": "2019年文本",
        "values": [{**value, **changes}],
    }


def stacked(folder: Path, *files: dict[str, Any]) -> Law:
    for number, content in enumerate(files):
        kind = "overlays" if "level" in content else "reviews"
        file = folder / kind / f"{number}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_office_law(folder, load_law())


def codes(folder: Path, *files: dict[str, Any]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        stacked(folder, *files)
    return [problem.message.code for problem in caught.value.problems]


def test_a_confirmed_value_is_read_in_the_text(tmp_path: Path) -> None:
    value = stacked(tmp_path, review()).at(DAY).find(SERVICE)
    assert value is not None
    assert (value.value, value.grade, value.checked_on) == (60, Grade.VERIFIED, date(2026, 3, 1))
    assert value.provenance is not None
    assert value.provenance.source == "2019年文本第八条"


def test_a_corrected_value_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    assert stacked(tmp_path, review(found=48)).at(DAY).value(SERVICE) == 48


def test_a_review_of_another_value_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path, review(seen=66)) == ["law/review-stale"]


def test_a_review_of_no_value_of_the_law_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path, review(parameter="x/y")) == ["law/review-unknown"]


def test_a_stricter_local_rule_holds_from_its_day(tmp_path: Path) -> None:
    law = stacked(tmp_path, overlay())
    assert law.at(date(2019, 12, 31)).value(SERVICE) == 60
    assert law.at(date(2020, 1, 1)).value(SERVICE) == 72
    value = law.at(DAY).find(SERVICE)
    assert value is not None
    assert value.provenance is not None
    assert value.provenance.source == "云岭自治区：云组发〔2020〕3号"
    assert value.provenance.overlay


def test_of_several_local_rules_the_strictest_holds(tmp_path: Path) -> None:
    county = overlay(level="county", area="青石县", division="990102")
    county["values"] = {SERVICE: {date(2022, 1, 1): 84}}
    law = stacked(tmp_path, overlay(), county)
    assert [law.at(day).value(SERVICE) for day in (date(2021, 1, 1), DAY)] == [72, 84]


def test_a_looser_local_rule_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path, overlay(values={SERVICE: {date(2020, 1, 1): 48}})) == [
        "law/overlay-looser"
    ]


def test_lower_is_stricter_where_the_parameter_says_so(tmp_path: Path) -> None:
    name = "local_party_elections/max_delay_months"
    law = stacked(tmp_path, overlay(values={name: {date(2021, 1, 1): 6}}))
    assert law.at(DAY).value(name) == 6


def test_one_entry_of_a_table_may_be_stricter(tmp_path: Path) -> None:
    name = "appointment_regulations/min_months_in_level"
    law = stacked(tmp_path, overlay(values={name: {date(2021, 1, 1): {"deputy_to_principal": 36}}}))
    assert law.at(DAY).value(name) == {"deputy_to_principal": 36, "lower_principal_to_deputy": 36}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([overlay(values={"x/y": {date(2020, 1, 1): 1}})], "law/review-unknown"),
        (
            [overlay(values={"term_rules/term_months": {date(2020, 1, 1): 48}})],
            "law/overlay-no-direction",
        ),
        ([overlay(values={SERVICE: {date(2020, 1, 1): {"a": 1}}})], "law/overlay-shape"),
        ([overlay(), overlay(division="980000", area="别处")], "law/overlay-two-areas"),
        ([overlay(), overlay(level="county", division="980101")], "law/overlay-not-nested"),
        ([overlay(source="")], "law/empty-text"),
        ([overlay(division="99")], "law/wrong-shape"),
        ([overlay(level="village")], "law/not-one-of"),
    ],
)
def test_a_wrong_local_rule_is_refused(tmp_path: Path, files: list[Any], code: str) -> None:
    assert code in codes(tmp_path, *files)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "none") == ["law/no-office-folder"]


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert stacked(tmp_path).parameters == load_law().parameters
