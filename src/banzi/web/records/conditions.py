"""The editor of conditions: a tree of column, operator and value, edited as an ordinary form.

For every page that lets an office say whom it means: targets, post profiles, searches. Nothing
runs in the browser: each button posts the whole form, and the server answers with the editor as
it is then. With htmx only the editor is replaced, without it the page.

    editor = ConditionEditor.posted(request.POST, "where", MEMBER_WORDS)    # or .of(tree, …)
    tree = editor.tree()                # settled condition; None when empty or flawed
    editor.problems                     # what is wrong, as messages
    found = matches(frame, tree, MEMBER_WORDS)   # who does, does not, and of whom it is not known

In a template, inside a form: `{% include "shared/condition_editor.html" with editor=editor %}`.
The form's view must answer a post with `editor.is_editing` by rendering the form again; the
preview is the page's own (`shared/condition_matches.html` shows a `Matches`).

A group asks for all, for any, or for none of its parts; none stands for 非 in front of one part, or
of several joined by 或. Conditions typed as a sentence are read by the same reader as targets files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from banzi.codes.lookup import load
from banzi.kernel.columns import Kind
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.compiling import expression
from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Tree
from banzi.structure.settling import allowed_operators, read_condition, refuse_protected
from banzi.structure.vocabulary import Field, Vocabulary
from banzi.structure.wording import YES, sentence, value_text

NO_COLUMN = MessageKind("editor/no-column", _("有一行没有选字段；请选字段，或删去这一行"))
NO_VALUE = MessageKind("editor/no-value", _("“{column}”没有填取值；请填写，或删去这一行"))
EMPTY_GROUP = MessageKind("editor/empty-group", _("有一组没有条件；请添加条件，或删去这一组"))
TOO_LARGE = MessageKind("editor/too-large", _("条件过多（至多{most}行、{depth}层）；请分开设定"))

MOST_LINES, MOST_DEPTH = 60, 5
_LARGEST_LIST = 300
"""A code table beyond this many rows is typed by name or code, not offered as a list."""

OPERATORS = {
    "=": _("为"),
    "!=": _("不为"),
    ">=": _("不小于"),
    "<=": _("不大于"),
    ">": _("大于"),
    "<": _("小于"),
    "in": _("为下列之一"),
    "starts_with": _("开头为"),
}
GROUPS = {"all": _("全部满足"), "any": _("满足任一"), "none": _("均不满足")}
_HINTS = {
    Kind.INTEGER: _("整数"),
    Kind.DATE: _("如 2026.06"),
    Kind.PARTIAL_DATE: _("如 1980.01"),
    Kind.MONTH: _("如 2026.06"),
}
_MONTHS, _CODES, _SEVERAL = _("如 45岁、2年、18个月"), _("名称或代码"), _("几个以顿号分开")


@dataclass(frozen=True, slots=True)
class Line:
    """One node as typed: a group (`all`, `any`, `none`) with parts, or a comparison (`is`)."""

    kind: str = "is"
    parts: tuple[Line, ...] = ()
    column: str = ""
    operator: str = "="
    value: str = ""

    def at(self, path: tuple[int, ...]) -> Line:
        return self if not path else self.parts[path[0]].at(path[1:])

    def replaced(self, path: tuple[int, ...], change: Callable[[Line], Line | None]) -> Line | None:
        """The node with one below it changed, or taken out where the change gives None."""
        if not path:
            return change(self)
        parts = list(self.parts)
        made = parts[path[0]].replaced(path[1:], change)
        parts[path[0] : path[0] + 1] = [] if made is None else [made]
        return replace(self, parts=tuple(parts))

    def lines(self) -> Iterator[Line]:
        yield self
        for part in self.parts:
            yield from part.lines()

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)


EMPTY = Line("all")


@dataclass(frozen=True)
class Node:
    """A line with what the template needs to draw it."""

    line: Line
    path: str
    prefix: str
    word: Field | None
    parts: tuple[Node, ...]

    @property
    def is_group(self) -> bool:
        return self.line.kind != "is"

    @property
    def name(self) -> str:
        """What its fields are called, before the `-column`, `-operator`, `-value` of each."""
        return f"{self.prefix}-{self.path}" if self.path else self.prefix

    @property
    def groups(self) -> list[tuple[str, str]]:
        return list(GROUPS.items())

    @property
    def column_label(self) -> str:
        return self.word.zh if self.word else self.line.column

    @property
    def operators(self) -> list[tuple[str, str]]:
        known = allowed_operators(self.word) if self.word else ("=",)
        return [(each, OPERATORS[each]) for each in known]

    @property
    def is_yes_or_no(self) -> bool:
        return self.word is not None and self.word.kind is Kind.BOOLEAN

    @property
    def options(self) -> list[str]:
        """Values to choose from by their Chinese names; empty where one types."""
        if self.word is None:
            return []
        if self.word.choices is not None:
            return [choice.zh for choice in self.word.choices]
        if self.word.codes and self.line.operator != "starts_with":
            rows = load(self.word.codes).rows
            return [row.name for row in rows] if len(rows) <= _LARGEST_LIST else []
        return []

    @property
    def hint(self) -> str:
        if self.line.operator == "in":
            return _SEVERAL
        if self.word is None:
            return ""
        if self.word.unit == "month":
            return _MONTHS
        return _CODES if self.word.codes else _HINTS.get(self.word.kind, "")


@dataclass
class ConditionEditor:
    """A condition being edited.

    Attributes
    ----------
    prefix
        What the names of its form fields begin with; several editors may share a form.
    allow_protected
        Whether columns about sex and ethnicity are offered: in minimum targets only.
    is_editing
        Whether the post came from one of the editor's own buttons, so that the form is shown again.
    """

    prefix: str
    words: Vocabulary
    root: Line = EMPTY
    allow_protected: bool = False
    is_editing: bool = False
    problems: list[Message] = field(default_factory=list)

    @classmethod
    def of(
        cls, tree: Tree | None, prefix: str, words: Vocabulary, *, allow_protected: bool = False
    ) -> ConditionEditor:
        """An editor of a settled condition; None is no condition."""
        root = EMPTY if tree is None else _line_of(tree, words)
        if root.kind == "is":
            root = Line("all", (root,))
        return cls(prefix, words, root, allow_protected)

    @classmethod
    def posted(
        cls,
        data: Mapping[str, str],
        prefix: str,
        words: Vocabulary,
        *,
        allow_protected: bool = False,
    ) -> ConditionEditor:
        """The editor as a form sent it, with the button that was pressed obeyed."""
        editor = cls(prefix, words, _posted(data, prefix), allow_protected)
        command = data.get(f"{prefix}-do", "")
        editor.is_editing = bool(command)
        if command == "read":
            editor._read(data.get(f"{prefix}-text", ""))
        elif command:
            editor._obey(command)
        return editor

    @cached_property
    def node(self) -> Node:
        return self._node(self.root, "")

    @property
    def columns(self) -> list[Field]:
        """The columns one may choose from."""
        return [word for word in self.words if self.allow_protected or not word.protected]

    def tree(self) -> Tree | None:
        """The settled condition; None when nothing is asked, or when `problems` says what is wrong."""
        self.problems = []
        if not self.root.parts:
            return None
        if len(list(self.root.lines())) > MOST_LINES or self.root.depth > MOST_DEPTH:
            self.problems.append(TOO_LARGE(most=MOST_LINES, depth=MOST_DEPTH))
            return None
        written = self._written(self.root)
        if self.problems or written is None:
            return None
        tree = read_condition(written, self.words, self.problems.append)
        if tree is not None and not self.allow_protected:
            refuse_protected(tree, self.words, self.problems.append)
        return None if self.problems else _plain(tree)

    @property
    def said(self) -> str:
        """The condition as a Chinese sentence, which the reader of sentences reads back; "" if flawed."""
        problems = list(self.problems)
        tree = self.tree()
        self.problems = problems
        return "" if tree is None else sentence(tree, self.words)

    def _node(self, line: Line, path: str) -> Node:
        parts = tuple(
            self._node(part, f"{path}.{place}" if path else str(place))
            for place, part in enumerate(line.parts)
        )
        return Node(line, path, self.prefix, self.words.find(line.column), parts)

    def _written(self, line: Line) -> object:
        """The line as the settling reader takes it; what is left empty is said here."""
        if line.kind != "is":
            if not line.parts:
                self.problems.append(EMPTY_GROUP())
                return None
            parts = [self._written(part) for part in line.parts]
            if line.kind == "none":
                return {"not": parts[0] if len(parts) == 1 else {"any": parts}}
            return {line.kind: parts}
        if not line.column.strip():
            self.problems.append(NO_COLUMN())
            return None
        word = self.words.find(line.column)
        if word is not None and word.kind is Kind.BOOLEAN and not line.value:
            line = replace(line, value=YES)
        if not line.value.strip():
            self.problems.append(NO_VALUE(column=line.column))
            return None
        value: object = line.value.strip()
        if line.operator == "in":
            value = [part.strip() for part in _split(line.value) if part.strip()]
        return {"column": line.column, "operator": line.operator, "value": value}

    def _read(self, text: str) -> None:
        """Take over a condition typed as a sentence."""
        tree = read_condition(text, self.words, self.problems.append) if text.strip() else None
        if self.problems or (tree is None and text.strip()):
            return
        made = ConditionEditor.of(tree, self.prefix, self.words)
        self.root = made.root
        self.__dict__.pop("node", None)

    def _obey(self, command: str) -> None:
        """`add:0.1`, `group:`, `remove:2`; `show` only shows the form again."""
        what, _colon, place = command.partition(":")
        path = tuple(int(part) for part in place.split(".") if part.isdecimal())
        new = {"add": Line(), "group": Line("any", (Line(),))}.get(what)
        try:
            if what == "remove":
                self.root = (self.root.replaced(path, lambda line: None) if path else None) or EMPTY
            elif new is not None:
                made = self.root.replaced(
                    path, lambda line: replace(line, parts=(*line.parts, new))
                )
                self.root = made or EMPTY
        except IndexError:  # a button of a form that has changed meanwhile
            return


@dataclass(frozen=True, slots=True)
class Matches:
    """Who meets a condition, who does not, and of whom it is not known: (person id, name)."""

    met: tuple[tuple[str, str], ...]
    unmet: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        return len(self.met) + len(self.unmet) + len(self.unknown)


def matches(frame: pl.DataFrame, tree: Tree | None, words: Vocabulary) -> Matches:
    """Judge every row of a frame with `person_id`, `name` and the columns of the vocabulary."""
    holds = pl.lit(True) if tree is None else expression(tree, words)
    judged = frame.select("person_id", "name", holds=holds)
    found: dict[bool | None, list[tuple[str, str]]] = {True: [], False: [], None: []}
    for person, name, value in judged.iter_rows():
        found[value].append((person, name))
    return Matches(tuple(found[True]), tuple(found[False]), tuple(found[None]))


def _line_of(tree: Tree, words: Vocabulary) -> Line:
    match tree:
        case Compare():
            word = words[tree.column]
            several = tree.value if isinstance(tree.value, tuple) else (tree.value,)
            texts = [value_text(value, word).strip("“”") for value in several]
            return Line("is", (), word.zh, tree.operator, "、".join(texts))
        case Not(part=AnyOf() as inner):
            return Line("none", tuple(_line_of(part, words) for part in inner.parts))
        case Not():
            return Line("none", (_line_of(tree.part, words),))
        case AllOf() | AnyOf():
            kind = "all" if isinstance(tree, AllOf) else "any"
            return Line(kind, tuple(_line_of(part, words) for part in tree.parts))


def _plain(tree: Tree | None) -> Tree | None:
    """A group of one part is that part, so that one sentence has one tree."""
    match tree:
        case AllOf() | AnyOf():
            parts = tuple(each for part in tree.parts if (each := _plain(part)) is not None)
            return parts[0] if len(parts) == 1 else type(tree)(parts=parts)
        case Not():
            inner = _plain(tree.part)
            return tree if inner is None else Not(part=inner)
        case _:
            return tree


def _posted(data: Mapping[str, str], prefix: str) -> Line:
    """The tree of a form's fields; places that are missing end a group."""

    def read(name: str, depth: int) -> Line:
        kind = data.get(f"{name}-kind", "is")
        if kind not in GROUPS:
            return Line(
                "is",
                (),
                data.get(f"{name}-column", ""),
                data.get(f"{name}-operator", "=") or "=",
                data.get(f"{name}-value", ""),
            )
        parts: list[Line] = []
        while depth < 2 * MOST_DEPTH and len(parts) <= MOST_LINES:
            joint = "." if depth else "-"
            part = f"{name}{joint}{len(parts)}"
            if f"{part}-kind" not in data:
                break
            parts.append(read(part, depth + 1))
        return Line(kind, tuple(parts))

    return read(prefix, 0) if f"{prefix}-kind" in data else EMPTY


def _split(text: str) -> list[str]:
    for sign in "，,；;":
        text = text.replace(sign, "、")
    return text.split("、")
