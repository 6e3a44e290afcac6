"""Check forms: one, or every file of a list, and count what was found.

Not here: printing (`papers.form_list`), and which files there are (the command).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.lrmx import TOO_LARGE, UNREADABLE, read_written
from banzi.documents.form_checks.registry import RULES
from banzi.documents.form_checks.rule import FormFinding, Rule, Severity
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, tracked

CHECKING = MessageKind("forms/checking", _("检查任免审批表"))


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """One file and what was found in it, in the order of the rules; `name` is "" when blank."""

    file: str
    name: str
    findings: tuple[FormFinding, ...]

    def count(self, severity: Severity) -> int:
        return sum(finding.rule.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class FormCheck:
    """Every form that was checked, in the order of the files, and the day the check counts from."""

    as_of: date
    forms: tuple[CheckedForm, ...]

    def count(self, severity: Severity) -> int:
        return sum(form.count(severity) for form in self.forms)

    @property
    def clean(self) -> int:
        """Forms without any finding."""
        return sum(not form.findings for form in self.forms)

    def by_rule(self) -> list[tuple[Rule, int, int]]:
        """(rule, findings, forms) for each rule that found something; errors first, most first."""
        rows = []
        for rule in RULES:
            hits = [sum(finding.rule is rule for finding in form.findings) for form in self.forms]
            if any(hits):
                rows.append((rule, sum(hits), sum(hit > 0 for hit in hits)))
        return sorted(rows, key=lambda row: (row[0].severity is not Severity.ERROR, -row[1]))


def check_sheet(sheet: Sheet, rules: Iterable[Rule] = RULES) -> tuple[FormFinding, ...]:
    """What the rules find in one form, errors before hints, else in the order of the rules."""
    findings = [FormFinding(rule, found) for rule in rules for found in rule.check(sheet)]
    findings.sort(key=lambda finding: finding.rule.severity is not Severity.ERROR)
    return tuple(findings)


def check_files(files: Sequence[Path], as_of: date, progress: Progress) -> FormCheck:
    """Check every file.

    Raises
    ------
    BadInput
        When a file is no readable form; all such files at once, and nothing is checked then.
    """
    problems = ProblemLog()
    checked = []
    for path in tracked(files, progress, CHECKING(), len(files)):
        try:
            sheet = _sheet(path, as_of)
        except BadInput as bad:
            problems.extend(bad.problems)
            continue
        except OSError:
            problems.add(UNREADABLE(), Location(str(path)))
            continue
        checked.append(CheckedForm(str(path), sheet["name"], check_sheet(sheet)))
    problems.stop_if_any()
    return FormCheck(as_of, tuple(checked))


def _sheet(path: Path, as_of: date) -> Sheet:
    size, limit = path.stat().st_size, LIMITS["lrmx_bytes"]
    if size > limit:
        problems = ProblemLog()
        problems.add(TOO_LARGE(size=size, limit=limit), Location(str(path)))
        problems.stop_if_any()
    written = read_written(path.read_bytes(), str(path))
    return Sheet(written.form, written.fields, written.family, as_of, written.disputed)
