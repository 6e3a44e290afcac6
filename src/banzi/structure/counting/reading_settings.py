"""Settings of the tables of figures from YAML, laid over the defaults; every flaw with its place."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.settings import Band, CountingSettings
from banzi.structure.settling import read_condition
from banzi.structure.vocabulary import TEAM_WORDS
from banzi.structure.yaml_file import UNKNOWN_KEY, Written, log_model_errors, read_yaml

INVERTED = MessageKind(
    "counting/band-inverted", _("“{label}”的起（{low}）大于止（{high}）；请改正")
)
OVERLAP = MessageKind(
    "counting/band-overlap", _("“{label}”与“{before}”重叠（都含{year}）；请改为首尾相接")
)
GAP = MessageKind("counting/band-gap", _("“{before}”与“{label}”之间漏了{missing}；请改为首尾相接"))
NOT_OPEN_BELOW = MessageKind(
    "counting/band-not-open-below", _("首段“{label}”不应写 from，否则更小的值无处可计；请删去")
)
NOT_OPEN_ABOVE = MessageKind(
    "counting/band-not-open-above", _("末段“{label}”不应写 to，否则更大的值无处可计；请删去")
)
OUT_OF_ORDER = MessageKind(
    "counting/band-out-of-order", _("“{label}”应排在“{before}”之前；请从小到大排列")
)
NO_BOUND = MessageKind("counting/band-no-bound", _("“{label}”缺少{key}；只有首段和末段可以不写"))
LABEL_TWICE = MessageKind("counting/label-twice", _("名称“{label}”用了两次；请改用不同名称"))
NO_SUCH_AROUND = MessageKind(
    "counting/no-such-around", _("“{label}”不是 around 中的名称；应为：{choices}")
)
WORD_TWICE = MessageKind(
    "counting/word-twice", _("“{word}”同时属于“{first}”和“{second}”；请只留一处")
)

PARTITIONS = ("age_bands", "birth_years")
DEFAULTS = "settings.yaml"


def default_text() -> str:
    """The file of defaults, with its comments: what a department copies and changes."""
    return (resources.files("banzi.structure.counting") / DEFAULTS).read_text(encoding="utf-8")


@cache
def default_settings() -> CountingSettings:
    with resources.as_file(resources.files("banzi.structure.counting") / DEFAULTS) as file:
        return _read(file, DEFAULTS, {})


def read_counting_settings(file: Path | None, shown_as: str = "") -> CountingSettings:
    """The settings of a file; the defaults for what it does not name, or without a file.

    Raises
    ------
    BadInput
        With every problem, as `file:line:column`.
    """
    if file is None:
        return default_settings()
    defaults = default_settings().model_dump(by_alias=True)
    return _read(file, shown_as or str(file), defaults)


def _read(file: Path, name: str, defaults: dict[str, object]) -> CountingSettings:
    log = ProblemLog()
    written = read_yaml(file, log, name)
    settings = None
    if written is not None:
        for key in written.data:
            if key not in CountingSettings.model_fields:
                log.add(UNKNOWN_KEY(key=key), written.at(key))
        known = {
            key: _laid_over(defaults.get(key), value)
            for key, value in written.data.items()
            if key in CountingSettings.model_fields
        }
        try:
            settings = CountingSettings.model_validate({**defaults, **known})
        except ValidationError as error:
            log_model_errors(error, written, (), log)
        else:
            _check(settings, written, log)
    log.stop_if_any()
    assert settings is not None  # noqa: S101 - anything else was logged
    return settings


def _laid_over(default: object, value: object) -> object:
    if isinstance(default, dict) and isinstance(value, dict):
        return {**default, **value}
    return value


def _check(settings: CountingSettings, written: Written, log: ProblemLog) -> None:
    for key in (*PARTITIONS, "generations", "around"):
        _check_labels(key, [each.label for each in getattr(settings, key)], written, log)
    for key in (*PARTITIONS, "generations"):
        for place, band in enumerate(getattr(settings, key)):
            if band.low is not None and band.high is not None and band.low > band.high:
                message = INVERTED(label=band.label, low=band.low, high=band.high)
                log.add(message, written.at(key, place))
    for key in PARTITIONS:
        _check_partition(key, getattr(settings, key), written, log)
    labels = [each.label for each in settings.around]
    if settings.young not in labels:
        log.add(NO_SUCH_AROUND(label=settings.young, choices=labels), written.at("young"))
    if settings.teams:
        read_condition(
            settings.teams, TEAM_WORDS, lambda message: log.add(message, written.at("teams"))
        )
    kinds = {
        f"establishment_words.{kind}": words
        for kind, words in settings.establishment_words.model_dump().items()
    }
    _check_words(kinds, written, log)
    states = {"in_office_words": settings.in_office_words, "left_words": settings.left_words}
    _check_words(states, written, log)


def _check_labels(key: str, labels: list[str], written: Written, log: ProblemLog) -> None:
    for place, label in enumerate(labels):
        if label in labels[:place]:
            log.add(LABEL_TWICE(label=label), written.at(key, place, "label"))


def _check_partition(key: str, bands: tuple[Band, ...], written: Written, log: ProblemLog) -> None:
    if bands[0].low is not None:
        log.add(NOT_OPEN_BELOW(label=bands[0].label), written.at(key, 0, "from"))
    if bands[-1].high is not None:
        place = len(bands) - 1
        log.add(NOT_OPEN_ABOVE(label=bands[-1].label), written.at(key, place, "to"))
    for place in range(1, len(bands)):
        before, band = bands[place - 1], bands[place]
        at = written.at(key, place)
        if before.high is None:
            log.add(NO_BOUND(label=before.label, key="to"), written.at(key, place - 1))
        if band.low is None:
            log.add(NO_BOUND(label=band.label, key="from"), at)
        if before.high is None or band.low is None:
            continue
        if band.high is not None and before.low is not None and band.high < before.low:
            log.add(OUT_OF_ORDER(label=band.label, before=before.label), at)
        elif band.low <= before.high:
            log.add(OVERLAP(label=band.label, before=before.label, year=band.low), at)
        elif band.low > before.high + 1:
            missing = f"{before.high + 1}—{band.low - 1}"
            if band.low == before.high + 2:
                missing = str(band.low - 1)
            log.add(GAP(label=band.label, before=before.label, missing=missing), at)


def _check_words(kinds: dict[str, tuple[str, ...]], written: Written, log: ProblemLog) -> None:
    seen: dict[str, str] = {}
    for kind, words in kinds.items():
        for word in words:
            if seen.setdefault(word, kind) != kind:
                message = WORD_TWICE(word=word, first=seen[word], second=kind)
                log.add(message, written.at(*kind.split(".")))
