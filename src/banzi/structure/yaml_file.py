"""YAML files people write by hand: values as written, and where each of them stands.

Every scalar stays text (`1980.10` is October, not a number), as in a cell of a workbook, so that
one set of readers serves both. Anchors, tags and several documents are not supported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

CANNOT_READ = MessageKind("yaml/cannot-read", _("文件无法读取：{detail}"))
NOT_YAML = MessageKind("yaml/not-yaml", _("不是有效的 YAML：{detail}；请检查缩进、冒号和引号"))
NOT_A_MAPPING = MessageKind("yaml/not-a-mapping", _("文件开头应为“名称: 内容”的形式"))
KEY_TWICE = MessageKind("yaml/key-twice", _("“{key}”在同一处写了两次；请删去一个"))
UNKNOWN_KEY = MessageKind("yaml/unknown-key", _("没有“{key}”这一项；请核对名称"))
MISSING_KEY = MessageKind("yaml/missing-key", _("缺少“{key}”"))
WRONG_VALUE = MessageKind("yaml/wrong-value", _("“{key}”的取值“{value}”不符合要求"))

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Written:
    """Content of a file and the places in it: path of keys and positions → location."""

    name: str
    data: dict[str, Any]
    places: Mapping[Path_, Location]

    def at(self, *path: str | int) -> Location:
        """Where a value stands; of something that is missing, where it should have stood."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.name))


def read_yaml(file: Path, log: ProblemLog, shown_as: str = "") -> Written | None:
    """The file's content, or None after logging why it cannot be used."""
    name = shown_as or str(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        log.add(CANNOT_READ(detail=getattr(error, "strerror", None) or "UTF-8"), Location(name))
        return None
    return read_yaml_text(text, log, name)


def read_yaml_text(text: str, log: ProblemLog, name: str) -> Written | None:
    """The same for a text that is called `name`."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = Location(name, row=mark.line + 1, column=str(mark.column + 1)) if mark else None
        log.add(NOT_YAML(detail=getattr(error, "problem", None) or ""), at or Location(name))
        return None
    if not isinstance(node, yaml.MappingNode):
        log.add(NOT_A_MAPPING(), Location(name, row=1))
        return None
    places: dict[Path_, Location] = {}
    data = _content(node, (), name, places, log)
    return Written(name, data, places)


def read_model(
    file: Path, model: type[Model], adapt: Callable[[dict[str, Any]], dict[str, Any]] = dict
) -> tuple[Model, Written]:
    """The file as a model, and the file as written; a key without a value is as good as absent.

    Parameters
    ----------
    adapt
        What becomes of the file's data before the model sees it.

    Raises
    ------
    BadInput
        With every flaw, as `file:line:column`.
    """
    log = ProblemLog()
    written = read_yaml(file, log)
    log.stop_if_any()
    assert written is not None  # noqa: S101  (a file that cannot be read is a problem)
    given = {key: value for key, value in written.data.items() if value is not None}
    try:
        return model.model_validate(adapt(given)), written
    except ValidationError as error:
        log_model_errors(error, written, (), log)
        log.stop_if_any()
        raise


def log_model_errors(
    error: ValidationError, written: Written, base: Path_, log: ProblemLog
) -> None:
    """Log what pydantic found, each at its place."""
    flaws = error.errors()
    deeper = {flaw["loc"][:-1] for flaw in flaws}
    for flaw in flaws:
        if flaw["type"] == "too_short" and flaw["loc"] in deeper:
            continue  # short only because the items inside were wrong
        path = (*base, *flaw["loc"])
        key = ".".join(str(part) for part in flaw["loc"])
        log.add(model_message(flaw["type"], key, flaw["input"]), written.at(*path))


def model_message(kind: str, key: str, value: object) -> Message:
    """The message for one flaw that pydantic found."""
    if kind == "extra_forbidden":
        return UNKNOWN_KEY(key=key)
    if kind == "missing":
        return MISSING_KEY(key=key)
    return WRONG_VALUE(key=key, value=str(value)[:40])


def _content(
    node: yaml.Node, path: Path_, name: str, places: dict[Path_, Location], log: ProblemLog
) -> Any:
    mark = node.start_mark
    places[path] = Location(name, row=mark.line + 1, column=str(mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in content:
                row = key_node.start_mark.line + 1
                log.add(KEY_TWICE(key=key), Location(name, row=row))
            content[key] = _content(value_node, (*path, key), name, places, log)
        return content
    if isinstance(node, yaml.SequenceNode):
        return [
            _content(item, (*path, place), name, places, log)
            for place, item in enumerate(node.value)
        ]
    empty = node.tag == "tag:yaml.org,2002:null"
    return None if empty else str(node.value)
