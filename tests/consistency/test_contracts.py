"""Each import contract holds, and each is shown to fail on a deliberate breach."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREACHES = {
    "a lower package imports a higher one": (
        "kernel/breach.py",
        "import banzi.roster\n",
        "Packages import downwards only BROKEN",
    ),
    "a package without a place in the order": (
        "stray/__init__.py",
        "",
        "Packages import downwards only BROKEN",
    ),
    "the engine reads Excel itself": (
        "people/breach.py",
        "import python_calamine\n",
        "The engine knows no web framework, database or document library BROKEN",
    ),
    "somebody but solvers opens HiGHS": (
        "people/breach.py",
        "import highspy\n",
        "Only solvers opens the door to HiGHS BROKEN",
    ),
    "somebody but kernel.compiling opens numba": (
        "facts/breach.py",
        "import numba\n",
        "Only the kernel opens the door to numba BROKEN",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the package in `folder/src`."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def packages_named(contract: str) -> set[str]:
    """Source modules of one contract, without the package's own name."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    listed = settings[f"importlinter:contract:{contract}"]["source_modules"].split()
    return {name.removeprefix("banzi.") for name in listed}


def test_every_package_stands_in_the_contracts_that_concern_it() -> None:
    there = {file.parent.name for file in (ROOT / "src" / "banzi").glob("*/__init__.py")}
    assert packages_named("engine") == there - {"cli", "demo", "documents", "web"}
    assert packages_named("solver") == there - {"solvers"}
    assert packages_named("compiler") == there - {"kernel"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "src" / "banzi",
        tmp_path / "src" / "banzi",
        ignore=shutil.ignore_patterns("__pycache__", "fonts", "tables", "locale"),
    )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("file", "content", "verdict"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_found(copy: Path, file: str, content: str, verdict: str) -> None:
    target = copy / "src" / "banzi" / file
    target.parent.mkdir(exist_ok=True)
    target.write_text(content, encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert verdict in result.stdout
