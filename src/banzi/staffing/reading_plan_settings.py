"""Plan settings from YAML or from the sheets 设置 and 岗位画像 of the workbook template.

    name: 换届选配
    weights: {moves: -8, short_term: -15}
    coverage: {fields: [熟悉金融, 熟悉生态环保], gains: [30, 15, 6]}
    age_bands: {edges: [0, 41岁, 46岁, 51岁, 56岁, 99岁], cap: ceil(seats/3), excess: -20}
    profiles:
      - {title: 基层经历, post_where: 正副职=正职, where: 基层工作经历（月）>=5年, weight: 20}
    reach: [本地区, {source: 上级机关, post_where: 班子类型=政府}, {source: 外地区, where: 年龄（月）<50岁}]
    exchange: [[甲市, 乙市], [丙市, 丁市]]
    decided: [{post: 甲市委书记, person: 王一, note: 已批复}]

In the sheet a setting is a row: 项目 (`权重.moves` or a Chinese name of `SHEET_NAMES`), 值; lists are
separated by 、 and a pair is written 职位=人员, one row each; so are 人选来源 (`上级机关：班子类型=政府`, the
posts that may draw from it) and 交流片区.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.settings import PlanSettings
from banzi.structure.settling import months_or_number, read_condition, refuse_protected
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS, Vocabulary
from banzi.structure.yaml_file import (
    KEY_TWICE,
    UNKNOWN_KEY,
    Written,
    log_model_errors,
    read_yaml,
)

PAIR_EXPECTED = MessageKind(
    "plan-settings/pair-expected", _("“{value}”应写成“职位=人员”，用标识或不重复的名称")
)

NO_SUCH_SOURCE = MessageKind(
    "plan-settings/no-such-source", _("没有“{source}”这种人选来源；可写：{sources}")
)

SHEET_NAMES = {
    "方案名称": "name",
    "空缺分值": "vacancy",
    "未安排分值": "displaced",
    "目标层次": "tiers",
    "画像权重": "weights.fit",
    "调整权重": "weights.moves",
    "任不满一届权重": "weights.short_term",
    "外地交流权重": "weights.from_other_region",
    "待研究权重": "weights.review",
    "专业领域": "coverage.fields",
    "专业领域得分": "coverage.gains",
    "年龄段": "age_bands.edges",
    "年龄段上限": "age_bands.cap",
    "年龄段超限分值": "age_bands.excess",
    "现任安排": "must_place",
    "考虑范围": "considered",
    "层次差": "level_steps",
    "人选来源": "reach",
    "交流片区": "exchange",
    "指定": "pins",
    "排除": "bans",
    "已定": "decided",
}
"""项目 in the sheet → setting."""

_VALUES = {
    "必须安排": "incumbents",
    "不要求": "nobody",
    "配齐": "fill",
    "尽量目标": "soft",
    "人岗相适": "merit",
}
SOURCES = {"本地区": "own", "上级机关": "above", "外地区": "elsewhere"}
"""Sources of candidates as an office calls them."""
_LISTS = frozenset({"tiers", "coverage.fields", "coverage.gains", "age_bands.edges"})
_PAIRS = frozenset({"pins", "bans", "decided"})
_ROWS = frozenset({"reach", "exchange"})
_NO_LIMIT = frozenset({"", "不限", "none"})


def read_settings_file(file: Path, shown_as: str = "") -> PlanSettings:
    """Plan settings from YAML.

    Raises
    ------
    BadInput
        With every problem, as `file:line:column`.
    """
    log = ProblemLog()
    written = read_yaml(file, log, shown_as)
    settings = None if written is None else _settings(written, log)
    log.stop_if_any()
    assert settings is not None  # noqa: S101 - anything else was logged
    return settings


def read_settings_rows(
    settings: Iterable[Mapping[str, Any]], profiles: Iterable[Mapping[str, Any]], log: ProblemLog
) -> PlanSettings | None:
    """Plan settings from rows of the template (`key`, `value`; profile columns; `_at`)."""
    before = len(log)
    data: dict[str, Any] = {}
    places: dict[tuple[str | int, ...], Location] = {}
    for row in settings:
        _add_row(row, data, places, log)
    for place, row in enumerate(profiles):
        at: Location = row.get("_at") or Location()
        places["profiles", place] = at
        kept = {key: value for key, value in row.items() if key != "_at"}
        data.setdefault("profiles", []).append(kept)
    found = _settings(Written("", data, places), log)
    return found if len(log) == before else None


def _add_row(
    row: Mapping[str, Any],
    data: dict[str, Any],
    places: dict[tuple[str | int, ...], Location],
    log: ProblemLog,
) -> None:
    at: Location = row.get("_at") or Location()
    written = str(row.get("key") or "").strip()
    key = SHEET_NAMES.get(written, written)
    value = str(row.get("value") or "").strip()
    if key not in SHEET_NAMES.values():
        log.add(UNKNOWN_KEY(key=written), at)
        return
    if not value:
        return
    if key in _PAIRS:
        post, equals, person = (part.strip() for part in value.partition("="))
        if not (post and equals and person):
            log.add(PAIR_EXPECTED(value=value), at)
            return
        listed = data.setdefault(key, [])
        places[key, len(listed)] = at
        listed.append({"post": post, "person": person, "note": str(row.get("note") or "")})
        return
    if key in _ROWS:
        listed = data.setdefault(key, [])
        places[key, len(listed)] = at
        listed.append(_listed(value) if key == "exchange" else _source(value))
        return
    *outer, name = key.split(".")
    inside: dict[str, Any] = data.setdefault(outer[0], {}) if outer else data
    if name in inside:
        log.add(KEY_TWICE(key=written), at)
    places[(*outer, name)] = at
    inside[name] = _listed(value) if key in _LISTS else value


def _listed(value: str) -> list[str]:
    return value.replace("，", "、").replace(",", "、").split("、")


def _source(value: str) -> dict[str, str]:
    source, _colon, posts = value.replace(":", "：", 1).partition("：")
    written = {"source": source.strip(), "post_where": posts.strip()}
    return {key: text for key, text in written.items() if text}


def _settings(written: Written, log: ProblemLog) -> PlanSettings | None:
    reader = _Conditions(written, log)
    data = dict(written.data)
    if "considered" in data:
        empty = str(data["considered"] or "").strip() in _NO_LIMIT
        data["considered"] = (
            None if empty else reader.read(data["considered"], PERSON_WORDS, "considered")
        )
    if str(data.get("level_steps", "1") or "").strip() in _NO_LIMIT:
        data["level_steps"] = None
    if isinstance(data.get("profiles"), list):
        data["profiles"] = [
            reader.profile(row, place) for place, row in enumerate(data["profiles"])
        ]
    if isinstance(data.get("reach"), list):
        data["reach"] = [reader.source(row, place) for place, row in enumerate(data["reach"])]
    if isinstance(data.get("coverage"), dict) and isinstance(data["coverage"].get("fields"), list):
        fields = [
            reader.read(field, PERSON_WORDS, "coverage", "fields", place)
            for place, field in enumerate(data["coverage"]["fields"])
        ]
        data["coverage"] = {**data["coverage"], "fields": fields}
    if isinstance(data.get("age_bands"), dict) and isinstance(data["age_bands"].get("edges"), list):
        edges = [
            edge if (months := months_or_number(str(edge), "month")) is None else months
            for edge in data["age_bands"]["edges"]
        ]
        data["age_bands"] = {**data["age_bands"], "edges": edges}
    if isinstance(data.get("tiers"), list):
        data["tiers"] = [_VALUES.get(str(tier), tier) for tier in data["tiers"]]
    if "must_place" in data:
        data["must_place"] = _VALUES.get(str(data["must_place"]), data["must_place"])
    if reader.flawed:
        # Conditions already reported must not be reported again as missing.
        data = {key: value for key, value in data.items() if key not in reader.flawed}
    try:
        return PlanSettings.model_validate(data)
    except ValidationError as error:
        log_model_errors(error, written, (), log)
        return None


class _Conditions:
    """Reads the conditions inside settings; a flawed one marks its top-level setting."""

    def __init__(self, written: Written, log: ProblemLog) -> None:
        self.written, self.log = written, log
        self.flawed: set[str] = set()

    def read(self, value: object, words: Vocabulary, *path: str | int) -> object:
        def say(message: Message) -> None:
            self.flawed.add(str(path[0]))
            self.log.add(message, self.written.at(*path))

        tree = read_condition(value, words, say)
        if tree is not None:
            refuse_protected(tree, words, say)
        return tree

    def source(self, row: object, place: int) -> object:
        row = {"source": row} if isinstance(row, str) else row
        if not isinstance(row, dict):
            return row
        if "source" in row:
            written = row["source"]
            row = {**row, "source": SOURCES.get(str(written), written)}
            if row["source"] not in SOURCES.values():
                self.flawed.add("reach")
                message = NO_SUCH_SOURCE(source=str(written), sources=list(SOURCES))
                self.log.add(message, self.written.at("reach", place, "source"))
        for key, words in (("post_where", POST_WORDS), ("where", PERSON_WORDS)):
            if row.get(key):
                row[key] = self.read(row[key], words, "reach", place, key)
        return row

    def profile(self, row: object, place: int) -> object:
        if not isinstance(row, dict):
            return row
        row = dict(row)
        if row.get("post_where"):
            row["post_where"] = self.read(
                row["post_where"], POST_WORDS, "profiles", place, "post_where"
            )
        else:
            row.pop("post_where", None)
        if row.get("where"):
            row["where"] = self.read(row["where"], PERSON_WORDS, "profiles", place, "where")
        return row
