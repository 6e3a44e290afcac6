"""The library of targets: what each asks, which clause it comes from, and whether its number does.

An entry is a target as the targets file has it, with its clause and one thing more: whether the
number stands in the clause (`source`) or is a placeholder that no document gives (`sample`). A copy
says so in the citation of every sample, so that it shows wherever the target does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from banzi.kernel.columns import Labelled
from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.structure.reading_targets import read_rows
from banzi.structure.targets import Target

FILE = "targets.yaml"
_OWN = ("kind", "rows", "clause", "bound_basis")

NO_SUCH_ENTRY = MessageKind("library/no-such-entry", _("目标库中没有“{id}”；可用：{choices}"))
_SAMPLE = _("{source}（数额为示例，文件未规定，须由本单位设定）")
_FROM = _("《{title}》{row}")
_HEADING = _(
    "# 抄自结构目标库 {version} 版。逐项核对范围、数额和依据；注明“示例”的数额须按本单位文件改定。"
)


class BoundBasis(Labelled):
    """Where the number of an entry comes from."""

    SOURCE = "source", "文件所定", "given by the document"
    SAMPLE = "sample", "示例，待设定", "a sample, to be set"


@dataclass(frozen=True, slots=True)
class Entry:
    """One target of the library.

    Attributes
    ----------
    kind
        What it is about, Chinese, as lists group it.
    rows
        Rows of systems.md that it serves.
    clause
        Row of the facts sheet that asks for it.
    written
        The target as the file has it, without what belongs to the library.
    target
        The same, read; its citation names the clause.
    """

    id: str
    kind: str
    rows: tuple[str, ...]
    clause: str
    basis: BoundBasis
    written: Mapping[str, str]
    target: Target


@dataclass(frozen=True, slots=True)
class Library:
    version: str
    entries: tuple[Entry, ...]

    def chosen(self, ids: Collection[str]) -> tuple[Entry, ...]:
        """Entries by id in the order of the library; all of them when none is named.

        Raises
        ------
        BanziError
            `library/no-such-entry`.
        """
        known = [entry.id for entry in self.entries]
        for name in ids:
            if name not in known:
                raise BanziError(NO_SUCH_ENTRY(id=name, choices=known))
        return tuple(entry for entry in self.entries if not ids or entry.id in ids)


def read_library(law: Law) -> Library:
    """The shipped library; citations name the documents of the law.

    Raises
    ------
    BadInput
        When the shipped file is flawed.
    """
    data = _shipped()
    log = ProblemLog()
    entries = []
    for place, row in enumerate(data["entries"], start=1):
        basis = next(each for each in BoundBasis if each.value == row["bound_basis"])
        written = {key: value for key, value in row.items() if key not in _OWN}
        written["citation"] = citation(row["clause"], basis, law)

        def at(key: str, place: int = place) -> Location:
            return Location(FILE, row=place, column=key)

        for target in read_rows([(written, at)], log):
            rows = tuple(str(row["rows"]).split())
            entries.append(
                Entry(target.id, row["kind"], rows, row["clause"], basis, written, target)
            )
    log.stop_if_any()
    return Library(str(data["version"]), tuple(entries))


def citation(clause: str, basis: BoundBasis, law: Law) -> str:
    """`《…》GY/women`, for a sample with the remark that no document gives the number."""
    document = law.documents[clause.split("/")[0]]
    source = render(_FROM, {"title": document.title.zh, "row": clause})
    return source if basis is BoundBasis.SOURCE else render(_SAMPLE, {"source": source})


def copy_text(library: Library, entries: Collection[Entry]) -> str:
    """A targets file of these entries, to be edited: what `--targets` reads."""
    heading = render(_HEADING, {"version": library.version})
    rows = [dict(entry.written) for entry in entries]
    body = yaml.safe_dump({"targets": rows}, allow_unicode=True, sort_keys=False, width=1000)
    return f"{heading}\n{body}"


@cache
def _shipped() -> dict[str, Any]:
    text = (resources.files("banzi.structure.library") / FILE).read_text(encoding="utf-8")
    # Every scalar stays text, as in the files people write.
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts only
    return loaded
