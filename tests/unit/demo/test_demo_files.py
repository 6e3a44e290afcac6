"""The demonstration's files: the same bytes for the same seed, and read in without an error."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from banzi.cli.main import load_commands, run
from banzi.demo.deciding import answer_findings
from banzi.demo.files import PLANTED_FILE, write_files
from banzi.demo.knobs import load_knobs
from banzi.demo.rows import build_roster
from banzi.demo.wishes import PLANTED, target_rows
from banzi.demo.world import build_world
from banzi.documents.codecs.workbook import write_template
from banzi.roster import Roster, load_roster

DAY = load_knobs().as_of


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def imported(source: Path, roster: Path, *more: str) -> Roster:
    load_commands()
    dates = ["--as-of", DAY.isoformat(), "--recorded-on", DAY.isoformat()]
    assert run(["import", str(source), "--roster", str(roster), *dates, *more]) == 0
    return load_roster(roster)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "files"
    write_files(folder, 1)
    return folder


@pytest.fixture(scope="module")
def roster_folder(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "roster"
    imported(files, folder)
    return folder


def test_same_seed_gives_the_same_bytes_and_the_variant_adds_only_its_targets(
    files: Path, tmp_path: Path
) -> None:
    write_files(tmp_path / "files", 1, "infeasible")
    before, after = hashes(files), hashes(tmp_path / "files")
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"teams.xlsx", "targets.yaml", PLANTED_FILE}
    planted = json.loads((tmp_path / "files" / PLANTED_FILE).read_text(encoding="utf-8"))
    assert planted == {"targets": list(PLANTED)}


def test_the_workbook_with_the_targets_has_the_same_bytes_again(tmp_path: Path) -> None:
    world = build_world(1)
    rows, roster = target_rows(world), build_roster(world)
    write_template(tmp_path / "once.xlsx", roster, rows)
    write_template(tmp_path / "again.xlsx", build_roster(build_world(1)), rows)
    assert (tmp_path / "once.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_another_seed_gives_other_people() -> None:
    first, second = build_world(1), build_world(2)
    assert {p.name for p in first.officials} != {p.name for p in second.officials}


def test_blemishes_are_in_the_files(files: Path) -> None:
    wanted = load_knobs().blemishes
    forms = [path.read_bytes() for path in (files / "people").iterdir()]
    assert len(forms) == 150
    assert sum(not data.startswith(b"\xef\xbb\xbf") for data in forms) == wanted.without_bom
    assert sum(b"DanWeiNeiBuBianHao" in data for data in forms) == wanted.unknown_elements
    assert sum(b"<Version>" not in data for data in forms) == wanted.missing_elements


def test_every_blemish_is_a_finding_or_read_as_meant(roster_folder: Path) -> None:
    wanted = load_knobs().blemishes
    roster = load_roster(roster_folder)
    found = Counter(roster["findings"]["code"])
    assert found == {
        "resume/gap": wanted.resume_gaps,
        "form/id-birth-differs": wanted.birth_differs_from_id,
        "import/conflict": wanted.sources_disagree,
        "import/relative-may-be-official": load_knobs().namesake_relatives,
    }
    assert roster["persons"]["name"].str.contains(r"\s").sum() == 0
    assert roster["persons"]["id_number"].str.contains("x").sum() == 0
    assert roster["form_extras"].height == wanted.unknown_elements


def test_decisions_settle_the_open_findings(
    files: Path, roster_folder: Path, tmp_path: Path
) -> None:
    before = load_roster(roster_folder)
    answers = tmp_path / "decisions.xlsx"
    count = answer_findings(roster_folder, answers, DAY)
    assert count == (before["findings"]["state"] == "open").sum() > 0
    assert before["persons"]["work_started"].null_count() == load_knobs().blemishes.sources_disagree
    after = imported(files, tmp_path / "roster", "--decisions", str(answers))
    assert (after["findings"]["state"] == "open").sum() == 0
    assert (after["findings"]["state"] == "settled").sum() == count
    assert after["persons"]["work_started"].null_count() == 0
    assert after["relatives"]["is_linked"].null_count() == 0
