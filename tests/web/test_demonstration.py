"""The demonstration: a region in an empty database, and an account for every part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.support.hard_rosters import made_roster
from tests.support.staffing_bundles import FILL, bundle

from banzi.kernel.errors import BanziError
from banzi.roster import Roster
from banzi.staffing.plan import write_plan
from banzi.staffing.reading import read_problem
from banzi.staffing.solving import solve
from banzi.staffing.writing import write_bundle
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act
from banzi.web.board.models import Draft
from banzi.web.demonstration import PARTS, Material, load_demonstration
from banzi.web.records.models import RECORDS
from banzi.web.targets.keeping import targets_in_force

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def region() -> Roster:
    return made_roster(1, ["周某甲"], ["某"], 3)


def test_every_part_has_an_account_with_a_password_to_be_changed() -> None:
    told = {part.username: word for part, word in load_demonstration(region(), TODAY)}
    assert RECORDS["persons"]._default_manager.count() == 3
    assert len(set(told.values())) == len(PARTS)
    for account in Account.objects.all():
        assert account.check_password(told[account.username])
        assert account.must_change_password
    offices = Account.objects.exclude(office="").values_list("office", flat=True)
    assert sorted(offices) == sorted(each.value for each in Office if each.value)


def test_parts_hold_what_they_are_for_once_the_password_is_their_own() -> None:
    load_demonstration(region(), TODAY)
    with act("test.password", by=None):
        Account.objects.update(must_change_password=False)
    held = {each.username: Rights(each, TODAY) for each in Account.objects.all()}
    assert [name for name, rights in held.items() if rights.may(Verb.EDIT)] == [
        "kezhang",
        "jingban",
    ]
    assert not held["shenhe"].may(Verb.EDIT)
    assert held["shenhe"].may(Verb.APPROVE)
    assert not any(held[name].may(verb) for name in ("xitong", "anquan", "shenji") for verb in Verb)


def test_a_database_that_holds_something_is_left_alone() -> None:
    load_demonstration(region(), TODAY)
    with pytest.raises(BanziError):
        load_demonstration(region(), TODAY)
    assert Account.objects.count() == len(PARTS)


def test_its_targets_hold_and_its_plan_stands_on_the_board(tmp_path: Path) -> None:
    targets = tmp_path / "targets.yaml"
    targets.write_text(
        "targets:\n- {id: women, title: 女干部, force: hard, citation: 示例, scope: teams,"
        " each: team, measure: count, where: 女干部=是, op: '>=', bound: '1'}\n",
        "utf-8",
    )
    persons = [{"person_id": f"person-{n}", "must_place": 0} for n in range(3)]
    posts = [
        {"post_id": "p1", "team_ids": "t", "incumbent_person_id": "person-0"},
        {"post_id": "p2", "team_ids": "t"},
    ]
    pairs = [{"post_id": "p1", "person_id": f"person-{n}"} for n in range(3)]
    pairs += [{"post_id": "p2", "person_id": "person-2"}]
    folder = tmp_path / "problem"
    teams = [{"team_id": "t", "team_name": "云县县委"}]
    made = bundle(persons=persons, teams=teams, posts=posts, candidates=pairs, tiers=[FILL])
    write_bundle(folder, made)
    plan = solve(read_problem(folder))
    write_plan(tmp_path / "plan", plan)
    load_demonstration(region(), TODAY, Material(targets, folder, tmp_path / "plan"))
    assert [each.title for each in targets_in_force().targets] == ["女干部"]
    drafts = {
        draft.name: dict(draft.placements.values_list("post_id", "person_id"))
        for draft in Draft.objects.all()
    }
    assert drafts == {"现任班子": {"p1": "person-0"}, "程序求解的方案": dict(plan.assignments)}
