"""Who may see a part counts a part: no figure tells of anybody the reader may not list."""

import re

import polars as pl
import pytest
from tests.support.accounts import account, grant
from tests.support.standing_area import browser, on, seen_by, sight_of

from banzi.facts import PERSON_FACTS
from banzi.facts.levels import seats_at
from banzi.kernel.columns import FieldClass
from banzi.law import load_law
from banzi.roster import Roster
from banzi.web.accounts.models import Account
from banzi.web.organs.asking import table_of
from banzi.web.records.sight import Sight, within_sight

pytestmark = pytest.mark.django_db


def reader_of(organ: str, *fields: FieldClass) -> Account:
    made = account()
    grant(made, organ=organ, fields=fields or tuple(FieldClass))
    return made


def test_every_figure_of_a_part_counts_only_persons_in_sight(area: Roster) -> None:
    for organ in area["organs"]["organ_id"]:
        mine = sight_of(reader_of(organ), area)
        for name in ("quota-table", "team-comparison", "area-dashboard", "bench-depth"):
            for row in table_of(seen_by(mine), name).rows:
                for figure in row.figures.values():
                    assert set(figure.persons) <= mine.persons


def test_the_list_behind_a_number_has_as_many_rows(area: Roster) -> None:
    organ = area["organs"]["organ_id"][0]
    reader = reader_of(organ)
    seen = seen_by(sight_of(reader, area))
    row = next(each for each in table_of(seen, "quota-table").rows if each.key == organ)
    figure = row.figures["all_actual"]
    assert figure.value
    address = f"/figures/quota-table/behind/?row={organ}&column=all_actual&{on(area.as_of)}"
    text = browser(reader).get(address).content.decode()
    assert len(re.findall(r'<th scope="row" class="bz-name">', text)) == figure.value


def test_a_post_goes_with_a_holder_out_of_sight_and_the_quota_with_it(area: Roster) -> None:
    seat = seats_at(area, area.as_of).row(0, named=True)
    persons = set(area["persons"]["person_id"]) - {seat["person_id"]}
    organs = set(area["organs"]["organ_id"])
    part, half_seen = within_sight(area, persons, organs)
    post = area["posts"].filter(post_id=seat["post_id"]).row(0, named=True)
    assert seat["post_id"] not in set(part["posts"]["post_id"]), "it would pass as vacant"
    organ = part["organs"].filter(organ_id=post["organ_id"]).row(0, named=True)
    assert organ["principal_quota"] is None
    assert organ["organ_name"] in half_seen


def test_a_roster_in_part_holds_rows_of_its_persons_only(area: Roster) -> None:
    some = set(area["persons"]["person_id"][:20])
    part, _half = within_sight(area, some, set(area["organs"]["organ_id"]))
    for name in ("persons", "relatives", "sanctions", "conclusions", "seats", "career_segments"):
        assert set(part[name]["person_id"]) <= some


def test_what_rests_on_findings_is_not_told_where_findings_are_closed(area: Roster) -> None:
    organ = area["organs"]["organ_id"][0]
    reader = reader_of(organ, FieldClass.BASIC)
    mine = sight_of(reader, area)
    assert mine.persons
    assert not mine.open_to
    bench = table_of(seen_by(mine), "bench-depth")
    assert all(figure.value == 0 for row in bench.rows for figure in row.figures.values())
    gauges = table_of(seen_by(mine), "team-comparison")
    assert "without_evidence" not in {column.key for column in gauges.columns}
    page = browser(reader).get(f"/figures/member-evidence/?{on(area.as_of)}")
    assert page.status_code == 404


def test_facts_that_rest_on_findings_are_unknown_where_findings_are_closed(area: Roster) -> None:
    organ = area["organs"]["organ_id"][0]
    closed = sight_of(reader_of(organ, FieldClass.BASIC), area).facts_at(area.as_of)
    open_ = sight_of(reader_of(organ), area).facts_at(area.as_of)
    names = [each.name for each in PERSON_FACTS
             if PERSON_FACTS.class_of(each.name) is FieldClass.FINDINGS]  # fmt: skip
    assert any(open_[name].null_count() < open_.height for name in names)
    assert all(closed[name].null_count() == closed.height for name in names)
    assert closed["age_months"].to_list() == open_["age_months"].to_list()


def test_a_team_seen_in_part_through_a_post_of_another_organ_opens(area: Roster) -> None:
    """The organ of a post need not be the team's; its name is told though no team of it is here."""
    team = area["teams"].row(0, named=True)
    own = area["post_teams"].filter(team_id=team["team_id"])["post_id"].to_list()
    seat = seats_at(area, area.as_of).filter(pl.col("post_id").is_in(own)).row(0, named=True)
    other = area["organs"].filter(pl.col("organ_id") != team["organ_id"]).row(0, named=True)
    moved = pl.when(pl.col("post_id") == seat["post_id"]).then(pl.lit(other["organ_id"]))
    posts = area["posts"].with_columns(moved.otherwise("organ_id").alias("organ_id"))
    whole = area.with_tables(posts=posts)
    persons = frozenset(area["persons"]["person_id"]) - {seat["person_id"]}
    organs = frozenset(area["organs"]["organ_id"])
    part, half_seen = within_sight(whole, persons, organs)
    mine = Sight(whole, part, persons, persons, organs, half_seen, load_law())
    of_team = mine.of_team(team["team_id"])
    assert seat["post_id"] not in set(of_team.roster["posts"]["post_id"])
    assert other["organ_name"] in of_team.half_seen
    assert set(of_team.half_seen) <= set(half_seen)
