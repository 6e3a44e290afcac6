"""`banzi due list | template`, run as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.due import region

from banzi.cli import due
from banzi.cli.main import app, run
from banzi.due.catalogue import KINDS
from banzi.due.reading_limits import read_limits
from banzi.due.template import TEMPLATE
from banzi.roster import save_roster


@pytest.fixture(scope="module", autouse=True)
def _commands() -> None:
    if not any(group.name == "due" for group in app.registered_groups):
        due.register(app)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    save_roster(region(), tmp_path / "r")
    return tmp_path / "r"


def asked(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_without_rules_of_the_office_only_the_law_is_listed(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = asked(capsys, "due", "list", house, "--until", "2029-12")
    assert code == 0
    assert "市长甲" in out
    assert "未设" in out
    assert "未指定 --limits" in out


def test_rules_of_the_office_date_the_list(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        "post_age_limits:\n"
        "  - {title: 县长, where: 职位名称=县长, age: 58岁, since: 2025-01-01, source: 某文}\n",
        encoding="utf-8",
    )
    words = ("due", "list", house, "--until", "2029-12", "--limits", rules, "--json")
    code, out, _err = asked(capsys, *words)
    told = json.loads(out)
    assert code == 0
    by_name = {line["name"]: line for line in told["lines"]}
    assert by_name["县长乙"]["limit_month"] == "2028.06"
    assert by_name["县长乙"]["basis"] == ["RETIRE/age", "县长"]
    assert by_name["市长甲"]["limit_month"] is None


def test_papers_are_written_and_a_wrong_ending_stops_before_anything(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / f"l.{ending}" for ending in ("xlsx", "docx", "pdf")]
    words: list[str | Path] = ["due", "list", house]
    for file in files:
        words += ["--out", file]
    assert asked(capsys, *words)[0] == 0
    assert all(file.stat().st_size > 1000 for file in files)
    code, _out, err = asked(capsys, "due", "list", house, "--out", tmp_path / "x.txt")
    assert code == 2
    assert "due/wrong-ending" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--until", "2027-13"), "usage/bad-value"),
        (("--until", "2027"), "usage/bad-value"),
        (("--until", "2020-01"), "due/until-before"),
        (("--congress", "明年"), "usage/bad-value"),
        (("--team", "没有"), "choosing/no-such-team"),
        (("--organ", "云岭"), "choosing/no-such-organ"),
        (("--team", "team-city", "--organ", "city"), "due/team-or-organ"),
        (("--by", "week"), "usage/bad-value"),
        (("--limits", "nowhere.yaml"), "yaml/cannot-read"),
    ],
)
def test_a_wrong_option_is_named(
    house: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    code, _out, err = asked(capsys, "due", "list", house, *words)
    assert code == 2
    assert says in err


def test_an_organ_is_found_by_its_short_name(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("due", "list", house, "--organ", "青禾县政府", "--until", "2040-01", "--json")
    _code, out, _err = asked(capsys, *words)
    assert [line["name"] for line in json.loads(out)["lines"]] == ["县长乙"]


def test_the_template_is_valid_as_it_is_and_with_its_examples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rules.yaml"
    assert asked(capsys, "due", "template", file)[0] == 0
    assert read_limits(file).posts == ()
    code, _out, err = asked(capsys, "due", "template", file)
    assert code == 2
    assert "due/template-exists" in err
    head, body = TEMPLATE.split("# congress: ")
    shown = f"congress: {body}".replace("\n#  ", "\n  ")
    file.write_text(head + shown, encoding="utf-8")
    limits = read_limits(file)
    assert [rule.age_months for rule in limits.posts] == [58 * 12]
    assert len(limits.nominations) == 1


def test_every_flaw_of_the_rules_is_listed_with_its_line(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        "congres: 2026-11\n"
        "congress: 2026-13\n"
        "post_age_limits:\n"
        "  - {title: 甲, where: 层级=市级 且 正副=正职, age: 58, since: 昨天, source: 某文}\n"
        "  - 乙\n"
        "nomination_limits:\n"
        "  - {title: 丙, since: 2026-01-01, new: 五十八}\n",
        encoding="utf-8",
    )
    code, out, err = asked(capsys, "due", "list", house, "--limits", rules)
    assert (code, out) == (2, "")
    for line, said in (
        (1, "yaml/unknown-key"),
        (2, "due/wrong-month"),
        (4, "condition/not-read"),
        (4, "due/wrong-age"),
        (4, "due/wrong-day"),
        (5, "due/not-a-list"),
        (7, "due/wrong-bound"),
        (7, "yaml/missing-key"),
    ):
        assert any(f"rules.yaml:{line}:" in each and said in each for each in err.splitlines())


def test_kinds_are_listed_together_and_alone(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("due", "list", house, "--kind", "all", "--until", "2029-12", "--json")
    code, out, _err = asked(capsys, *words)
    told = json.loads(out)
    assert code == 0
    assert {line["kind"] for line in told["lines"]} >= {"retirement"}
    assert {line["kind"] for line in told["open"]} >= {"assessment_missing", "terms"}
    assert all(line["next_step_text"] for line in told["lines"])
    assert all(line["missing"] or line["doubts"] or line["earliest"] for line in told["open"])
    code, out, _err = asked(capsys, "due", "list", house, "--kind", "年度考核结果未登记")
    assert code == 0
    assert "年度考核" in out
    assert "法定退休" not in out


def test_every_kind_is_named_by_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = asked(capsys, "due", "kinds", "--json")
    assert code == 0
    assert {kind["id"] for kind in json.loads(out)} == {kind.id for kind in KINDS}
    assert "rank_promotion" in asked(capsys, "due", "kinds")[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--kind", "没有"], "due/no-such-kind"),
        (["--kind", "age", "--kind", "all"], "due/age-alone"),
        (["--kind", "all", "--by", "month"], "due/only-for-age"),
        (["--kind", "all", "--congress", "2027-01"], "due/only-for-age"),
        (["--kind", "all", "--until", "2020-01"], "due/until-before"),
    ],
)
def test_wrong_words_for_kinds_are_told(
    house: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    status, _out, err = asked(capsys, "due", "list", house, *words)
    assert status == 2
    assert code in err
