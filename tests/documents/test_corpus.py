"""Every file of the corpus is read as expected: its errors and findings exactly, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.documents.corpus import (
    decisions_cases,
    exchange_cases,
    lrm_cases,
    lrmx_bytes,
    lrmx_values,
    package_cases,
    workbook_cells,
    workbook_files,
)
from tests.documents.corpus.case import Case, differences, findings_of, problems_of, told

from banzi.cli.main import load_commands, run
from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.lrm import read_lrm
from banzi.documents.codecs.lrmx import read_lrmx
from banzi.documents.codecs.package import read_package
from banzi.documents.codecs.sniffing import SourceKind, kind_of
from banzi.documents.codecs.workbook import read_workbook
from banzi.documents.decisions import read_decisions
from banzi.documents.exchange.package_reading import read_package as read_exchange
from banzi.documents.merging import merge_extracts
from banzi.kernel.errors import BadInput

load_commands()
DAY = date(2026, 6, 30)
READERS = {
    SourceKind.LRMX: read_lrmx,
    SourceKind.LRM: read_lrm,
    SourceKind.PACKAGE: read_package,
    SourceKind.WORKBOOK: read_workbook,
}
FAMILIES = {
    "lrmx-bytes": lrmx_bytes.cases,
    "lrmx-values": lrmx_values.cases,
    "lrm": lrm_cases.cases,
    "package": package_cases.cases,
    "workbook-files": workbook_files.cases,
    "workbook-cells": workbook_cells.cases,
    "decisions": decisions_cases.cases,
    "exchange": exchange_cases.cases,
}
IMPORTED = [name for name in FAMILIES if name not in ("decisions", "exchange")]
PARTS = 4
"""Each family is checked in so many tests, for as many processes to share."""


@cache
def corpus(family: str) -> tuple[Case, ...]:
    return tuple(FAMILIES[family]())


def written(case: Case, folder: Path) -> Path:
    path = folder / f"甲{case.ending}"
    path.write_bytes(case.data)
    for ending, data in case.beside.items():
        (folder / f"甲{ending}").write_bytes(data)
    return path


def read(case: Case, path: Path) -> Extract:
    """As an import reads it; what cannot be opened becomes problems of an extract as well."""
    extract = Extract(path.name, "", "", 0)
    try:
        if case.name.startswith("decisions/"):
            read_decisions(path)
            return extract
        if case.name.startswith("exchange/"):
            read_exchange(path)
            return extract
        kind = kind_of(path)
        assert kind is not None
        return READERS[kind](path)
    except BadInput as bad:
        extract.problems = bad.problems
        return extract


def wrong(case: Case, folder: Path) -> list[str]:
    extract = read(case, written(case, folder))
    found = differences(case.problems, problems_of(extract))
    if not extract.problems:  # a file that is refused is not judged any further
        found += differences(case.findings, findings_of(extract))
    elif any(str(folder) not in each.at.file for each in extract.problems):
        found.append("a problem that does not name the file")
    return [f"{case.name}: {each}" for each in found]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("family", FAMILIES)
def test_errors_and_findings_are_the_expected_ones(family: str, part: int, tmp_path: Path) -> None:
    told_otherwise: list[str] = []
    for number, case in enumerate(corpus(family)[part::PARTS]):
        folder = tmp_path / str(number)
        folder.mkdir()
        told_otherwise += wrong(case, folder)
    assert told_otherwise == []


def test_the_corpus_is_large_and_no_file_is_there_twice() -> None:
    everything = [case for family in FAMILIES for case in corpus(family)]
    assert len(everything) >= 500
    assert len({case.name for case in everything}) == len(everything)
    distinct = {(case.ending, case.data, *sorted(case.beside.items())) for case in everything}
    assert len(distinct) >= len(everything) - 20  # some lists and packages share a broken file


def blemished(families: Iterable[str], every: int) -> list[Case]:
    """A sample of files that are read, most of them with findings."""
    return [case for family in families for case in corpus(family) if not case.problems][::every]


@pytest.mark.parametrize("family", IMPORTED)
def test_what_can_be_read_can_be_made_a_roster(family: str, tmp_path: Path) -> None:
    """A template alone holds no persons, and a package may be blank: both say so."""
    for number, case in enumerate(blemished([family], 6)):
        folder = tmp_path / str(number)
        folder.mkdir()
        extract = read(case, written(case, folder))
        try:
            roster = merge_extracts([extract], as_of=DAY, recorded_on=DAY).roster
        except BadInput as bad:
            codes = {told(each.message, each.at).partition("@")[0] for each in bad.problems}
            assert not extract.persons, (case.name, codes)
            assert "import/nobody" in codes, case.name
            continue
        kept = {row["code"] for row in roster["findings"].iter_rows(named=True)}
        assert {each.partition("@")[0] for each in case.findings} <= kept, case.name


@pytest.mark.parametrize("family", IMPORTED)
def test_the_command_ends_with_two_and_names_the_error(
    family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = [case for case in corpus(family) if case.problems and len(case.data) < 1 << 20]
    folder, target = tmp_path / "files", tmp_path / "roster"
    folder.mkdir()
    sample = refused[::12]
    for number, case in enumerate(sample):
        (folder / f"{number:03d}{case.ending}").write_bytes(case.data)
    assert run(["import", str(folder), "--roster", str(target), "--as-of", "2026-06-30"]) == 2
    lines = capsys.readouterr().err.splitlines()
    for number, case in enumerate(sample):
        mine = " ".join(line for line in lines if f"{number:03d}{case.ending}" in line)
        for each in case.problems:
            assert each.partition("@")[0] in mine, case.name
    assert not [line for line in lines if "Traceback" in line]
    assert not target.exists()


def test_the_command_imports_what_is_blemished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = tmp_path / "files", tmp_path / "roster"
    folder.mkdir()
    for number, case in enumerate(blemished(["lrmx-values"], 5)):
        name = f"甲{chr(0x5000 + number)}".encode()  # one person each
        data = case.data.replace("甲一".encode(), name)
        (folder / f"{number:03d}{case.ending}").write_bytes(data)
    days = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
    assert run(["import", str(folder), "--roster", str(target), *days]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert (target / "manifest.json").is_file()
