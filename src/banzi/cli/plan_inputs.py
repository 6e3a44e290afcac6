"""Targets and plan settings from whatever file the user names: YAML or our workbook template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.settings import PlanSettings
    from banzi.structure.reading_targets import TargetFile

NO_SHEET = MessageKind(
    "plan-inputs/no-sheet", _("工作簿中没有“{sheet}”工作表；请使用 banzi 模板，或改用 YAML 文件")
)


def read_targets(file: Path | None) -> TargetFile:
    """Targets and report settings of a .yaml or .xlsx file; none without a file."""
    from banzi.structure.reading_targets import TargetFile, read_target_rows, read_targets_file
    from banzi.structure.report_settings import ReportSettings

    if file is None:
        return TargetFile((), ReportSettings())
    if not _is_workbook(file):
        return read_targets_file(file)
    log = ProblemLog()
    rows = _documents(file, log).get("targets")
    if rows is None:
        log.add(NO_SHEET(sheet="目标"), Location(str(file)))
    targets = read_target_rows(rows or [], log)
    log.stop_if_any()
    return TargetFile(tuple(targets), ReportSettings())


def read_plan_settings(file: Path) -> PlanSettings:
    """Plan settings of a .yaml or .xlsx file."""
    from banzi.staffing.reading_plan_settings import read_settings_file, read_settings_rows

    if not _is_workbook(file):
        return read_settings_file(file)
    log = ProblemLog()
    documents = _documents(file, log)
    if "settings" not in documents:
        log.add(NO_SHEET(sheet="设置"), Location(str(file)))
    settings = read_settings_rows(documents.get("settings", []), documents.get("profiles", []), log)
    log.stop_if_any()
    assert settings is not None  # noqa: S101 - anything else was logged
    return settings


def _is_workbook(file: Path) -> bool:
    return file.suffix.lower() in (".xlsx", ".xls", ".et")


def _documents(file: Path, log: ProblemLog) -> dict[str, list[dict[str, Any]]]:
    from banzi.documents.codecs.workbook.template import read_template

    extract = read_template(file, str(file))
    log.extend(list(extract.problems))
    return dict(extract.documents)
