"""Every way in which a bundle can be wrong is reported with file, row, column and code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.staffing_bundles import bundle, city_bundle, random_bundle, target

from banzi.kernel.errors import BadInput
from banzi.staffing import reading_messages
from banzi.staffing.bundle import FILES, Bundle
from banzi.staffing.reading import interpret, read_problem
from banzi.staffing.writing import write_bundle


def sample(**changes: Any) -> Bundle:
    parts: dict[str, Any] = {
        "persons": [
            {"person_id": "p1", "must_place": 1, "one": 1, "age": 40, "female": 1, "note": "主任"},
            {"person_id": "p2", "must_place": 0, "one": 1, "age": 50, "female": 0, "note": ""},
        ],
        "teams": [
            {"team_id": "t1", "superior_team_id": "", "region": "东"},
            {"team_id": "t2", "superior_team_id": "t1", "region": ""},
        ],
        "posts": [
            {"post_id": "s1", "team_ids": "t1;t2", "incumbent_person_id": "gone", "kind": "x"},
            {"post_id": "s2", "team_ids": "t2", "incumbent_person_id": "", "kind": "y"},
        ],
        "candidates": [
            {"post_id": "s1", "person_id": "p1", "fit": 3, "rank": 1},
            {"post_id": "s2", "person_id": "p2", "fit": -2, "rank": 2},
        ],
        "exclusions": [{"person_a": "p1", "person_b": "p2", "scope": "same_team"}],
        "targets": [
            target("g1", "female", ">=", 1, citation="示例第一条"),
            target("g2", "age", "<=", 45, measure="mean")
            | {"force": "soft", "priority": 1, "weight": 2},
        ],
        "tiers": [
            {"name": "fill", "vacancy": -10},
            {
                "name": "merit",
                "soft_priority": 1,
                "pair_terms": {"fit": 1},
                "coverage": {"features": ["one"], "gains": [3, 1]},
                "bands": {
                    "feature": "age",
                    "edges": [0, 45, 60],
                    "cap": "ceil(seats/2)",
                    "excess": -1,
                },
            },
        ],
    }
    return bundle(**(parts | changes))


def lines(folder: Path) -> list[str]:
    """What reading a folder reports, as `file:row:column code`, folder names left out."""
    with pytest.raises(BadInput) as caught:
        read_problem(folder)
    found = []
    for problem in caught.value.problems:
        place = str(problem.at).replace(f"{folder}/", "")
        found.append(f"{place} {problem.message.code}")
        assert problem.line()  # renders without an error
    return found


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_bundle(tmp_path / "bundle", sample())
    return tmp_path / "bundle"


def test_a_bundle_is_read_as_it_stands(folder: Path) -> None:
    problem = read_problem(folder)
    assert problem.persons == ("p1", "p2")
    assert problem.must_place == (True, False)
    assert problem.superiors == (None, 0)
    assert [post.teams for post in problem.posts] == [(0, 1), (1,)]
    assert problem.posts[0].incumbent_person_id == "gone"
    assert problem.pairs == ((0, 0), (1, 1))
    assert {name: tuple(of) for name, of in problem.pair_features.items()} == {"fit": (3, -2)}
    assert tuple(problem.person_features["age"]) == (40, 50)
    assert problem.targets[0].posts == frozenset({0, 1})
    assert problem.warnings == ()


def test_reading_what_was_written_gives_the_same_bytes_and_hash(tmp_path: Path) -> None:
    for number in range(30):
        made = random_bundle(number)
        first = write_bundle(tmp_path / "one", made)
        read = read_problem(tmp_path / "one")
        assert read.sha256 == first == interpret(made).sha256
        assert write_bundle(tmp_path / "two", read.bundle) == first
        for name in FILES:
            content = (tmp_path / "one" / name).read_bytes()
            assert content == (tmp_path / "two" / name).read_bytes()
            assert b"\r" not in content


def test_cells_that_say_the_same_are_one_text_in_memory(tmp_path: Path) -> None:
    write_bundle(tmp_path, city_bundle(3, regions=1, persons=25, chance=0.5))
    table = read_problem(tmp_path).bundle.tables["candidates.csv"]
    kept: dict[str, int] = {}
    for cell in (cell for row in table.rows for cell in row):
        assert id(cell) == kept.setdefault(cell, id(cell))
    assert len(kept) < sum(map(len, table.rows))


def test_unknown_columns_are_kept_and_a_byte_order_mark_and_crlf_are_tolerated(
    folder: Path,
) -> None:
    for name in FILES:
        content = (folder / name).read_bytes().replace(b"\n", b"\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + content)
    problem = read_problem(folder)
    assert problem.persons == ("p1", "p2")
    assert problem.bundle.tables["persons.csv"].column("note") == ("主任", "")


CELLS = [
    ("persons.csv", "p2,0,", "p1,0,", "persons.csv:3:person_id plan/duplicate-id"),
    ("persons.csv", "p2,0,", ",0,", "persons.csv:3:person_id plan/empty-cell"),
    ("persons.csv", "p1,1,", "p1,2,", "persons.csv:2:must_place plan/not-0-1"),
    ("persons.csv", "p1,1,", "p1,,", "persons.csv:2:must_place plan/empty-cell"),
    ("persons.csv", ",40,", ",4x,", "persons.csv:2:age plan/not-integer"),
    ("persons.csv", ",40,", ",40.0,", "persons.csv:2:age plan/not-integer"),
    ("persons.csv", ",40,", ", 40,", "persons.csv:2:age plan/not-integer"),
    ("persons.csv", ",40,", ",４０,", "persons.csv:2:age plan/not-integer"),
    ("persons.csv", ",40,", ",,", "persons.csv:2:age plan/empty-cell"),
    ("persons.csv", ",40,", f",{'9' * 5000},", "persons.csv:2:age plan/too-large"),
    ("persons.csv", ",40,", ",1000000001,", "persons.csv:2:age plan/too-large"),
    ("persons.csv", ",40,", ",60,", "persons.csv:2:age plan/outside-edges"),
    ("persons.csv", ",40,", ",-1,", "persons.csv:2:age plan/outside-edges"),
    ("persons.csv", "主任", "主任,余", "persons.csv:2: plan/ragged-row"),
    ("persons.csv", ",one,", ",one,note,", "persons.csv:1:note plan/column-twice"),
    ("persons.csv", "主任", '"主任', "persons.csv:3: plan/broken-csv"),
    ("persons.csv", "female", "female2", "targets.csv:2:feature plan/unknown-column"),
    ("teams.csv", "t2,t1,", "t2,t9,", "teams.csv:3:superior_team_id plan/unknown-id"),
    ("teams.csv", "superior_team_id", "above", "teams.csv:1:superior_team_id plan/missing-column"),
    ("posts.csv", "t1;t2", "t1;t1", "posts.csv:2:team_ids plan/team-count"),
    ("posts.csv", "t1;t2", "t1;", "posts.csv:2:team_ids plan/team-count"),
    ("posts.csv", "t1;t2", "t1;t2;t3", "posts.csv:2:team_ids plan/team-count"),
    ("posts.csv", "t1;t2", "", "posts.csv:2:team_ids plan/empty-cell"),
    ("posts.csv", "t1;t2", "t1;t9", "posts.csv:2:team_ids plan/unknown-id"),
    ("posts.csv", "s2,", "s1,", "posts.csv:3:post_id plan/duplicate-id"),
    ("candidates.csv", "s2,p2", "s1,p1", "candidates.csv:3:post_id plan/duplicate-pair"),
    ("candidates.csv", "s2,p2", "s9,p2", "candidates.csv:3:post_id plan/unknown-id"),
    ("candidates.csv", "s2,p2", "s2,p9", "candidates.csv:3:person_id plan/unknown-id"),
    ("candidates.csv", ",-2,", ",--2,", "candidates.csv:3:fit plan/not-integer"),
    ("exclusions.csv", "p1,p2", "p1,p9", "exclusions.csv:2:person_b plan/unknown-id"),
    ("exclusions.csv", "p1,p2", "p1,p1", "exclusions.csv:2:person_b plan/same-person"),
    ("exclusions.csv", "same_team", "family", "exclusions.csv:2:scope plan/not-a-choice"),
    ("targets.csv", "g2", "g1", "targets.csv:3:target_id plan/duplicate-id"),
    ("targets.csv", "g1,all", "g1,person", "targets.csv:2:scope_table plan/not-a-choice"),
    ("targets.csv", "g1,all,", "g1,all,kind",
     "targets.csv:2:scope_column plan/scope-not-empty"),
    ("targets.csv", "g1,all,,", "g1,posts,kind,z",
     "targets.csv:2:scope_values plan/scope-value-unmatched"),
    ("targets.csv", "g1,all,,", "g1,posts,kind,x;",
     "targets.csv:2:scope_values plan/scope-value-unmatched"),
    ("targets.csv", "g1,all,,", "g1,posts,kind, x",
     "targets.csv:2:scope_values plan/scope-value-unmatched"),
    ("targets.csv", "g1,all,,", "g1,posts,kind,", "targets.csv:2:scope_values plan/empty-cell"),
    ("targets.csv", "g1,all,,", "g1,posts,region,东",
     "targets.csv:2:scope_column plan/unknown-column"),
    ("targets.csv", "g1,all,,", "g1,teams,,东", "targets.csv:2:scope_column plan/empty-cell"),
    ("targets.csv", "count", "sum", "targets.csv:2:measure plan/not-a-choice"),
    ("targets.csv", ">=", ">", "targets.csv:2:op plan/not-a-choice"),
    ("targets.csv", "female,>=,1", "female,>=,1.5", "targets.csv:2:bound plan/not-integer"),
    ("targets.csv", ",hard", ",firm", "targets.csv:2:force plan/not-a-choice"),
    ("targets.csv", "soft,1,2", "soft,,2", "targets.csv:3:priority plan/empty-cell"),
    ("targets.csv", "soft,1,2", "soft,1,", "targets.csv:3:weight plan/empty-cell"),
    ("targets.csv", "soft,1,2", "soft,1,0", "targets.csv:3:weight plan/below-one"),
    ("targets.csv", "soft,1,2", "soft,0,2", "targets.csv:3:priority plan/below-one"),
    ("targets.csv", "soft,1,2", "soft,3,2",
     "targets.csv:3:priority plan/priority-without-tier"),
    ("targets.csv", "female,>=", "female,<=", "targets.csv:2:feature plan/protected-column"),
    ("targets.csv", "count,female", "mean,female",
     "targets.csv:2:feature plan/protected-column"),
    ("targets.csv", "示例第一条", "", "targets.csv:2:citation plan/protected-without-citation"),
    # At least -1 over a column of -1 would be "at most one": a ceiling in disguise.
    ("persons.csv", "p1,1,1,40,1", "p1,1,1,40,-1",
     "persons.csv:2:female plan/protected-not-0-1"),
    ("targets.csv", "count,female", "count,note", "persons.csv:2:note plan/not-integer"),
    ("targets.csv", "count,female", "count,height",
     "targets.csv:2:feature plan/unknown-column"),
    ("targets.csv", "count,female", "count,person_id",
     "targets.csv:2:feature plan/ambiguous-column"),
    ("targets.csv", "count,female", "count,post_id",
     "targets.csv:2:feature plan/unknown-column"),
    ("targets.csv", "count,female", "share_permille,age",
     "persons.csv:2:age plan/share-not-0-1"),
    ("targets.csv", "count,female", "share_permille,fit",
     "candidates.csv:2:fit plan/share-not-0-1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), CELLS)
def test_a_wrong_cell_is_reported_where_it_stands(
    name: str, old: str, new: str, expected: str, folder: Path
) -> None:
    change(folder, name, old, new)
    assert expected in lines(folder)


def _tier(place: int, **values: Any) -> Any:
    def edit(settings: dict[str, Any]) -> None:
        settings["tiers"][place].update(values)

    return edit


def _set(**values: Any) -> Any:
    return lambda settings: settings.update(values)


def _without(name: str) -> Any:
    return lambda settings: settings.pop(name)


PAIR = {"post_id": "s1", "person_id": "p1"}
BANDS = {"feature": "age", "edges": [0, 45, 60], "cap": 1, "excess": -1}
SETTINGS = [
    (_set(format="other"), "format plan/not-this-format"),
    (_set(version=2), "version plan/not-this-format"),
    (_set(version=True), "version plan/not-this-format"),
    (_set(name=""), "name plan/not-a-text"),
    (_set(as_of="2021-7-1"), "as_of plan/not-a-date"),
    (_set(as_of="2021-02-30"), "as_of plan/not-a-date"),
    (_without("as_of"), " plan/missing-key"),
    (_without("tiers"), " plan/missing-key"),
    (_set(tiers=[]), "tiers plan/no-tiers"),
    (_set(tiers={}), "tiers plan/not-a-list"),
    (_set(tiers=["fill"]), "tiers[0] plan/not-an-object"),
    (_set(protected=["femal"]), "protected[0] plan/unknown-column"),
    (_set(protected=["age"]), "tiers[1].bands.feature plan/protected-column"),
    (_set(protected=["one"]), "tiers[1].coverage.features[0] plan/protected-column"),
    (_set(protected=["fit"]), "tiers[1].pair_terms.fit plan/protected-column"),
    (_tier(0, name="merit"), "tiers[1] plan/tier-name-twice"),
    (_tier(0, vacency=-1), "tiers[0] plan/unknown-key"),
    (_tier(0, vacancy=1), "tiers[0].vacancy plan/above-zero"),
    (_tier(0, displaced=1), "tiers[0].displaced plan/above-zero"),
    (_tier(0, vacancy=-1.0), "tiers[0].vacancy plan/not-integer"),
    (_tier(0, vacancy=True), "tiers[0].vacancy plan/not-integer"),
    (_tier(0, vacancy=-(10**30)), "tiers[0].vacancy plan/too-large"),
    (_tier(0, soft_priority=1), "tiers[1].soft_priority plan/priority-twice"),
    (_tier(0, soft_priority=2), "tiers[0].soft_priority plan/priority-without-targets"),
    (_tier(0, soft_priority=0), "tiers[0].soft_priority plan/below-one"),
    (_tier(1, pair_terms={"age": 1}), "tiers[1].pair_terms.age plan/unknown-column"),
    (_tier(1, pair_terms={"person_id": 1}), "tiers[1].pair_terms.person_id plan/ambiguous-column"),
    (_tier(1, coverage={"features": ["fit"], "gains": [1]}),
     "tiers[1].coverage.features[0] plan/unknown-column"),
    (_tier(1, coverage={"features": ["female"], "gains": [1]}),
     "tiers[1].coverage.features[0] plan/protected-column"),
    (_tier(1, coverage={"features": ["one"], "gains": [1, 2]}),
     "tiers[1].coverage.gains plan/gains-increase"),
    (_tier(1, coverage={"features": ["one"]}), "tiers[1].coverage plan/missing-key"),
    (_tier(1, bands=BANDS | {"edges": [0]}), "tiers[1].bands.edges plan/edges-order"),
    (_tier(1, bands=BANDS | {"edges": [0, 50, 50]}), "tiers[1].bands.edges plan/edges-order"),
    (_tier(1, bands=BANDS | {"cap": -1}), "tiers[1].bands.cap plan/not-a-cap"),
    (_tier(1, bands=BANDS | {"cap": "ceil(seats/0)"}), "tiers[1].bands.cap plan/not-a-cap"),
    (_tier(1, bands=BANDS | {"cap": "seats/2"}), "tiers[1].bands.cap plan/not-a-cap"),
    (_tier(1, bands=BANDS | {"excess": 1}), "tiers[1].bands.excess plan/above-zero"),
    (_tier(1, bands=BANDS | {"feature": "minority"}),
     "tiers[1].bands.feature plan/protected-column"),
    (_set(pins=[{"post_id": "s1", "person_id": "p2"}]), "pins[0] plan/pin-not-a-candidate"),
    (_set(pins=[PAIR, PAIR]), "pins[1] plan/post-pinned-twice"),
    (_set(pins=[PAIR, PAIR]), "pins[1] plan/person-pinned-twice"),
    (_set(pins=[PAIR], bans=[PAIR]), "bans[0] plan/pinned-and-banned"),
    (_set(pins=[{"post_id": "s1"}]), "pins[0] plan/missing-key"),
    (_set(bans=[1]), "bans[0] plan/not-an-object"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), SETTINGS)
def test_a_wrong_setting_is_reported_with_its_path(edit: Any, expected: str, folder: Path) -> None:
    settings = json.loads((folder / "problem.json").read_text("utf-8"))
    edit(settings)
    (folder / "problem.json").write_text(json.dumps(settings), "utf-8")
    assert f"problem.json::{expected}" in lines(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "problem.json:1:2 plan/broken-json"),
        ('{"format": NaN}', "problem.json:: plan/broken-json"),
        ('{"a": 1, "a": 2}', "problem.json::a plan/key-twice"),
        ("[]", "problem.json:: plan/not-an-object"),
        ("[" * 100_000, "problem.json:: plan/broken-json"),
        ('{"version": ' + "9" * 5000 + "}", "problem.json:: plan/broken-json"),
    ],
)
def test_a_broken_json_file_is_reported(text: str, expected: str, folder: Path) -> None:
    (folder / "problem.json").write_text(text, "utf-8")
    assert expected in lines(folder)


def test_every_problem_is_reported_at_once(folder: Path) -> None:
    (folder / "exclusions.csv").unlink()
    (folder / "teams.csv").write_bytes("team_id,superior_team_id\nt1,\n县\n".encode("gbk"))
    (folder / "posts.csv").write_text("", "utf-8")
    change(folder, "persons.csv", ",40,", ",old,")
    change(folder, "candidates.csv", "s2,p2", "s2,p9")
    assert sorted(lines(folder)) == [
        "candidates.csv:3:person_id plan/unknown-id",
        "exclusions.csv:: plan/missing-file",
        "persons.csv:2:age plan/not-integer",
        "posts.csv:1: plan/no-header",
        "teams.csv:3: plan/not-utf8",
    ]


def test_a_folder_in_place_of_a_file_is_unreadable_and_not_a_traceback(folder: Path) -> None:
    (folder / "targets.csv").unlink()
    (folder / "targets.csv").mkdir()
    assert "targets.csv:: plan/unreadable-file" in lines(folder)


def test_a_name_in_both_files_is_an_error_only_where_it_is_used(folder: Path) -> None:
    change(folder, "candidates.csv", "rank", "age")
    found = lines(folder)
    assert "targets.csv:3:feature plan/ambiguous-column" in found
    assert "problem.json::tiers[1].bands.feature plan/ambiguous-column" in found
    change(folder, "candidates.csv", "age", "note")
    assert read_problem(folder).persons == ("p1", "p2")


def test_what_has_no_effect_is_a_warning_and_no_error() -> None:
    made = sample(bans=[{"post_id": "s1", "person_id": "p2"}], remark="草稿")
    hard = target("g1", "one", ">=", 1) | {"priority": 5}
    soft = target("g2", "one", ">=", 1) | {"force": "soft", "priority": 1, "weight": 1}
    ranked = sample(targets=[hard, soft])
    problem = interpret(made)
    assert problem.bans == ()
    assert [w.message.code for w in problem.warnings] == [
        "plan/ignored-key",
        "plan/ban-not-a-candidate",
    ]
    warning = interpret(ranked).warnings[0]
    assert (warning.message.code, warning.at.row) == ("plan/ignored-for-hard-target", 2)


def test_every_code_of_the_reader_is_met_in_these_tests() -> None:
    """A message that no test can bring about is dead, or a rule that nobody checks."""
    declared = {
        kind.code for name, kind in vars(reading_messages).items() if name.isupper()
    }  # the module's constants
    source = Path(__file__).read_text("utf-8")
    assert {code for code in declared if code not in source} == set()
