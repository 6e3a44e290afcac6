import pytest

from banzi.documents.codecs.assessment_text import parse_assessments


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("2021年称职，2022年度考核优秀", {2021: "2", 2022: "1"}),
        ("2021、2022年均为称职", {2021: "2", 2022: "2"}),
        ("2021—2023年度考核称职。", {2021: "2", 2022: "2", 2023: "2"}),
        ("2021年度考核为优秀等次；\n2022年基本称职", {2021: "1", 2022: "3"}),
        ("2022年度不称职", {2022: "4"}),
    ],
)
def test_results_by_year_are_read(text: str, results: dict[int, str]) -> None:
    assert parse_assessments(text) == results


@pytest.mark.parametrize(
    "text",
    [
        "",
        "近三年均称职",
        "2021年优秀，2022",
        "优秀：2021年",
        "2021年优秀，2021年称职",
        "2021年优秀，2022年因病未参加",
        "2023—2021年称职",
    ],
)
def test_one_doubtful_part_leaves_the_whole_text_unread(text: str) -> None:
    assert parse_assessments(text) is None
