"""Which feature columns a problem uses, and whether it may: existence, type, protection.

A column nobody names is kept and never looked at. A named one must exist in exactly one of
persons.csv and candidates.csv and hold whole numbers; a protected one has one lawful use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from banzi.kernel.messages import Message
from banzi.staffing import reading_messages as say
from banzi.staffing.cells import Sheet

ALWAYS_PROTECTED = frozenset({"female", "minority"})

_KEYS = {"persons.csv": {"person_id"}, "candidates.csv": {"post_id", "person_id"}}

Complain = Callable[[Message], None]


class ColumnsInUse:
    """Collects the columns that targets and tiers name; each is parsed once."""

    def __init__(self, persons: Sheet, candidates: Sheet, protected: frozenset[str]) -> None:
        self._persons, self._candidates = persons, candidates
        self.protected = protected | ALWAYS_PROTECTED
        self.person_features: dict[str, Sequence[int]] = {}
        self.pair_features: dict[str, Sequence[int]] = {}
        self._seen: set[str] = set()
        self._not_flags: dict[str, list[tuple[Sheet, int, int]]] = {}

    def person(self, name: str, complain: Complain) -> bool:
        """Whether `name` is a person column that may be ranked by; if not, why is logged."""
        return self._use(name, complain, persons=True, pairs=False)

    def pair(self, name: str, complain: Complain) -> bool:
        """Whether `name` is a pair column that may be ranked by; if not, why is logged."""
        return self._use(name, complain, persons=False, pairs=True)

    def either(self, name: str, complain: Complain, *, protected_allowed: bool) -> bool:
        """Whether `name` is a person or pair column usable here."""
        return self._use(name, complain, persons=True, pairs=True, allowed=protected_allowed)

    def exists(self, name: str) -> bool:
        """Whether any file of the two has the column; true when one could not be read."""
        sheets = (self._persons, self._candidates)
        return any(sheet.table is None or sheet.has(name) for sheet in sheets)

    def not_flags(self, name: str) -> list[tuple[Sheet, int, int]]:
        """Sheet, row and value of cells of a used column that are neither 0 nor 1."""
        if name not in self._not_flags:
            self._not_flags[name] = self._look_for_flags(name)
        return self._not_flags[name]

    def _look_for_flags(self, name: str) -> list[tuple[Sheet, int, int]]:
        sheet = self._persons if name in self.person_features else self._candidates
        values = self.person_features.get(name) or self.pair_features.get(name) or ()
        return [(sheet, row, value) for row, value in enumerate(values) if value not in (0, 1)]

    def _use(
        self, name: str, complain: Complain, *, persons: bool, pairs: bool, allowed: bool = False
    ) -> bool:
        if name in self.protected and not allowed:
            complain(say.PROTECTED(name=name))
            return False
        in_persons = self._persons.has(name)
        in_pairs = self._candidates.has(name)
        if in_persons and in_pairs:
            complain(say.AMBIGUOUS(name=name))
            return False
        place = "persons.csv" if in_persons else "candidates.csv"
        wanted = [
            sheet for sheet, on in ((self._persons, persons), (self._candidates, pairs)) if on
        ]
        usable = (in_persons and persons) or (in_pairs and pairs)
        if not usable or name in _KEYS[place]:
            if all(sheet.table is not None for sheet in wanted):
                files = [n for n, on in (("persons.csv", persons), ("candidates.csv", pairs)) if on]
                complain(say.UNKNOWN_COLUMN(file=files, name=name))
            return False
        if name not in self._seen:
            self._seen.add(name)
            values = (self._persons if in_persons else self._candidates).integers(name)
            if values is not None:
                (self.person_features if in_persons else self.pair_features)[name] = values
        return name in self.person_features or name in self.pair_features
