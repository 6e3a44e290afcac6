"""`banzi structure forecast | compare | dashboard | evidence | customs | library`, as users run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.example_teams import example_roster

from banzi.roster import save_roster

COMMAND = ("structure",)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_roster(example_roster(), tmp_path / "roster")
    return tmp_path / "roster"


def test_a_forecast_is_the_same_on_screen_and_as_json(banzi: Run, folder: Path) -> None:
    code, out, _err = banzi("forecast", folder, "--years", "2")
    assert code == 0
    assert "2年后" in out
    _code, printed, _err = banzi("forecast", folder, "--years", "2", "--json")
    rows = json.loads(printed)["team-forecast"]["rows"]
    assert rows[-1]["figures"]["present_0"]["value"] == 4


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("forecast", "--years", "x"), "structure/bad-years"),
        (("compare", "--team", "没有"), "structure/no-team-named"),
        (("compare", "--area", "没有"), "structure/no-area-named"),
        (("compare", "--post", "没有"), "gauges/no-such-post"),
        (("compare", "--post", "市长", "--team", "x"), "structure/post-alone"),
        (("compare", "--plan", "a", "--compare", "b"), "structure/plan-or-old"),
        (("dashboard", "--out", "x.txt"), "figures/not-a-paper"),
    ],
)
def test_wrong_input_is_named_and_nothing_is_written(
    banzi: Run, folder: Path, arguments: tuple[str, ...], code: str
) -> None:
    before = sorted(folder.parent.iterdir())
    status, _out, err = banzi(arguments[0], folder, *arguments[1:])
    assert status == 2
    assert code in err
    assert sorted(folder.parent.iterdir()) == before


def test_papers_are_written_and_a_library_copy_is_not_overwritten(
    banzi: Run, folder: Path, tmp_path: Path
) -> None:
    assert banzi("dashboard", folder, "--out", tmp_path / "d.xlsx")[0] == 0
    assert (tmp_path / "d.xlsx").stat().st_size > 1000
    copy = tmp_path / "targets.yaml"
    assert banzi("library", "--take", "about-45", "--out", copy)[0] == 0
    status, _out, err = banzi("library", "--out", copy)
    assert (status, "library/file-exists" in err) == (2, True)
    assert banzi("evidence", folder, "--targets", copy)[0] == 0
    assert banzi("customs", folder)[0] == 0
