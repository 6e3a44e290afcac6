"""All law files read once and held together: every citation resolved, every value looked up by date.

Not here: what an office's experts found and its stricter local rules (`office`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from banzi.kernel.errors import BanziError, Location, Problem, ProblemLog
from banzi.kernel.messages import Language, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law.documents import Clause, Document, Parameter, ValueInForce
from banzi.law.slips import REPEATED_KEY, UNREADABLE, slips_of, wrong_days

Model = TypeVar("Model", bound=BaseModel)

UNKNOWN_CLAUSE = MessageKind(
    "law/unknown-clause",
    _("引用的条款“{clause}”没有收录；请先在 clauses/{document}.yaml 中补录该条"),
)
BEFORE_CLAUSE = MessageKind(
    "law/before-clause",
    _("参数自{since}起有值，但所引条款“{clause}”自{in_force}起施行；请核对两处日期"),
)
CHECKED_LATE = MessageKind(
    "law/checked-before-in-force",
    _("核对日期{checked_on}早于生效日期{since}；请对照原文重新核对并更新 checked_on"),
)
TWICE = MessageKind("law/clause-twice", _("条款“{clause}”在{other}中已经有了；请保留一处"))
UNKNOWN_PARAMETER = MessageKind("law/unknown-parameter", _("没有名为“{name}”的参数；现有：{known}"))
NOT_IN_FORCE = MessageKind("law/not-in-force", _("“{title}”在{as_of}尚未施行（自{since}起）"))
ARTICLE = MessageKind("law/cited-article", _("《{title}》第{article}条，{id}"))
DOCUMENT = MessageKind("law/cited-document", _("《{title}》，{id}"))
_ARTICLE = re.compile(r"\d+")


class NotInForce(BanziError):
    """A value was asked for on a day before it has one."""


@dataclass(frozen=True)
class LawAt:
    """The law as it stands on one day."""

    law: Law
    as_of: date

    def find(self, name: str) -> ValueInForce | None:
        """The value of a parameter with its grade; None where it is not yet in force."""
        return self.law.parameter(name).at(self.as_of)

    def value(self, name: str) -> Any:
        """The value of a parameter.

        Raises
        ------
        NotInForce
            When the day lies before the parameter's first value.
        """
        found = self.find(name)
        if found is None:
            parameter = self.law.parameter(name)
            since = min(parameter.values)
            raise NotInForce(NOT_IN_FORCE(title=parameter.title.zh, as_of=self.as_of, since=since))
        return found.value


@dataclass(frozen=True, eq=False)
class Law:
    """Clauses by id (`AR/8.1`), documents by code and parameters by `document/slug`.

    Two laws are the same only if they are one object, so that what follows from one can be kept.
    """

    documents: dict[str, Document]
    clauses: dict[str, Clause]
    parameters: dict[str, Parameter]

    def at(self, as_of: date) -> LawAt:
        return LawAt(self, as_of)

    def cited(self, name: str, language: Language = "zh") -> str:
        """A clause as people cite it: its document, the article where the id has one, the id."""
        code, _slash, place = name.partition("/")
        if code not in self.documents:
            return name
        title = getattr(self.documents[code].title, language)
        if article := _ARTICLE.match(place):
            return ARTICLE(title=title, article=article[0], id=name).text(language)
        return DOCUMENT(title=title, id=name).text(language)

    def parameter(self, name: str) -> Parameter:
        if name not in self.parameters:
            known = "、".join(sorted(self.parameters))
            raise BanziError(UNKNOWN_PARAMETER(name=name, known=known))
        return self.parameters[name]


def shipped_folder() -> Path:
    """The folder of law files that comes with the program."""
    return Path(str(resources.files("banzi.law")))


@cache
def load_law(folder: Path | None = None) -> Law:
    """Read `clauses/*.yaml` and `parameters/*/*.yaml` of a folder (the shipped one by default).

    Raises
    ------
    BadInput
        Every problem of every file, each with a code and how to mend it.
    """
    root = folder or shipped_folder()
    problems = ProblemLog()
    law = read_law(root, problems)
    problems.stop_if_any()
    return law


def read_law(root: Path, problems: ProblemLog) -> Law:
    """Read what can be read and add every problem to the log."""
    documents: dict[str, Document] = {}
    clauses: dict[str, Clause] = {}
    parameters: dict[str, Parameter] = {}
    homes: dict[str, str] = {}
    unread = False
    for file in sorted((root / "clauses").glob("*.yaml")):
        document = read_file(file, Document, problems)
        if document is None:
            unread = True
            continue
        documents[document.document] = document
        for name, clause in document.clauses.items():
            if name in clauses:
                problems.add(
                    TWICE(clause=name, other=homes[name]), Location(str(file), column=name)
                )
            clauses[name] = clause
            homes.setdefault(name, file.name)
    for file in sorted((root / "parameters").glob("*/*.yaml")):
        parameter = read_file(file, Parameter, problems)
        if parameter is not None:
            parameters[f"{file.parent.name}/{file.stem}"] = parameter
            problems.extend(list(_parameter_problems(file, parameter, clauses, unread=unread)))
    return Law(documents, clauses, parameters)


def _parameter_problems(
    file: Path, parameter: Parameter, clauses: dict[str, Clause], *, unread: bool
) -> Iterator[Problem]:
    """Citations of clause files that cannot be read are not looked up: those files come first."""
    at = Location(str(file), column="cites")
    clause = clauses.get(parameter.cites)
    if clause is None and unread:
        pass
    elif clause is None:
        document = parameter.cites.split("/", maxsplit=1)[0]
        yield Problem(UNKNOWN_CLAUSE(clause=parameter.cites, document=document), at)
    elif min(parameter.values) < clause.in_force_from:
        message = BEFORE_CLAUSE(
            since=min(parameter.values), clause=parameter.cites, in_force=clause.in_force_from
        )
        yield Problem(message, at)
    latest = max(parameter.values)
    if parameter.checked_on is not None and parameter.checked_on < latest:
        message = CHECKED_LATE(checked_on=parameter.checked_on, since=latest)
        yield Problem(message, Location(str(file), column="checked_on"))


def read_file(file: Path, model: type[Model], problems: ProblemLog) -> Model | None:
    """One YAML file as a strict model; None, with every slip in the log, when it is none."""
    text = file.read_text(encoding="utf-8")
    try:
        loader = _UniqueKeys(text)
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.add(UNREADABLE(), Location(str(file), row=mark.line + 1 if mark else None))
        return None
    except ValueError:  # the YAML reader builds dates itself and stumbles over month 13
        problems.extend(list(wrong_days(text, file)))
        return None
    for key, line in loader.repeated:
        problems.add(REPEATED_KEY(key=key), Location(str(file), row=line))
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems.extend(list(slips_of(error, file)))
        return None


if TYPE_CHECKING:
    _SafeLoader = yaml.SafeLoader
else:  # the same rules in C, where the package has them: a third of a second of every command
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_SafeLoader):
    """YAML that notices a key given twice, which would silently drop the first value."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            name = str(key.value)
            if name in seen:
                self.repeated.append((name, key.start_mark.line + 1))
            seen.add(name)
        return super().construct_mapping(node, deep=deep)
