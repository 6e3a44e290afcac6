"""Nothing outside the scope leaves; what is taken in is what was given; twice is once."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.exchanging import DAY, ORGANS, city

from banzi.codes.id_numbers import with_check_digit
from banzi.documents.comparing.difference_book import Answer, Answered
from banzi.documents.exchange.accepting import apply_merge
from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.merging import plan_merge
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.package_reading import Package, read_package
from banzi.documents.exchange.scope import cut_out, scoped_roster, these_persons
from banzi.kernel.errors import BanziError, Location
from banzi.people import RELATIVES
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster

SURNAMES = "欧阳司徒慕容端木"


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Roster, dict[str, str]]:
    """A roster of a few people, somebody in the east; and who sits where."""
    seats = draw(st.lists(st.sampled_from(sorted(ORGANS)), min_size=2, max_size=6))
    seats[0] = "east"
    people: list[tuple[str, str, dict[str, Any]]] = []
    for number, organ in enumerate(seats):
        name = f"{SURNAMES[number]}{'甲乙丙丁戊己'[number]}{number}"
        facts: dict[str, Any] = {"name": name, "remarks": draw(st.sampled_from([None, "", "无"]))}
        if draw(st.booleans()):
            facts["birth"] = None
        people.append((f"PX{number}", organ, facts))
    whole = city(people)
    names = {person: facts["name"] for person, _organ, facts in people}
    return _with_ties(draw, whole, names), {person: organ for person, organ, _facts in people}


def _with_ties(draw: st.DrawFn, whole: Roster, names: dict[str, str]) -> Roster:
    """Relatives that are officials, and findings that speak of others."""
    relatives, findings = [], []
    numbers = dict(whole["persons"].select("person_id", "id_number").iter_rows())
    for at, person in enumerate(names):
        other = draw(st.sampled_from(sorted(names)))
        linked = draw(st.booleans())
        relatives.append(
            {
                "person_id": person,
                "relative_no": 1,
                "relation_text": "兄",
                "name": "某某",
                "id_number": numbers[other],
                "relative_person_id": other if linked else None,
                "is_linked": True if linked else None,
            }
        )
        findings.append(
            {
                "finding_id": f"F{at}",
                "code": "import/x",
                "person_id": draw(st.sampled_from([None, person])),
                "text_zh": f"与{names[other]}（{numbers[other]}）相近",
                "values_json": "{}",
                "state": "noted",
            }
        )
    tables = {"relatives": relatives, "findings": findings}
    frames = {name: TABLES[name].frame(rows) for name, rows in tables.items()}
    remarks = whole["organs"].with_columns(remarks=_remark(draw, names))
    return whole.with_tables(organs=remarks, **frames)


def _remark(draw: st.DrawFn, names: dict[str, str]) -> Any:
    return pl.lit(f"由{draw(st.sampled_from(sorted(names.values())))}分管")


def packed(roster: Roster, folder: Path, without: tuple[Without, ...] = ()) -> tuple[Package, Path]:
    part = scoped_roster(roster, ["east"], DAY, without)
    path = folder / "a.zip"
    write_package(part.roster, About(DAY, DAY, part.roots, without=without), path)
    return read_package(path), path


def everything_accepted(roster: Roster, package: Package) -> Roster:
    plan = plan_merge(roster, package)
    answers = [
        Answered(item.shown.item_id, Answer.SECOND, "", "", item.shown.fingerprint, Location())
        for item in plan.items
    ]
    return apply_merge(roster, package, plan, answers)


def told(roster: Roster) -> dict[str, list[tuple[Any, ...]]]:
    return {name: frame.rows() for name, frame in roster.sorted_tables().items()}


@given(rosters())
@settings(max_examples=10)
def test_no_id_name_number_or_picture_of_somebody_outside_leaves(
    drawn: tuple[Roster, dict[str, str]],
) -> None:
    roster, seats = drawn
    outside = {each for each, organ in seats.items() if organ not in ("east", "east-bureau")}
    with tempfile.TemporaryDirectory() as name:
        package, path = packed(roster, Path(name))
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(each) for each in archive.namelist())
            content += "\n".join(archive.namelist()).encode() + path.read_bytes()
    assert set(package.roster["persons"]["person_id"]) == seats.keys() - outside
    for row in roster["persons"].iter_rows(named=True):
        if row["person_id"] in outside:
            for word in (row["person_id"], row["name"], row["id_number"], row["photo_sha256"]):
                assert word.encode() not in content
            assert roster.photos[row["photo_sha256"]] not in content
    for organ in ("city", "west"):
        assert organ not in set(package.roster["organs"]["organ_id"])
    assert not check_roster(package.roster)


@given(rosters(), st.sets(st.sampled_from(list(Without))).map(tuple))
@settings(max_examples=10)
def test_taken_into_an_empty_roster_it_is_the_part_that_was_given(
    drawn: tuple[Roster, dict[str, str]], without: tuple[Without, ...]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        package, _path = packed(drawn[0], Path(name), without)
        part = scoped_roster(drawn[0], ["east"], DAY, without).roster
    assert told(package.roster) == told(part)
    merged = everything_accepted(Roster(DAY), package)
    assert told(merged) == told(part)
    assert merged.photos == part.photos
    assert not plan_merge(merged, package).items


@given(rosters(), st.data(), st.sets(st.sampled_from(list(Without))).map(tuple))
@settings(max_examples=10)
def test_of_persons_chosen_one_by_one_nobody_else_leaves_and_nothing_differs_at_home(
    drawn: tuple[Roster, dict[str, str]], data: st.DataObject, without: tuple[Without, ...]
) -> None:
    roster, seats = drawn
    chosen = data.draw(st.sets(st.sampled_from(sorted(seats)), min_size=1))
    part = cut_out(roster, these_persons(roster, chosen), DAY, without)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.zip"
        write_package(part.roster, About(DAY, DAY, part.roots, without=without, listed=True), path)
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(each) for each in archive.namelist())
        package = read_package(path)
    assert set(package.roster["persons"]["person_id"]) == chosen
    for row in roster["persons"].iter_rows(named=True):
        if row["person_id"] not in chosen:
            for word in (row["person_id"], row["name"], row["id_number"]):
                assert word.encode() not in content
    assert [item.shown for item in plan_merge(roster, package).items] == []


@given(rosters(), st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_merged_twice_is_merged_once(drawn: tuple[Roster, dict[str, str]], rng: Any) -> None:
    """The receiving roster tells the same people otherwise, and knows more of its own."""
    roster, _seats = drawn
    rows = roster["persons"].to_dicts()
    for row in rows:
        if rng.random() < 0.5:
            row["current_posts_text"] = "旧职务"
        if rng.random() < 0.3:
            row["photo_sha256"] = None
    dropped = roster["relatives"].filter([rng.random() < 0.5 for _row in rows])
    ours = roster.with_tables(
        persons=TABLES["persons"].frame(rows),
        relatives=RELATIVES.frame(dropped.to_dicts()),
    )
    with tempfile.TemporaryDirectory() as name:
        package, _path = packed(roster, Path(name))
    once = everything_accepted(ours, package)
    again = plan_merge(once, package)
    assert [item.shown for item in again.items] == []
    assert told(everything_accepted(once, package)) == told(once)
    outside = ours["persons"].filter(
        ~ours["persons"]["person_id"].is_in(package.roster["persons"]["person_id"].implode())
    )
    kept = once["persons"].filter(
        once["persons"]["person_id"].is_in(outside["person_id"].implode())
    )
    assert kept.sort("person_id").rows() == outside.sort("person_id").rows()


@given(
    st.builds(
        About,
        as_of=st.dates(),
        made_on=st.dates(),
        scope=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
        sender=st.text(),
        recipient=st.text(),
        purpose=st.text(),
        without=st.lists(st.sampled_from(Without), unique=True).map(tuple),
        listed=st.booleans(),
    )
)
def test_what_a_package_says_of_itself_comes_back_from_json(about: About) -> None:
    assert About.of(json.loads(json.dumps(about.kept()))) == about


def test_another_person_under_the_same_id_becomes_somebody_new(tmp_path: Path) -> None:
    package, _path = packed(city([("P1", "east", {"name": "欧甲"})]), tmp_path)
    number = with_check_digit("15010219600101001")
    ours = city([("P1", "west", {"name": "司乙", "id_number": number})])
    merged = everything_accepted(ours, package)
    assert sorted(merged["persons"]["name"]) == ["司乙", "欧甲"]
    assert merged["seats"]["seat_no"].n_unique() == 2
    assert not check_roster(merged)


@pytest.mark.parametrize(
    ("wanted", "code"), [("west", "exchange/nobody"), ("南县", "exchange/no-such-organ")]
)
def test_a_scope_without_people_or_without_organs_is_refused(wanted: str, code: str) -> None:
    with pytest.raises(BanziError) as error:
        scoped_roster(city([("P1", "east", {"name": "欧甲"})]), [wanted], DAY)
    assert error.value.message.code == code
