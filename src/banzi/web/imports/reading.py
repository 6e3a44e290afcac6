"""The files of an import into a roster of their own, with the readers of the command line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from banzi.cli.importing import NOT_A_SOURCE
from banzi.documents.exchange.package_file import About
from banzi.documents.exchange.package_reading import Package, read_package
from banzi.documents.merging import merge_extracts
from banzi.documents.reading import read_sources
from banzi.documents.shelf import working_shelf
from banzi.documents.source_files import sources_below
from banzi.documents.titles.answers import apply_answers
from banzi.documents.titles.questions import questions_of
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.progress import Progress
from banzi.roster import Roster, load_roster, save_roster
from banzi.web.imports.models import Import
from banzi.web.imports.receiving import exchange_package_in

FORMS = frozenset({"lrmx", "lrm"})
"""Formats that tell one person's form and nothing else."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, in numbers."""

    counts: dict[str, int]


def read_import(given: Import, today: date, progress: Progress) -> Read:
    """Read the files of an import and keep what they say as its roster.

    Raises
    ------
    BadInput
        Every problem of the files, with row and field; an exchange package that is not whole.
    """
    files = given.folder / "files"
    package = exchange_package_in(files)
    if package is not None:
        roster, counts = read_package(package).roster, {"exchange": 1}
        save_roster(roster, given.folder / "roster")
    else:
        counts = _read_files(given, files, today, progress)
    roster = load_roster(given.folder / "roster")
    states = Counter(roster["findings"]["state"])
    told = {name: roster[name].height for name in ("persons", "organs", "teams", "posts")}
    return Read({**counts, **told, **{f"findings_{state}": n for state, n in states.items()}})


def _read_files(given: Import, files: Path, today: date, progress: Progress) -> dict[str, int]:
    usable, others = sources_below(files)
    problems = ProblemLog()
    if not usable:
        for path in sorted(path for path in files.rglob("*") if path.is_file())[:20]:
            problems.add(NOT_A_SOURCE(), Location(str(path.relative_to(files))))
    problems.stop_if_any()
    with working_shelf(given.folder / "roster") as shelf:
        extracts = read_sources(usable, shelf, problems, progress)
        for extract in extracts if problems else ():
            problems.extend(extract.problems)
        problems.stop_if_any()
        outcome = merge_extracts(
            extracts, as_of=given.as_of, recorded_on=today, progress=progress, photos=shelf.photos
        )
        roster, _unmet = apply_answers(outcome.roster, questions_of(outcome.roster), [], today)
        save_roster(roster, given.folder / "roster")
    return {**Counter(extract.format for extract in extracts), "other_files": others}


def package_of(given: Import) -> Package:
    """What an import read, as the package that `documents.exchange` compares."""
    found = exchange_package_in(given.folder / "files")
    if found is not None:
        return read_package(found)
    roster: Roster = load_roster(given.folder / "roster")
    about = About(as_of=roster.as_of, made_on=roster.as_of, scope=(), sender="", recipient="",
                  purpose="", without=(), made_by="")  # fmt: skip
    return Package(about, roster, "")
