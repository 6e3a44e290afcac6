"""Pages of organs and teams: they answer, ask little of the database, and show the engine's figures."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.accounts import account, clerk, grant
from tests.support.standing_area import browser, on, seen_by, set_targets, sight_of

from banzi.kernel.columns import FieldClass
from banzi.law import load_law
from banzi.roster import Roster
from banzi.structure.counting.figures import FigureTable
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.counting.tables import Asked, counted_table
from banzi.structure.outlook.departures import Departure, Reason
from banzi.web.accounts.models import Verb
from banzi.web.audit.acts import act
from banzi.web.organs.asking import table_of
from banzi.web.organs.teams import ahead_of, leavers
from banzi.web.people.photos import keep
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


def shown(table: FigureTable) -> list[tuple[str, str, object, tuple[str, ...]]]:
    return [
        (row.key, key, figure.value, tuple(sorted(figure.persons)))
        for row in table.rows
        for key, figure in row.figures.items()
    ]


@pytest.mark.parametrize(
    "table",
    ["quota-table", "team-statistics", "team-comparison", "area-dashboard", "bench-depth",
     "team-forecast", "structural-members", "member-evidence"],
)  # fmt: skip
def test_whoever_sees_everybody_sees_the_figures_of_the_engine(area: Roster, table: str) -> None:
    seen = seen_by(sight_of(clerk(), area))
    plain = Asked(area, area.as_of, default_settings(), load_law(), seen.targets, (), seen.report)
    expected = shown(counted_table(table).make(plain))
    assert expected
    assert shown(table_of(seen, table)) == expected


def test_pages_answer_and_ask_little(area: Roster, django_assert_max_num_queries: object) -> None:
    reader = clerk()
    set_targets(reader)
    page = browser(reader)
    team = area["teams"]["team_id"][0]
    organ = area["organs"]["organ_id"][0]
    paths = ["/organs/", "/organs/quotas/", f"/organs/{organ}/", "/teams/", f"/teams/{team}/",
             f"/teams/{team}/ahead/", f"/teams/{team}/bench/", f"/teams/compare/?team={team}",
             "/posts/same/?post=政府正职", "/areas/", "/figures/", "/figures/quota-table/"]  # fmt: skip
    page.get(f"/teams/?{on(area.as_of)}")
    for path in paths:
        joint = "&" if "?" in path else "?"
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            answer = page.get(f"{path}{joint}{on(area.as_of)}")
        assert answer.status_code == 200, path


def test_a_team_page_names_its_members_in_order_and_the_source_of_a_light(area: Roster) -> None:
    reader = clerk()
    set_targets(reader)
    asked = seen_by(sight_of(reader, area))
    team = area["teams"]["team_id"][0]
    names = [*asked.members.sitting(asked.members.posts_of(team))["name"]]
    text = browser(reader).get(f"/teams/{team}/?{on(area.as_of)}").content.decode()
    places = [text.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert 'title="红未设，黄&gt;=40岁，其余绿。依据：班子建设规划（示例）第三条"' in text
    assert '<span class="light-word">黄</span>' in text
    assert "80后：设了界限但没有注明依据，不判定颜色" in text
    assert "中国妇女发展纲要" in text


def test_a_photo_whose_file_is_gone_leaves_its_place(
    area: Roster, settings: Any, tmp_path: Path
) -> None:
    settings.BANZI_HOME = tmp_path
    page = browser(clerk())
    address = f"/teams/{area['teams']['team_id'][0]}/?{on(area.as_of)}"
    members = re.findall(r"/people/person/([^/]+)/", page.get(address).content.decode())
    there, gone = dict.fromkeys(members[:2])
    with act("test.photos", by=None):
        for person, digest in ((there, keep("photos", b"\x89PNG\r\n\x1a\n")), (gone, "0" * 64)):
            RECORDS["persons"]._default_manager.filter(pk=person).update(photo_sha256=digest)
    shown = page.get(address).content.decode()
    assert f"/people/person/{there}/photo/" in shown
    assert f"/people/person/{gone}/photo/" not in shown
    assert 'class="no-photo"' in shown


def test_whoever_leaves_for_two_reasons_is_named_once_with_both() -> None:
    def leaves(person: str, post: str, reason: Reason, month: int | None) -> Departure:
        return Departure(person, f"{person}某", post, reason, month, "依据", to_confirm=False)

    found = leavers(
        [
            leaves("a", "p1", Reason.TERM, 24_330),
            leaves("b", "p2", Reason.RETIREMENT, 24_320),
            leaves("a", "p1", Reason.RETIREMENT, 24_310),
            leaves("a", "p3", Reason.RETIREMENT, 24_310),  # from another seat: the same reason
            leaves("b", "p2", Reason.TERM, None),
        ]
    )
    assert [(each.name, [why.reason for why, _month in each.why]) for each in found] == [
        ("b某", [Reason.TERM, Reason.RETIREMENT]),
        ("a某", [Reason.RETIREMENT, Reason.TERM]),
    ]
    assert [month for _why, month in found[1].why] == ["2025.11", "2027.07"]


def test_the_outlook_of_a_team_names_each_person_once_a_horizon(area: Roster) -> None:
    seen, twice = seen_by(sight_of(clerk(), area)), 0
    for team in area["teams"]["team_id"]:
        for horizon in ahead_of(seen, team):
            persons = [each.person_id for each in horizon.left]
            assert len(persons) == len(set(persons))
            twice += sum(len(each.why) > 1 for each in horizon.left)
    assert twice, "somebody leaves for two reasons"


def test_without_a_grant_no_page_opens(area: Roster) -> None:
    stranger = browser(account())
    for path in ("/teams/", "/organs/", "/areas/", "/due/", "/targets/"):
        assert stranger.get(path).status_code == 403


def test_a_page_out_of_sight_is_not_found(area: Roster) -> None:
    organs, teams = area["organs"]["organ_id"], area["teams"]
    reader = account()
    grant(reader, organ=organs[0], fields=tuple(FieldClass))
    other = teams.filter(teams["organ_id"] != organs[0])["team_id"][0]
    answer = browser(reader).get(f"/teams/{other}/?{on(area.as_of)}")
    assert answer.status_code == 404


def test_papers_need_the_right_to_take_out(area: Roster) -> None:
    path = f"/figures/quota-table/paper.xlsx?{on(area.as_of)}"
    assert browser(clerk(Verb.VIEW)).get(path).status_code == 403
    answer = browser(clerk(Verb.VIEW, Verb.RELEASE)).get(path)
    assert answer.content.startswith(b"PK")
