"""A filling rule: what is checked, how grave it is, and what the clerk is told.

A rule is a function from a `Sheet` to what it found, declared with `@rule`. The id is also the
code of the message, and the docstring gives the rule as 填表说明 words it.

Not here: the rules themselves, and the order in which they run (`registry`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from banzi.documents.form_checks.places import place_text
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.columns import Labelled
from banzi.kernel.messages import Language, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

CLAUSE = _("填表说明")
"""What every rule rests on: the filling instructions of 干部任免审批表 (formats.md 1.3 to 1.6)."""


class Severity(Labelled):
    """ERROR is against the instructions for certain; HINT needs a look and may well be right."""

    ERROR = "error", "错误", "error"
    HINT = "hint", "提示", "hint"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule met.

    `place` is a column of `persons`, `resume.<line>`, `family.<line>.<attribute>` or `photo`.
    `suggested` is "" where the right text is not certain; BLANK where the cell must be emptied.
    `values` fill the rule's message.
    """

    place: str
    written: str = ""
    suggested: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


Finds = Iterator[Found]
Check = Callable[[Sheet], Finds]

BLANK = _("（留空）")
"""Suggestion to empty a cell."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One declared rule."""

    id: str
    title: str
    severity: Severity
    says: MessageKind
    check: Check

    @property
    def source(self) -> str:
        """The rule as worded, in English: the docstring of its function."""
        return (self.check.__doc__ or "").strip()


@dataclass(frozen=True, slots=True)
class FormFinding:
    """What one rule found in one form."""

    rule: Rule
    found: Found

    @property
    def message(self) -> Message:
        return self.rule.says(**self.found.values)

    def place(self, language: Language = "zh") -> str:
        """The cell in the form's own words."""
        return place_text(self.found.place, language)


def rule(id: str, *, title: str, says: str, severity: Severity) -> Callable[[Check], Rule]:
    """Declare a rule; `says` is the message, its placeholders are filled by `Found.values`."""

    def declare(check: Check) -> Rule:
        return Rule(id, title, severity, MessageKind(id, says), check)

    return declare
