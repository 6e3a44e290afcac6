"""`banzi forms check`: the filling rules of 干部任免审批表 over a folder, as a list to work through."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.form_printing import print_
from banzi.cli.form_renaming import rename
from banzi.cli.importing import NOT_FOUND, SKIPPED
from banzi.cli.outputs import check_endings, writing
from banzi.cli.paper_fonts import fonts_said, say_pdf_fonts
from banzi.kernel.columns import Labelled
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind, name_in
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.form_checks.checking import CheckedForm, FormCheck
    from banzi.documents.form_checks.rule import FormFinding

NOT_A_FORM_FILE = MessageKind(
    "forms/not-a-form-file", _("不是任免审批表（.lrmx）；请给出.lrmx文件或其所在的文件夹")
)
NO_FORMS = MessageKind("forms/no-forms", _("文件夹中没有任免审批表（.lrmx）"))
CHECKED = MessageKind(
    "forms/checked",
    _("检查{forms}份任免审批表（基准日{as_of}）：{clean}份无问题，错误{errors}处，提示{hints}处。"),
)
WRITTEN = MessageKind("forms/list-written", _("清单已写入：{path}"))
PERSON = MessageKind("forms/person", _("{name}（{file}）"))
FINDING = MessageKind("forms/finding", _("  {severity}　{place}：{says}"))
FINDING_WRITTEN = MessageKind(
    "forms/finding-written", _("  {severity}　{place}：{says}　现填“{written}”")
)
FINDING_SUGGESTED = MessageKind(
    "forms/finding-suggested",
    _("  {severity}　{place}：{says}　现填“{written}”，建议“{suggested}”"),
)

_HEADER = (_("规则"), _("性质"), _("处数"), _("涉及人数"))

SOURCES = typer.Argument(..., metavar="SRC...", help="任免审批表（.lrmx）或其所在的文件夹。")
OUT = typer.Option(None, "--out", metavar="FILE.xlsx", help="清单存为工作簿，可逐条核销。")
PDF = typer.Option(None, "--pdf", metavar="FILE.pdf", help="清单存为 PDF，可直接打印。")
AS_OF = typer.Option(None, "--as-of", metavar="YYYY-MM-DD", help="检查基准日；不填用今天。")

group = typer.Typer(help="干部任免审批表：填写检查、批量输出、批量改名。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    group.command("print")(print_)
    group.command()(rename)
    app.add_typer(group, name="forms")


@group.callback()
def _forms() -> None:
    """干部任免审批表：填写检查、批量输出、批量改名。"""


@group.command()
def check(
    sources: list[Path] = SOURCES,
    out: Path | None = OUT,
    pdf: Path | None = PDF,
    as_of: str | None = AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """按填表说明逐人逐条检查任免审批表，列出现填、建议和说明。有错误时返回 1。"""
    from banzi.documents.form_checks.checking import check_files
    from banzi.documents.form_checks.rule import Severity
    from banzi.documents.papers.form_list import write_pdf, write_workbook
    from banzi.kernel.files import replacing_file

    today = date.today()  # noqa: DTZ011 (the office's own day; the engine below never asks)
    day = terminal.parse_as_of(as_of, today)
    files, skipped = _files(sources, ((out, ".xlsx"), (pdf, ".pdf")))
    with terminal.progress_bar() as bar:
        checked = check_files(files, day, bar)
    for path, write in ((out, write_workbook), (pdf, write_pdf)):
        if path is None:
            continue
        with writing(path), replacing_file(path) as part:
            write(checked, part)
    if as_json:
        terminal.say_json(_as_json(checked, out, pdf))
    else:
        _tell(checked, skipped)
        for path in (out, pdf):
            if path is not None:
                terminal.say(WRITTEN(path=path))
        say_pdf_fonts(pdf)
    if checked.count(Severity.ERROR):
        raise typer.Exit(1)


def _files(
    sources: list[Path], outputs: tuple[tuple[Path | None, str], ...]
) -> tuple[list[Path], int]:
    """Forms in a steady order, and how many files in the folders were something else."""
    problems = ProblemLog()
    check_endings(problems, *outputs)
    found: dict[Path, None] = {}
    skipped = 0
    for source in sources:
        if source.is_dir():
            inside = sorted(path for path in source.rglob("*") if path.is_file())
            forms = [path for path in inside if _is_form(path)]
            if not forms:
                problems.add(NO_FORMS(), Location(str(source)))
            skipped += len(inside) - len(forms)
            found.update(dict.fromkeys(forms))
        elif not source.exists():
            problems.add(NOT_FOUND(), Location(str(source)))
        elif not _is_form(source):
            problems.add(NOT_A_FORM_FILE(), Location(str(source)))
        else:
            found[source] = None
    problems.stop_if_any()
    return list(found), skipped


def _is_form(path: Path) -> bool:
    return path.suffix.lower() == ".lrmx" and not path.name.startswith(("~$", "."))


def _tell(checked: FormCheck, skipped: int) -> None:
    for form in checked.forms:
        if form.findings:
            _tell_person(form)
    rows = [
        (terminal.text(rule.title), label(rule.severity), hits, forms)
        for rule, hits, forms in checked.by_rule()
    ]
    if rows:
        terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
    if skipped:
        terminal.say(SKIPPED(count=skipped))
    terminal.say(CHECKED(**_counts(checked), as_of=checked.as_of))


def _tell_person(form: CheckedForm) -> None:
    terminal.say(PERSON(name=form.name or "—", file=form.file))
    for finding in form.findings:
        found = finding.found
        values: dict[str, object] = {
            "severity": label(finding.rule.severity),
            "place": finding.place(terminal.language()),
            "says": finding.message,
        }
        kind = FINDING
        if found.suggested:
            kind, values["suggested"] = FINDING_SUGGESTED, terminal.text(found.suggested)
        elif found.written:
            kind = FINDING_WRITTEN
        if kind is not FINDING:
            values["written"] = " ".join(found.written.strip().split("\n"))
        terminal.say(kind(**values))


def label(choice: Labelled) -> str:
    return name_in(choice, terminal.language())


def _counts(checked: FormCheck) -> dict[str, int]:
    from banzi.documents.form_checks.rule import Severity

    return {
        "forms": len(checked.forms),
        "clean": checked.clean,
        "errors": checked.count(Severity.ERROR),
        "hints": checked.count(Severity.HINT),
    }


def _as_json(checked: FormCheck, out: Path | None, pdf: Path | None) -> dict[str, Any]:
    return {
        "as_of": checked.as_of,
        **_counts(checked),
        "rules": [
            {
                "id": rule.id,
                "title": terminal.text(rule.title),
                "severity": rule.severity,
                "findings": hits,
                "forms": forms,
            }
            for rule, hits, forms in checked.by_rule()
        ],
        "persons": [
            {
                "file": form.file,
                "name": form.name,
                "findings": [_finding(each) for each in form.findings],
            }
            for form in checked.forms
        ],
        "out": out,
        "pdf": pdf,
        **fonts_said(pdf),
    }


def _finding(finding: FormFinding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "place": finding.found.place,
        "place_text": finding.place(terminal.language()),
        "written": finding.found.written,
        "suggested": terminal.text(finding.found.suggested),
        "says": finding.message.text(terminal.language()),
    }
