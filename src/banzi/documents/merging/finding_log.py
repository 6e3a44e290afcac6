"""Findings as they come up, held against the decisions that people have made.

Whoever raises a finding with options learns at once what was chosen, and so fills the value. A
finding is known by its content; the same doubt from two files is one finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from banzi.documents.codecs.extract import Row
from banzi.documents.merging.stable_ids import finding_id
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import FindingMessage, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster.finding_texts import stored_value
from banzi.roster.keeping import FindingState

WRONG_CHOICE = MessageKind(
    "decisions/wrong-choice", _("处理意见“{chosen}”不在选项内；请从下拉选项中选择：{options}")
)
NOTHING_TO_DECIDE = MessageKind(
    "decisions/nothing-to-decide",
    _("疑点{finding_id}已不存在（来源已更正，或裁定属于其他资料），该裁定未使用"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person settled: one row of the decisions workbook or of an earlier roster."""

    finding_id: str
    chosen: str
    decided_by: str
    decided_on: date
    note: str = ""
    at: Location = field(default_factory=Location)


@dataclass(slots=True)
class Raised:
    """One finding on its way into the roster. `row` is looked at when keys have been given."""

    message: FindingMessage
    subject: str
    table: str = ""
    column: str = ""
    row_label: str = ""
    options: Sequence[str] = ()
    written: str = ""
    source_id: str | None = None
    source_place: str | None = None
    person: Any = None
    """The identity that the finding is about; its id is asked for at the end."""
    row: Any = None

    @property
    def id(self) -> str:
        """By code and values, not by wording: a better text keeps its decision."""
        return finding_id(
            self.message.code,
            self.subject,
            self.table,
            self.column,
            self.row_label,
            sorted(self.options),
            self.written,
            _plain_values(self.message.values, ""),
        )


class FindingLog:
    """Collects findings; answers with the option chosen, if one was."""

    def __init__(self, decisions: Iterable[Decision], problems: ProblemLog) -> None:
        self._decisions = {decision.finding_id: decision for decision in decisions}
        self.problems = problems
        """Takes choices that are none; changed between the stages of merging."""
        self._known: set[str] = set()
        self._waiting: dict[str, Raised] = {}
        self._settled: dict[str, Decision] = {}

    def record(self, finding: Raised) -> str | None:
        """Keep the finding; the option that was chosen, None when nobody has decided."""
        key = finding.id
        if key not in self._known:
            self._known.add(key)
            self._waiting[key] = finding
        decision = self._decisions.get(key)
        if decision is None or not finding.options:
            return None
        for option in finding.options:
            if _plain(option) == _plain(decision.chosen):
                self._settled[key] = decision
                return option
        message = WRONG_CHOICE(chosen=decision.chosen, options=list(finding.options))
        self.problems.add(message, decision.at)
        return None

    def unused(self) -> list[Problem]:
        """Decisions about findings that did not come up, as warnings."""
        return [
            Problem(NOTHING_TO_DECIDE(finding_id=decision.finding_id), decision.at)
            for key, decision in self._decisions.items()
            if key not in self._known
        ]

    def take_rows(self, recorded_on: date) -> list[Row]:
        """Rows of the table `findings` for what came up since the last call.

        To be called when the rows that these findings are about have got their keys.
        """
        rows = [self._row(key, each, recorded_on) for key, each in self._waiting.items()]
        self._waiting = {}
        return rows

    def decision_rows(self, recorded_on: date) -> list[Row]:
        """Rows of the table `decisions`."""
        return [
            {
                "finding_id": key,
                "chosen": decision.chosen,
                "decided_by": decision.decided_by,
                "decided_on": decision.decided_on,
                "note": decision.note or None,
                "recorded_on": recorded_on,
            }
            for key, decision in self._settled.items()
        ]

    def _row(self, key: str, each: Raised, recorded_on: date) -> Row:
        state = FindingState.OPEN if each.options else FindingState.NOTED
        if key in self._settled:
            state = FindingState.SETTLED
        return {
            "finding_id": key,
            "code": each.message.code,
            "person_id": None if each.person is None else each.person.person_id,
            "table_name": each.table or None,
            "column_name": each.column or None,
            "row_key": (each.row.key_text if each.row is not None else "")
            or each.row_label
            or None,
            "text_zh": each.message.text(),
            "values_json": _json(_plain_values(each.message.values, each.written)),
            "options_json": _json(list(each.options)) if each.options else None,
            "state": state.value,
            "source_id": each.source_id,
            "source_place": each.source_place,
            "recorded_on": recorded_on,
        }


def place_text(at: Location) -> str:
    """A place for people: the file's own name without its folders, sheet, row, column."""
    return str(Location(PurePath(at.file).name, at.sheet, at.row, at.column)).rstrip(":")


def _plain(text: str) -> str:
    return "".join(text.split())


def _plain_values(values: Mapping[str, object], written: str) -> dict[str, object]:
    shown: dict[str, object] = {name: stored_value(value) for name, value in values.items()}
    return {**shown, "written": written} if written and "written" not in shown else shown


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
