"""The whole demonstration, seed by seed: proven plan, right by the referee, planted conflict."""

from __future__ import annotations

from pathlib import Path

import pytest

from banzi.cli import demo_run
from banzi.cli.main import load_commands, run
from banzi.demo.files import MARK
from banzi.demo.outcome import conflict_is_planted
from banzi.staffing.plan import read_plan


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 11))
def test_demonstration_ends_well(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_commands()
    monkeypatch.setattr(demo_run, "PROOF_SECONDS", 600)  # how fast is for benchmarks to say
    folder = tmp_path / "demo"
    command = ["demo", "run", "--dir", str(folder), "--seed", str(seed), "--no-region"]
    assert run(command) == 0
    plan = read_plan(folder / "plan")
    assert plan.status == "optimal"
    assert all(tier.proven for tier in plan.tiers)
    assert conflict_is_planted(folder / "files-infeasible", folder / "plan-infeasible")


ASKED = {
    "假设": ("whatif", "--pin", "市委书记=阎行承"),
    "为什么是此人，为什么不是": ("why", "市委副书记、市长", "郝砚"),
    "有人不能用了": ("repair", "--without", "郝砚", "--without", "赖旻恺"),
    "比选": ("alternatives", "--out", "alternatives"),
}
"""Section of `docs/howto/ask-about-a-plan.md` → the command that its first example shows."""


@pytest.mark.slow
def test_the_answers_shown_on_the_page_are_those_of_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load_commands()
    monkeypatch.setattr(demo_run, "PROOF_SECONDS", 600)
    page = Path("docs/howto/ask-about-a-plan.md").resolve().read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "run", "--dir", "demo", "--no-region"]) == 0
    for title, (command, *given) in ASKED.items():
        capsys.readouterr()
        assert run(["plan", command, "demo/problem", "demo/plan", *given]) == 0
        told = set(capsys.readouterr().out.splitlines())
        shown = [line[4:] for line in first_example(sections[title]).splitlines()]
        assert len(shown) >= 4
        assert not [line for line in shown if line not in told]


def first_example(section: str) -> str:
    """The first block of lines that are set in."""
    return next(part for part in section.strip("\n").split("\n\n") if part.startswith("    "))


@pytest.mark.slow
def test_the_region_is_planned_whole(tmp_path: Path) -> None:
    load_commands()
    folder = tmp_path / "demo"
    assert run(["demo", "run", "--dir", str(folder), "--seed", "11"]) == 0
    plan = read_plan(folder / "plan-region")
    assert len(plan.assignments) == 360
    assert all(person is not None for _post, person in plan.assignments)
    assert plan.tiers[0].proven


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    load_commands()
    (tmp_path / "letter.txt").write_text("留着", encoding="utf-8")
    assert run(["demo", "write", str(tmp_path)]) == 2
    assert run(["demo", "run", "--dir", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert not (tmp_path / MARK).exists()


def test_an_unknown_variant_is_refused(tmp_path: Path) -> None:
    load_commands()
    assert run(["demo", "write", str(tmp_path / "files"), "--variant", "other"]) == 2
    assert not (tmp_path / "files").exists()
