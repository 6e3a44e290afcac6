"""Targets from a YAML file or from rows of the workbook template, every problem with its place.

    targets:
      - id: post-80s
        title: 每个班子至少1名“80后”
        scope: teams
        scope_where: 班子类型为党委、政府之一
        each: team
        measure: count
        where: 出生年份>=1980 且 出生年份<=1989
        op: ">="
        bound: 1
        force: hard
        citation: 换届工作方案
    settings: {around_centre_years: 45}

Enumerations by identifier or Chinese name; a share as `35%` or permille, an age as `48岁` or months.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.columns import Kind, Labelled
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.thresholds import Threshold, read_thresholds
from banzi.structure.report_settings import ReportSettings
from banzi.structure.settling import (
    is_protected,
    months_or_number,
    read_condition,
    refuse_ceiling,
    refuse_protected,
)
from banzi.structure.targets import TARGETS, Each, Force, Measure, ScopeKind, Target
from banzi.structure.vocabulary import MEMBER_WORDS, PERSON_WORDS, POST_WORDS, TEAM_WORDS
from banzi.structure.yaml_file import (
    MISSING_KEY,
    UNKNOWN_KEY,
    WRONG_VALUE,
    Written,
    log_model_errors,
    read_yaml,
    read_yaml_text,
)

NOT_LISTED = MessageKind("target/not-listed", _("“{key}”的取值“{value}”不对，应为：{choices}"))
NOT_A_LIST = MessageKind("target/not-a-list", _("“{key}”应为列表，每项以“- ”开头"))
TWICE = MessageKind("target/twice", _("目标标识“{id}”重复（另见第{row}行）；请改用不同标识"))
BAD_ID = MessageKind(
    "target/bad-id", _("目标标识“{id}”不能含有空格、分号、逗号、斜线或引号；请改用字母、数字或汉字")
)
BAD_BOUND = MessageKind(
    "target/bad-bound",
    _("目标值“{value}”不对：人数填整数，占比填 35% 或千分数，平均年龄填 48岁 或月数"),
)
NO_CONDITION = MessageKind("target/no-condition", _("占比目标须填写人员条件"))
NO_COLUMN = MessageKind(
    "target/no-column", _("求平均须填写要平均的整数字段，“{value}”不是；例如：年龄（月）")
)
NEEDS_UNKNOWN = MessageKind(
    "target/needs-unknown-as",
    _("对“{column}”求平均，须在“不明时按”填写情况不明者按多少计（取最不利的值）"),
)
SOFT_NEEDS = MessageKind(
    "target/soft-needs", _("尽量达到的目标须填写优先级和权重（不小于1的整数）")
)
HARD_HAS = MessageKind("target/hard-has", _("必须达到的目标不填优先级和权重；请清空"))
SCOPE_ALL = MessageKind("target/scope-all", _("范围为全部时不填范围条件；请改范围或清空条件"))
NEEDS_CITATION = MessageKind(
    "target/needs-citation", _("涉及性别或民族的目标须在“依据”中注明依据文件")
)
ONLY_MINIMUM = MessageKind(
    "target/only-minimum", _("涉及性别或民族的目标只能是人数或占比的最低要求（>=）；请改写")
)

OPERATORS = {">=": ">=", "≥": ">=", "不少于": ">=", "不低于": ">=", "至少": ">="} | {
    "<=": "<=",
    "≤": "<=",
    "不超过": "<=",
    "不高于": "<=",
    "至多": "<=",
}
_BAD_IN_ID = re.compile(r"[\s;；,，/\\\"“”']")
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d))?\s*[%％]")

At = Callable[[str], Location]


@dataclass(frozen=True, slots=True)
class TargetFile:
    """What a targets file holds: targets, settings of the report, thresholds of the lights."""

    targets: tuple[Target, ...]
    settings: ReportSettings
    thresholds: tuple[Threshold, ...] = ()


def read_targets_file(file: Path, shown_as: str = "") -> TargetFile:
    """Targets and report settings from YAML.

    Raises
    ------
    BadInput
        With every problem, as `file:line:column`.
    """
    log = ProblemLog()
    return _read(read_yaml(file, log, shown_as), log)


def read_targets_text(text: str, name: str) -> TargetFile:
    """The same from a text that is called `name`; raises alike."""
    log = ProblemLog()
    return _read(read_yaml_text(text, log, name), log)


def _read(written: Written | None, log: ProblemLog) -> TargetFile:
    targets: list[Target] = []
    settings = ReportSettings()
    thresholds: tuple[Threshold, ...] = ()
    if written is not None:
        for key in written.data:
            if key not in ("targets", "settings", "thresholds"):
                log.add(UNKNOWN_KEY(key=key), written.at(key))
        listed = written.data.get("targets") or []
        if not isinstance(listed, list):
            log.add(NOT_A_LIST(key="targets"), written.at("targets"))
            listed = []
        rows = []
        for place, row in enumerate(listed):
            if isinstance(row, dict):
                rows.append((row, _within(written.at, ("targets", place))))
            else:
                log.add(WRONG_VALUE(key="targets", value=row), written.at("targets", place))
        targets = read_rows(rows, log)
        try:
            settings = ReportSettings.model_validate(written.data.get("settings") or {})
        except ValidationError as error:
            log_model_errors(error, written, ("settings",), log)
        thresholds = read_thresholds(written, [each.measured for each in GAUGES], log)
    log.stop_if_any()
    return TargetFile(tuple(targets), settings, thresholds)


def read_target_rows(rows: Iterable[Mapping[str, Any]], log: ProblemLog) -> list[Target]:
    """Targets from rows of the workbook template: column name → value, `_at` the row's place."""
    return read_rows([(row, _in_sheet(row)) for row in rows], log)


