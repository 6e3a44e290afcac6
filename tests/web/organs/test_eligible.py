"""谁符合条件: who is listed for a post, in which order, and that nobody out of sight is."""

import re

import pytest
from tests.support.accounts import account, grant
from tests.support.standing_area import browser, on, seen_by, sight_of

from banzi.codes.strokes import sort_names
from banzi.facts.levels import seats_at
from banzi.kernel.columns import FieldClass
from banzi.roster import Roster
from banzi.rules import RANKED, Verdict, screen
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.organs.eligible import Candidate, candidates, near
from banzi.web.targets.models import PostProfile

pytestmark = pytest.mark.django_db


def reader_of(organ: str | None, *fields: FieldClass, edits: bool = False) -> Account:
    made = account()
    for verb in (Verb.VIEW, Verb.EDIT) if edits else (Verb.VIEW,):
        grant(made, verb, organ=organ, fields=fields or tuple(FieldClass))
    return made


def found_for(area: Roster, post: str) -> list[Candidate]:
    asked = seen_by(sight_of(reader_of(None), area))
    return candidates(asked, post, set(area["persons"]["person_id"]))


def test_verdicts_are_those_of_the_rules_and_the_better_stand_first(area: Roster) -> None:
    post = area["posts"]["post_id"][0]
    found = found_for(area, post)
    pairs = screen(area, area.as_of, [post]).pairs
    holders = set(seats_at(area, area.as_of).filter(post_id=post)["person_id"])
    verdicts = dict(pairs.select("person_id", "verdict").iter_rows())
    assert {each.person_id: each.verdict.value for each in found} == {
        person: verdict for person, verdict in verdicts.items() if person not in holders
    }
    ranks = [RANKED.index(each.verdict) for each in found]
    assert ranks == sorted(ranks)


def test_equals_stand_by_strokes_and_a_profile_of_the_office_goes_before(area: Roster) -> None:
    post = area["posts"]["post_id"][0]
    found = found_for(area, post)
    group = [
        each for each in found if each.verdict is found[0].verdict and each.steps == found[0].steps
    ]
    names = [each.name for each in group]
    assert names == [names[place] for place in sort_names(names).order]
    last = group[-1]
    year = next(iter(area["persons"].filter(person_id=last.person_id)["birth"])) // 10_000
    with act("test.profile", by=None):
        PostProfile.objects.create(
            title="某年出生", where=f"出生年份={year}", weight=9, source="示例"
        )
    again = found_for(area, post)
    listed = {each.person_id: each for each in again}
    assert (listed[last.person_id].points, listed[last.person_id].profiles) == (9, ("某年出生",))
    assert again[0].points == 9


def test_only_near_levels_are_near(area: Roster) -> None:
    for each in found_for(area, area["posts"]["post_id"][0]):
        assert near(each) == (each.steps in (None, 0, 1))


def test_a_vacant_post_leads_to_candidates_and_on_to_a_project(area: Roster) -> None:
    post = area["posts"]["post_id"][0]
    page = browser(reader_of(None, edits=True)).get(f"/posts/{post}/?{on(area.as_of)}&all=1")
    text = page.content.decode()
    assert page.status_code == 200
    assert f"/board/?post={post}" in text
    assert re.search(r"/people/person/[^/]+/posts/", text), "reasons of each are a click away"


def test_who_may_not_see_findings_is_told_no_verdict(area: Roster) -> None:
    post = area["posts"]["post_id"][0]
    client = browser(reader_of(None, FieldClass.BASIC))
    text = client.get(f"/posts/{post}/?{on(area.as_of)}&all=1").content.decode()
    assert "没有这样的人员" in text
    assert all(f"{each.zh} <strong>0<" in text for each in Verdict)


def test_persons_out_of_sight_are_not_listed_or_counted(area: Roster) -> None:
    for organ in area["organs"]["organ_id"]:
        reader = reader_of(organ)
        mine = sight_of(reader, area)
        names = set(
            area["persons"].filter(~area["persons"]["person_id"].is_in(list(mine.persons)))["name"]
        )
        shown = set(
            area["persons"].filter(area["persons"]["person_id"].is_in(list(mine.persons)))["name"]
        )
        for post in mine.roster["posts"]["post_id"][:1]:
            text = browser(reader).get(f"/posts/{post}/?{on(area.as_of)}&all=1").content.decode()
            assert not [name for name in names - shown if name in text]


def test_a_post_out_of_sight_is_not_there(area: Roster) -> None:
    assert browser(reader_of(None)).get("/posts/nowhere/").status_code == 404
