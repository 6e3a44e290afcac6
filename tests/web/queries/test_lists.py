"""Three lists that hold everybody in sight once, with reasons, and nothing of anybody else."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, clerk, grant, rights
from tests.support.condition_trees import trees
from tests.support.query_region import AS_OF, IN_A, PEOPLE
from tests.support.standing_area import browser

from banzi.codes.strokes import sort_names
from banzi.kernel.columns import FieldClass
from banzi.roster import Roster
from banzi.structure.conditions import Compare, Tree, evaluate
from banzi.structure.settling import condition
from banzi.structure.wording import sentence
from banzi.web.accounts.freshness import FRESH_AT
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.queries.dimensions import dimensions_for
from banzi.web.queries.judging import Part
from banzi.web.queries.population import everybody, population
from banzi.web.queries.statistics import cross_table, in_group
from banzi.web.queries.words import QUERY_WORDS
from banzi.web.records.freezing import current_roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

LEAVES = st.sampled_from(
    [
        Compare(column="birth_year", operator=">=", value=1980),
        Compare(column="birth", operator="<", value=19830000),
        Compare(column="age_months", operator="<=", value=540),
        Compare(column="is_party_member", operator="=", value=True),
        Compare(column="months_in_post", operator=">=", value=24),
        Compare(column="party_standing_months", operator="<", value=240),
        Compare(column="sits_in_party_committee", operator="=", value=True),
        Compare(column="sits_in_government", operator="!=", value=True),
        Compare(column="first_kind", operator="in", value=("party_committee", "government")),
        Compare(column="first_region", operator="starts_with", value="青山"),
        Compare(column="post_level", operator="=", value="1A31"),
        Compare(column="concluded_political_gate", operator="=", value="met"),
        Compare(column="post_since", operator="<=", value=20210000),
    ]
)
TREES = trees(LEAVES, 5)


@pytest.fixture
def viewer() -> Account:
    return clerk()


def address(page: str = "", **asked: str) -> str:
    return f"/queries/{page}?{urlencode({'on': AS_OF.isoformat(), **asked})}"


def listed(of: Account, where: str, part: Part = Part.MET, **asked: str) -> list[str]:
    page = browser(of).get(address(where=where, list=part.value, **asked))
    assert page.context["problems"] == []
    return [row["person_id"] for row in page.context["rows"]]


def lists(of: Account, where: str) -> dict[Part, set[str]]:
    return {part: set(listed(of, where, part)) for part in Part}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tree=TREES)
def test_the_lists_are_what_the_condition_says_of_each_person(
    tree: Tree, region: Roster, viewer: Account
) -> None:
    rows = {row["person_id"]: row for row in everybody(region).iter_rows(named=True)}
    truths = {Part.MET: True, Part.UNKNOWN: None, Part.UNMET: False}
    found = lists(viewer, sentence(tree, QUERY_WORDS))
    for part, truth in truths.items():
        expected = {
            person for person, row in rows.items() if evaluate(tree, row, QUERY_WORDS) is truth
        }
        assert found[part] == expected
    assert sum(map(len, found.values())) == len(PEOPLE)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_cells_hold_the_people_of_the_list_once_each(data: st.DataObject, viewer: Account) -> None:
    people = population(rights(viewer), AS_OF)
    dimensions = dimensions_for(people.covered)
    rows, columns = (data.draw(st.sampled_from(dimensions)) for _side in range(2))
    table = cross_table(people.frame, rows, columns)
    found = []
    for row in table.row_keys:
        for column in table.column_keys:
            cell = in_group(in_group(people.frame, rows, row), columns, column)
            assert cell.height == table.at(row, column)
            found += cell["person_id"].to_list()
            assert rows.title(row)
    assert sorted(found) == list(PEOPLE)
    assert sum(map(table.of_row, table.row_keys)) == len(PEOPLE)
    assert sum(map(table.of_column, table.column_keys)) == len(PEOPLE)


def test_every_reason_names_the_condition_and_the_value() -> None:
    where = "出生年份不小于1980 且 在党委班子任职为是"
    page = browser(clerk()).get(address(where=where))
    (row,) = (row for row in page.context["rows"] if row["person_id"] == "p02")
    said = [(each.text, each.truth, each.value) for each in row["reasons"]]
    assert said == [("出生年份不小于1980", True, "1981"), ("在党委班子任职为是", True, "")]
    page = browser(clerk()).get(address(where=where, list="unmet"))
    (row,) = (row for row in page.context["rows"] if row["person_id"] == "p01")
    assert [each.truth for each in row["reasons"]] == [False, True]


def test_only_facts_that_could_decide_are_called_missing() -> None:
    where = "（出生年份不小于1980 或 中共党员为是） 且 在党委班子任职为是"
    page = browser(clerk()).get(address(where=where, list="unknown"))
    missing = {
        row["person_id"]: [each.text for each in row["reasons"] if each.missing]
        for row in page.context["rows"]
    }
    assert missing["p05"] == ["出生年份不小于1980", "中共党员为是"]
    assert missing["p01"] == ["中共党员为是"], "the year of birth is known and does not help"
    assert "p02" not in missing, "the year of birth has decided"
    assert "出生年份不小于1980：不掌握" in page.content.decode()


def test_only_persons_in_sight_are_listed_and_counted() -> None:
    holder = account()
    grant(holder, organ="county_a", fields=tuple(FieldClass))
    found = lists(holder, "出生年份不小于1980")
    assert set().union(*found.values()) == IN_A
    page = browser(holder).get(address("table/", rows="sex", cols="age_months"))
    assert page.context["table"].total == len(IN_A)


GATE = "政治素质考察（最近结论）为符合"


def test_a_column_of_a_class_not_held_cannot_filter() -> None:
    assert set(listed(clerk(), GATE)) == {"p01", "p07"}
    page = browser(clerk(fields=())).get(address(where=GATE))
    assert [each.code for each in page.context["problems"]] == ["queries/not-held"]
    assert page.context["rows"] == []
    assert page.context["total"] == 0
    assert page.context["total"] == sum(count for _p, _t, count, _a in page.context["tabs"])
    assert GATE.partition("（")[0] not in {zh for _n, zh, _c in page.context["choosable"]}


def test_of_whom_a_class_is_not_held_nothing_is_known() -> None:
    holder = account()
    grant(holder)
    grant(holder, organ="county_a", fields=(FieldClass.FINDINGS,))
    found = lists(holder, GATE)
    assert found[Part.MET] == {"p01"}
    assert found[Part.UNMET] == {"p02"}
    assert "p07" in found[Part.UNKNOWN], "it would tell a conclusion that may not be seen"
    page = browser(holder).get(address(where=GATE, list="unknown"))
    assert "未授权查看" in page.content.decode()
    table = browser(holder).get(address("table/", rows="concluded_political_gate", cols="sex"))
    assert table.context["table"].of_row("met") == 1


def test_a_group_by_a_class_not_held_is_refused() -> None:
    holder = clerk(fields=())
    page = browser(holder).get(address("table/", rows="concluded_political_gate", cols="sex"))
    assert [each.code for each in page.context["problems"]] == ["queries/no-dimension"]
    page = browser(holder).get(address(pick="concluded_political_gate:~met"))
    assert [each.code for each in page.context["problems"]] == ["queries/bad-group"]
    assert page.context["rows"] == []


def test_columns_of_a_class_not_held_do_not_show() -> None:
    asked = {"columns": "birth,id_number,concluded_political_gate"}
    assert browser(clerk()).get(address(**asked)).context["columns"] == [
        "出生年月",
        "身份证号",
        "政治素质考察（最近结论）",
    ]
    assert browser(clerk(fields=())).get(address(**asked)).context["columns"] == ["出生年月"]


def test_sex_may_be_asked_in_favour_of_women_only() -> None:
    assert set(listed(clerk(), "女干部为是")) == {"p02", "p05", "p07", "p11"}
    page = browser(clerk()).get(address(where="性别为男"))
    assert [each.code for each in page.context["problems"]] == ["condition/not-a-minimum"]


def test_orders() -> None:
    holder = clerk()
    assert listed(holder, "")[:6] == ["p01", "p02", "p03", "p04", "p05", "p10"]
    names = dict(everybody(current_roster(AS_OF)).select("person_id", "name").iter_rows())
    strokes = [names[person] for person in listed(holder, "", order="strokes")]
    assert strokes == list(sort_names(list(names.values())).names)
    assert listed(holder, "", order="birth")[:2] == ["p10", "p01"]
    assert listed(holder, "", order="birth")[-1] == "p05"


def test_a_group_of_a_table_leads_to_its_names() -> None:
    holder = clerk()
    page = browser(holder).get(address("table/", rows="age_months", rows_at="40、50", cols="sex"))
    for _title, cells, (count, link) in page.context["lines"]:
        for number, target in [*cells, (count, link)]:
            found = browser(holder).get(f"/queries/?{target}")
            assert found.context["problems"] == []
            assert len(found.context["rows"]) == number


def test_the_editor_ends_in_an_address() -> None:
    sent = {
        "where-kind": "all",
        "where-0-kind": "is",
        "where-0-column": "出生年份",
        "where-0-operator": ">=",
        "where-0-value": "1985",
        "on": AS_OF.isoformat(),
    }
    page = browser(clerk()).post("/queries/", sent, follow=True)
    assert page.redirect_chain
    assert {row["person_id"] for row in page.context["rows"]} == {"p03", "p06", "p09", "p11"}
    page = browser(clerk()).post("/queries/", {**sent, "where-do": "add:"})
    assert len(page.context["editor"].root.parts) == 2
    page = browser(clerk()).post("/queries/", {**sent, "on": "去年"})
    assert [each.code for each in page.context["editor"].problems] == ["queries/bad-day"]


def test_what_cannot_be_read_lists_nobody_and_says_so() -> None:
    page = browser(clerk()).get(address(where="身高大于3"))
    assert page.context["problems"]
    assert page.context["rows"] == []


def test_a_list_is_exported_as_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banzi.web.accounts.sessions.is_fresh", lambda _request: True)
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    asked = address("export/", where="出生年份不小于1980", columns="birth,sex", order="birth")
    answer = browser(holder).get(asked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = [row for row in book.get_sheet_by_index(0).to_python() if isinstance(row[0], float)]
    page = browser(holder).get(asked.replace("/export/", "/"))
    assert [row[1] for row in rows] == [row["name"] for row in page.context["rows"]]
    assert [row[2:4] for row in rows] == [row["cells"] for row in page.context["rows"]]


def test_nothing_is_exported_that_may_not_be_released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banzi.web.accounts.sessions.is_fresh", lambda _request: True)
    asked = address("export/", where="出生年份不小于1980")
    assert browser(clerk()).get(asked).status_code == 403
    holder = clerk()
    grant(holder, Verb.RELEASE, organ="county_a")
    answer = browser(holder).get(asked)
    assert answer.status_code == 403
    assert answer.context["problem"].code == "queries/not-released"
    own = browser(holder).get(address("export/", where="第一职位所在地区为青山县", columns="birth"))
    assert own.status_code == 200
    found = browser(holder).get(
        address("export/", where="第一职位所在地区为青山县", columns="id_number")
    )
    assert found.status_code == 403
    table = browser(holder).get(address("table/export/", rows="sex", cols="birth_year"))
    assert table.status_code == 403


def test_an_export_asks_for_the_password_again() -> None:
    client = browser(clerk(Verb.VIEW, Verb.RELEASE))
    session = client.session
    session[FRESH_AT] = 0
    session.save()
    answer = client.get(address("export/"))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_a_page_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    client = browser(clerk())
    client.get(address(where=GATE))
    with django_assert_max_num_queries(16):
        client.get(address(where=GATE))


def test_a_condition_survives_its_sentence() -> None:
    for text in (
        "在党委班子任职为是",
        "第一职位班子类别为党委、政府之一",
        "任现职时间不晚于2021.09",
    ):
        tree = condition(text, QUERY_WORDS)
        assert condition(sentence(tree, QUERY_WORDS), QUERY_WORDS) == tree
