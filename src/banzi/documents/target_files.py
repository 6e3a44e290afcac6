"""Targets from whatever file the user names: YAML or our workbook template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from banzi.documents.codecs.workbook.template import read_template
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.reading_targets import TargetFile, read_target_rows, read_targets_file
from banzi.structure.report_settings import ReportSettings

NO_SHEET = MessageKind(
    "plan-inputs/no-sheet", _("工作簿中没有“{sheet}”工作表；请使用 banzi 模板，或改用 YAML 文件")
)


def read_targets(file: Path | None) -> TargetFile:
    """Targets and report settings of a .yaml or .xlsx file; none without a file."""
    if file is None:
        return TargetFile((), ReportSettings())
    if not is_workbook(file):
        return read_targets_file(file)
    log = ProblemLog()
    rows = documents_of(file, log).get("targets")
    if rows is None:
        log.add(NO_SHEET(sheet="目标"), Location(str(file)))
    targets = read_target_rows(rows or [], log)
    log.stop_if_any()
    return TargetFile(tuple(targets), ReportSettings())


def is_workbook(file: Path) -> bool:
    return file.suffix.lower() in (".xlsx", ".xls", ".et")


def documents_of(file: Path, log: ProblemLog) -> dict[str, list[dict[str, Any]]]:
    """The sheets of a template that are no records, by name; its problems go to the log."""
    extract = read_template(file, str(file))
    log.extend(list(extract.problems))
    return dict(extract.documents)