def read_rows(rows: Sequence[tuple[Mapping[str, Any], At]], log: ProblemLog) -> list[Target]:
    """Targets from rows with a way to name the place of each cell; flaws go to the log."""
    targets, seen = [], dict[str, int]()
    for row, at in rows:
        target = _Row(row, at, log).target()
        name = str(row.get("id") or "")
        if name and name in seen:
            log.add(TWICE(id=name, row=seen[name]), at("id"))
        seen.setdefault(name, at("id").row or 0)
        if target is not None:
            targets.append(target)
    return targets


def _within(at: Callable[..., Location], path: tuple[str | int, ...]) -> At:
    return lambda key: at(*path, key)


def _in_sheet(row: Mapping[str, Any]) -> At:
    place: Location = row.get("_at") or Location()

    def at(key: str) -> Location:
        header = TARGETS[key].zh if key in TARGETS else key
        return Location(place.file, place.sheet, place.row, header)

    return at


class _Row:
    """Reads one row; every flaw is logged, and a flawed row gives no target."""

    def __init__(self, row: Mapping[str, Any], at: At, log: ProblemLog) -> None:
        self.row, self.at, self.log = row, at, log
        self.flawed = False

    def target(self) -> Target | None:
        for key in self.row:
            if key not in TARGETS and not key.startswith("_"):
                self.say("id", UNKNOWN_KEY(key=key))
        name, title = self.need("id"), self.need("title")
        if name and _BAD_IN_ID.search(name):
            self.say("id", BAD_ID(id=name))
        scope = self.choice("scope", ScopeKind, ScopeKind.ALL)
        measure = self.choice("measure", Measure, None)
        facts = {
            "id": name,
            "title": title,
            "scope": scope,
            "scope_where": self.scope_where(scope),
            "each": self.choice("each", Each, Each.TOGETHER),
            "measure": measure,
            "where": self.where(measure),
            "value": self.value(measure),
            "op": self.operator(),
            "bound": self.bound(measure),
            "citation": self.text("citation"),
            "unknown_as": self.integer("unknown_as"),
            **self.force(),
        }
        self.check_mean(facts)
        self.check_protected(facts)
        return None if self.flawed else Target.model_validate(facts)

    def say(self, key: str, message: Message) -> None:
        self.flawed = True
        self.log.add(message, self.at(key))

    def text(self, key: str) -> str:
        value = self.row.get(key)
        return "" if value is None else str(value).strip()

    def need(self, key: str) -> str:
        value = self.text(key)
        if not value:
            self.say(key, MISSING_KEY(key=TARGETS[key].zh))
        return value

    def choice(self, key: str, choices: type[Labelled], default: Labelled | None) -> Any:
        written = self.text(key)
        if not written and default is not None:
            return default
        if not written:
            self.need(key)
            return None
        for choice in choices:
            if written in (choice.value, choice.zh):
                return choice
        listed = "、".join(f"{choice.zh}（{choice.value}）" for choice in choices)
        self.say(key, NOT_LISTED(key=TARGETS[key].zh, value=written, choices=listed))
        return default

    def integer(self, key: str, unit: str = "") -> int | None:
        written = self.text(key)
        if not written:
            return None
        number = months_or_number(written, unit)
        if number is None:
            self.say(key, WRONG_VALUE(key=TARGETS[key].zh, value=written))
        return number

    def scope_where(self, scope: ScopeKind) -> Any:
        written = self.row.get("scope_where")
        if not written:
            return None
        if scope is ScopeKind.ALL:
            self.say("scope_where", SCOPE_ALL())
            return None
        words = TEAM_WORDS if scope is ScopeKind.TEAMS else POST_WORDS
        return read_condition(written, words, lambda message: self.say("scope_where", message))

    def where(self, measure: Measure | None) -> Any:
        written = self.row.get("where")
        if not written:
            if measure is Measure.SHARE:
                self.say("where", NO_CONDITION())
            return None
        return read_condition(written, MEMBER_WORDS, lambda message: self.say("where", message))

    def value(self, measure: Measure | None) -> str:
        written = self.text("value")
        if measure is not Measure.MEAN:
            if written:
                self.say("value", WRONG_VALUE(key=TARGETS["value"].zh, value=written))
            return ""
        word = PERSON_WORDS.find(written)
        if word is None or word.is_span or word.kind is not Kind.INTEGER:
            self.say("value", NO_COLUMN(value=written))
            return ""
        return word.name

    def operator(self) -> str | None:
        written = self.need("op")
        if written and written not in OPERATORS:
            listed = " ".join(OPERATORS)
            self.say("op", NOT_LISTED(key=TARGETS["op"].zh, value=written, choices=listed))
        return OPERATORS.get(written)

    def bound(self, measure: Measure | None) -> int | None:
        written = self.need("bound")
        if not written or measure is None:
            return None
        bound = _bound(written, measure)
        if bound is None or bound < 0 or (measure is Measure.SHARE and bound > 1000):
            self.say("bound", BAD_BOUND(value=written))
        return bound

    def force(self) -> dict[str, Any]:
        force = self.choice("force", Force, Force.HARD)
        priority, weight = self.integer("priority"), self.integer("weight")
        if force is Force.HARD and (priority is not None or weight is not None):
            self.say("force", HARD_HAS())
        if force is Force.SOFT and ((priority or 0) < 1 or (weight or 0) < 1):
            self.say("force", SOFT_NEEDS())
        return {"force": force, "priority": priority, "weight": weight}

    def check_mean(self, facts: Mapping[str, Any]) -> None:
        column = facts["value"]
        if column and column != AGE_MONTHS and facts["unknown_as"] is None:
            self.say("unknown_as", NEEDS_UNKNOWN(column=PERSON_WORDS[column].zh))

    def check_protected(self, facts: Mapping[str, Any]) -> None:
        where = facts["where"]
        if where is None or not is_protected(where, MEMBER_WORDS):
            return
        refuse_ceiling(where, MEMBER_WORDS, lambda message: self.say("where", message))
        if facts["op"] != ">=" or facts["measure"] not in (Measure.COUNT, Measure.SHARE):
            self.say("op", ONLY_MINIMUM())
            refuse_protected(where, MEMBER_WORDS, lambda message: self.say("where", message))
        if not facts["citation"]:
            self.say("citation", NEEDS_CITATION())


def _bound(written: str, measure: Measure) -> int | None:
    if measure is Measure.SHARE and (match := _PERCENT.fullmatch(written)):
        return 10 * int(match[1]) + int(match[2] or 0)
    return months_or_number(written, "month" if measure is Measure.MEAN else "")
