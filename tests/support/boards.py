"""A small project with its draft for tests of the plan board: four posts, six persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.support.accounts import browser
from tests.support.staffing_bundles import FILL, bundle, target

from banzi.roster import Roster
from banzi.staffing.bundle import problem_sha256
from banzi.staffing.writing import write_bundle
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.desk import Desk, desk_of, folder_of
from banzi.web.board.models import Draft, Project
from banzi.web.board.moving import place as seat
from banzi.web.records.freezing import store_roster

AS_OF = date(2021, 7, 1)
PERSONS = ("甲一", "乙二", "丙三", "丁四", "戊五", "己六")
NUMBER = "云委〔2021〕1号"
FULL = {"p1": "person-0", "p2": "person-2", "g1": "person-3", "g2": "person-4"}
"""Post → person: a plan that holds all there is to hold."""


@dataclass(frozen=True, slots=True)
class Table:
    """A project, one draft of it (empty), its desk."""

    project: Project
    draft: Draft
    desk: Desk


def small_board(
    owner: Account,
    *,
    sealed: bool = False,
    more: Sequence[Mapping[str, object]] = (),
    place: str = "",
    stored: bool = False,
    candidates: bool = True,
    **settings: Any,
) -> Table:
    """Party (p1, p2) and government (g1, g2) of one place; a woman is wanted in government.

    甲一 … 己六 are person-0 … person-5; person-0 holds p1, person-1 holds g1. Everybody but
    person-5 is a candidate of every post; person-5 of none but g2. person-4 is a woman.

    `place` stands before the ids of posts and persons, for several boards beside each other;
    `stored`: their people are in the records already. Without `candidates` nobody may be placed.
    """
    persons = [
        {
            "person_id": f"{place}person-{n}",
            "must_place": int(n < 2),
            "female": int(n == 4),
            "one": 1,
        }
        for n in range(6)
    ]
    posts = [
        {
            "post_id": f"{place}p1",
            "team_ids": "party",
            "incumbent_person_id": f"{place}person-0",
            "post_name": "书记",
        },
        {"post_id": f"{place}p2", "team_ids": "party", "post_name": "副书记"},
        {
            "post_id": f"{place}g1",
            "team_ids": "gov",
            "incumbent_person_id": f"{place}person-1",
            "post_name": "县长",
        },
        {"post_id": f"{place}g2", "team_ids": "gov", "post_name": "副县长"},
    ]
    pairs = [
        {"post_id": post["post_id"], "person_id": f"{place}person-{n}", "fit": n + 1}
        for post in posts
        for n in range(6)
        if candidates and (n < 5 or post["post_id"] == f"{place}g2")
    ]
    women = target(
        "women",
        "female",
        ">=",
        1,
        scope_table="teams",
        scope_column="team_id",
        scope_values="gov",
        citation="示例",
        title="政府班子至少1名女干部",
    )
    made = bundle(
        persons=persons,
        teams=[
            {"team_id": "party", "team_name": "云县县委", "region": "云县"},
            {
                "team_id": "gov",
                "superior_team_id": "party",
                "team_name": "云县政府",
                "region": "云县",
            },
        ],
        posts=posts,
        candidates=pairs,
        targets=[women, *more],
        tiers=[FILL, *([{"name": "merit", "pair_terms": {"fit": 1}}] if candidates else [])],
        **settings,
    )
    if not stored:
        store_people(place)
    with act("test.board", by=None):
        project = Project.objects.create(
            name="换届",
            as_of=AS_OF,
            problem_sha256=problem_sha256(made.files()),
            sealed=sealed,
            created_by=owner,
            created_at=timezone.now(),
        )
        draft = Draft.objects.create(
            project=project, name=f"方案{place}", created_by=owner, created_at=timezone.now()
        )
    folder = folder_of(project)
    write_bundle(folder, made)
    _write_names(folder, place)
    return Table(project, draft, desk_of(project))


def fill_seats(table: Table, by: Account, place: str = "") -> None:
    """Move everybody into the plan that holds all there is to hold."""
    for post, person in FULL.items():
        seat(table.draft, table.desk, f"{place}{person}", f"{place}{post}", by=by)


def board(table: Table, page: str = "") -> str:
    """The address of the draft, or of a page of it (`sign/`, `papers/`)."""
    return f"/board/draft/{table.draft.pk}/{page}"


def sign(table: Table, by: Account, note: str = "") -> Client:
    """Sign the draft as it is, on its page; the signer's browser."""
    client = browser(by)
    answer = client.post(board(table, "sign/"), {"note": note})
    assert answer.status_code == 302, answer.content.decode()
    return client


def register(client: Client, table: Table, effective_on: str = "2021-07-05") -> None:
    """Give the signed draft its number, `NUMBER`, on the page of its decision."""
    asked = {"document_no": NUMBER, "decided_on": "2021-07-01", "effective_on": effective_on}
    answer = client.post(board(table, "decision/"), asked)
    assert answer.status_code == 302, answer.content.decode()


def store_people(*places: str) -> None:
    """The persons of every place, their organ and posts as records; 0 and 1 in office."""
    posts = (("p1", "书记"), ("p2", "副书记"), ("g1", "县长"), ("g2", "副县长"))
    held = (("p1", "person-0", "书记"), ("g1", "person-1", "县长"))
    roster = Roster.of(
        AS_OF,
        persons=[
            {"person_id": f"{place}person-{n}", "name": name, "birth": 19750300 + n * 10000}
            for place in places
            for n, name in enumerate(PERSONS)
        ],
        organs=[{"organ_id": "yun", "organ_name": "云县"}],
        teams=[
            {
                "team_id": team,
                "team_name": name,
                "organ_id": "yun",
                "region": "云县",
                "team_kind": kind,
            }
            for team, name, kind in (
                ("party", "云县县委", "party_committee"),
                ("gov", "云县政府", "government"),
            )
        ],
        post_teams=[
            {"post_id": f"{place}{post}", "team_id": team, "team_order": 1}
            for place in places
            for post, team in (("p1", "party"), ("p2", "party"), ("g1", "gov"), ("g2", "gov"))
        ],
        posts=[
            {
                "post_id": f"{place}{post}",
                "post_name": name,
                "organ_id": "yun",
                "role": "principal",
                "display_order": order,
            }
            for place in places
            for order, (post, name) in enumerate(posts)
        ],
        seats=[
            {
                "seat_no": 2 * number + which,
                "post_id": f"{place}{post}",
                "person_id": f"{place}{person}",
                "started_on": 20160600,
            }
            for number, place in enumerate(places)
            for which, (post, person, _name) in enumerate(held, 1)
        ],
        appointments=[
            {
                "person_id": f"{place}{person}",
                "appointment_no": 1,
                "post_name": name,
                "in_office": True,
                "post_id": f"{place}{post}",
            }
            for place in places
            for post, person, name in held
        ],
    )
    with act("test.records", by=None):
        store_roster(roster)


def _write_names(folder: Path, place: str) -> None:
    lines = ["kind,id,name"]
    lines += [f"person,{place}person-{n},{name}" for n, name in enumerate(PERSONS)]
    lines += ["team,party,云县县委", "team,gov,云县政府"]
    (folder / "names.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
