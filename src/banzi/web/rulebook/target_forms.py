"""One target as a form: its row as the targets file has it, and the two conditions in editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from banzi.kernel.columns import Kind
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.structure.indicators import IndicatorResult, measure
from banzi.structure.reading_targets import read_rows
from banzi.structure.settling import read_condition
from banzi.structure.targets import TARGETS, Each, Force, Measure, ScopeKind, Target
from banzi.structure.vocabulary import (
    MEMBER_WORDS,
    PERSON_WORDS,
    POST_WORDS,
    TEAM_WORDS,
    Vocabulary,
)
from banzi.web.records.conditions import ConditionEditor, Matches, matches
from banzi.web.records.sight import Sight

PLAIN = ("id", "title", "scope", "each", "measure", "value", "op", "bound", "force", "priority",
         "weight", "citation", "unknown_as")  # fmt: skip
CHOICES: dict[str, list[tuple[str, str]]] = {
    "scope": [(each.value, each.zh) for each in ScopeKind],
    "each": [(each.value, each.zh) for each in Each],
    "measure": [(each.value, each.zh) for each in Measure],
    "force": [(each.value, each.zh) for each in Force],
}


@dataclass
class TargetForm:
    """A target being edited.

    Attributes
    ----------
    row
        Fields as typed, without the conditions.
    """

    row: dict[str, str]
    scope_editor: ConditionEditor
    where_editor: ConditionEditor
    problems: list[Problem]

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> TargetForm:
        """The form of a row of the targets file."""
        row = {name: str(written.get(name) or "") for name in PLAIN}
        for name, options in CHOICES.items():
            by_zh = {zh: value for value, zh in options}
            row[name] = by_zh.get(row[name], row[name]) or options[0][0]
        scope_words = _words(row["scope"])
        return cls(
            row,
            _editor(written.get("scope_where"), "scope", scope_words, protected=False),
            _editor(written.get("where"), "where", MEMBER_WORDS, protected=True),
            [],
        )

    @classmethod
    def posted(cls, data: QueryDict) -> TargetForm:
        """The form as it was sent."""
        row = {name: data.get(name, "").strip() for name in PLAIN}
        scope = ConditionEditor.posted(data, "scope", _words(row["scope"]))
        where = ConditionEditor.posted(data, "where", MEMBER_WORDS, allow_protected=True)
        return cls(row, scope, where, [])

    @property
    def is_editing(self) -> bool:
        return self.scope_editor.is_editing or self.where_editor.is_editing

    def written(self) -> dict[str, str] | None:
        """The row for the targets file; None with `problems` where something is wrong."""
        self.problems = []
        kept = {name: value for name, value in self.row.items() if value}
        if self.row["force"] == Force.HARD:
            kept.pop("priority", None)
            kept.pop("weight", None)
        if self.row["measure"] != Measure.MEAN:
            kept.pop("value", None)
        for name, editor in (("scope_where", self.scope_editor), ("where", self.where_editor)):
            tree = editor.tree()
            self.problems += [Problem(each, Location(column=name)) for each in editor.problems]
            if tree is not None and not (name == "scope_where" and self.row["scope"] == "all"):
                kept[name] = editor.said
        self.target(kept)
        return None if self.problems else kept

    def target(self, kept: Mapping[str, str]) -> Target | None:
        """The target, or None after noting what is wrong."""
        log = ProblemLog()
        found = read_rows([(kept, lambda key: Location(column=TARGETS[key].zh))], log)
        self.problems += list(log)
        return found[0] if found and not self.problems else None

    def fields(self) -> list[dict[str, Any]]:
        """The plain fields for the template: name, label, value, choices."""
        averages = [
            word.zh for word in PERSON_WORDS if word.kind is Kind.INTEGER and not word.is_span
        ]
        options: dict[str, list[tuple[str, str]]] = {
            **CHOICES,
            "op": [(">=", "≥"), ("<=", "≤")],
            "value": [("", "—"), *((each, each) for each in averages)],
        }
        return [
            {
                "name": name,
                "label": TARGETS[name].zh,
                "value": self.row[name],
                "options": options.get(name),
                "is_fixed": False,
            }
            for name in PLAIN
            if name != "id"
        ]


def preview(form: TargetForm, sight: Sight) -> tuple[Matches | None, list[IndicatorResult]]:
    """Who in the target's scope meets its condition, and the target measured; as far as it reads."""
    kept = {name: value for name, value in form.row.items() if value}
    where = form.where_editor.tree()
    form.where_editor.problems = []
    scope = form.scope_editor.tree()
    form.scope_editor.problems = []
    members = sight.members
    if form.row["scope"] == ScopeKind.TEAMS:
        teams = members.all_teams(scope)
        posts = tuple(dict.fromkeys(post for team in teams for post in members.posts_of(team)))
    else:
        posts = members.all_posts(scope if form.row["scope"] == ScopeKind.POSTS else None)
    people = members.sitting(posts)
    found = matches(people, where, MEMBER_WORDS)
    if form.scope_editor.said and form.row["scope"] != "all":
        kept["scope_where"] = form.scope_editor.said
    if form.where_editor.said:
        kept["where"] = form.where_editor.said
    kept.setdefault("id", "preview")
    kept.setdefault("title", "preview")
    log = ProblemLog()
    made = read_rows([(kept, lambda key: Location(column=key))], log)
    results = measure(made[0], members) if made and not len(log) else []
    return found, results


def _words(scope: str) -> Vocabulary:
    return POST_WORDS if scope == ScopeKind.POSTS else TEAM_WORDS


def _editor(written: object, prefix: str, words: Vocabulary, *, protected: bool) -> ConditionEditor:
    tree = read_condition(str(written), words, lambda message: None) if written else None
    return ConditionEditor.of(tree, prefix, words, allow_protected=protected)
