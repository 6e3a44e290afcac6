"""The files of an import into a roster of their own, with the readers of the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from banzi.cli.importing import NOT_A_SOURCE
from banzi.documents.exchange.package_file import About
from banzi.documents.exchange.package_reading import Package, read_package
from banzi.documents.merging import merge_extracts
from banzi.documents.reading import read_sources
from banzi.documents.shelf import working_shelf
from banzi.documents.source_files import sources_below
from banzi.documents.titles.answers import apply_answers
from banzi.documents.titles.questions import questions_of
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.roster import Roster, load_roster, save_roster
from banzi.web.imports.models import Import
from banzi.web.imports.packages import told_by
from banzi.web.imports.receiving import exchange_packages_in, own_name
from banzi.web.shared.own_names import by_own_names

PACKAGE_ALONE = MessageKind(
    "imports/package-alone", _("交换包须单独导入，一次一个；请把它与其他文件分开，逐个选择")
)
FORMS = frozenset({"lrmx", "lrm"})
"""Formats that tell one person's form and nothing else."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, in numbers; and what an exchange package says of itself."""

    counts: dict[str, int]
    package: dict[str, Any]


def read_import(given: Import, today: date, progress: Progress) -> Read:
    """Read the files of an import and keep what they say as its roster.

    Raises
    ------
    BadInput
        Every problem of the files, by their own names, with row and field; an exchange package
        that is not whole.
    """
    try:
        return _read(given, today, progress)
    except BadInput as bad:
        own = partial(own_name, given.folder / "files")
        raise by_own_names(bad.problems, own) from None


def _read(given: Import, today: date, progress: Progress) -> Read:
    files = given.folder / "files"
    packages, told = exchange_packages_in(files), {}
    if packages:
        told, counts = _read_exchange(given, files, packages), {"exchange": 1}
    else:
        counts = _read_files(given, files, today, progress)
    roster = load_roster(given.folder / "roster")
    states = Counter(roster["findings"]["state"])
    rows = {name: roster[name].height for name in ("persons", "organs", "teams", "posts")}
    counted = {**counts, **rows, **{f"findings_{state}": n for state, n in states.items()}}
    return Read(counted, told)


def _read_exchange(given: Import, files: Path, packages: Sequence[Path]) -> dict[str, Any]:
    """Read a package, alone: what other files say would be held against it or lost."""
    usable, _others = sources_below(files)
    besides = [path for path in usable if path not in packages]
    if len(packages) > 1 or besides:
        at = Location(str((besides or packages[1:])[0].relative_to(files)))
        raise BadInput([Problem(PACKAGE_ALONE(), at)])
    package = read_package(packages[0])
    save_roster(package.roster, given.folder / "roster")
    return told_by(package)


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
        for extract in extracts:  # kept with the records as their source
            extract.file_name = own_name(files, extract.file_name)
        outcome = merge_extracts(
            extracts, as_of=given.as_of, recorded_on=today, progress=progress, photos=shelf.photos
        )
        roster, _unmet = apply_answers(outcome.roster, questions_of(outcome.roster), [], today)
        save_roster(roster, given.folder / "roster")
    return {**Counter(extract.format for extract in extracts), "other_files": others}


def package_of(given: Import) -> Package:
    """What an import read, as the package that `documents.exchange` compares."""
    roster: Roster = load_roster(given.folder / "roster")
    if given.package:
        return Package(About.of(given.package), roster, given.package["sha256"])
    about = About(as_of=roster.as_of, made_on=roster.as_of, scope=(), sender="", recipient="",
                  purpose="", without=(), made_by="")  # fmt: skip
    return Package(about, roster, "")
