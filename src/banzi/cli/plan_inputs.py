"""Targets and plan settings from whatever file the user names: YAML or our workbook template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from banzi.kernel.errors import Location, ProblemLog

if TYPE_CHECKING:
    from banzi.staffing.settings import PlanSettings
    from banzi.structure.reading_targets import TargetFile


def read_targets(file: Path | None) -> TargetFile:
    """Targets and report settings of a .yaml or .xlsx file; none without a file."""
    from banzi.documents.target_files import read_targets as read

    return read(file)


def read_plan_settings(file: Path) -> PlanSettings:
    """Plan settings of a .yaml or .xlsx file."""
    from banzi.documents.target_files import NO_SHEET, documents_of, is_workbook
    from banzi.staffing.reading_plan_settings import read_settings_file, read_settings_rows

    if not is_workbook(file):
        return read_settings_file(file)
    log = ProblemLog()
    documents = documents_of(file, log)
    if "settings" not in documents:
        log.add(NO_SHEET(sheet="设置"), Location(str(file)))
    settings = read_settings_rows(documents.get("settings", []), documents.get("profiles", []), log)
    log.stop_if_any()
    assert settings is not None  # noqa: S101 - anything else was logged
    return settings
