"""What posts and persons are called, for answers that people read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.raw_reading import read_table

NAMES_FILE = "names.csv"
_COLUMNS = ("kind", "id", "name")
NAME_OF_WHAT = MessageKind(
    "plan/name-of-what",
    _("“{kind}”不是 post、person 或 team；请改正，或删去整个文件（此后只显示标识）"),
)
APART = "apart"
"""Column of the file: what tells a person from others of the name; it may be missing or empty, and
what the file says of several of a name alike is as if it were empty."""
NAMED = MessageKind("plan/named-twice", _("{name}（{id}）"))


@dataclass(frozen=True)
class Names:
    """Names by id, of the side file `names.csv`; an id without a name speaks for itself."""

    posts: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    """Person id → birth month, post or whatever else tells namesakes apart; else the id does."""

    @classmethod
    def read(cls, folder: Path) -> Names:
        """Names beside a bundle; none when there is no such file.

        Raises
        ------
        BadInput
            Everything that is wrong with the file: not UTF-8, no CSV, columns that are not there,
            `plan/name-of-what`.
        """
        found: dict[str, dict[str, str]] = {"post": {}, "person": {}, "team": {}}
        file, log = folder / NAMES_FILE, ProblemLog()
        try:
            table = read_table(file, _COLUMNS, log)
        except FileNotFoundError:
            return cls()
        log.stop_if_any()
        if table is not None:
            cells = zip(*map(table.column, _COLUMNS), table.lines, strict=True)
            for kind, each, name, line in cells:
                if kind in found:
                    found[kind][each] = name
                else:
                    log.add(NAME_OF_WHAT(kind=kind), Location(str(file), row=line, column="kind"))
        log.stop_if_any()
        apart: dict[str, str] = {}
        if table is not None and APART in table.columns:
            cells = zip(table.column("kind"), table.column("id"), table.column(APART), strict=True)
            apart = {each: told for kind, each, told in cells if kind == "person" and told}
        persons = found["person"]
        return cls(found["post"], persons, found["team"], _telling(apart, persons))

    def post(self, post: str) -> str:
        return _shown(self.posts, post)

    def team(self, team: str) -> str:
        return _shown(self.teams, team)

    def person(self, person: str) -> str:
        return _shown(self.persons, person, self.apart.get(person))


def _telling(apart: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """Without what several of a name have alike: a name typed with it would be any of theirs."""
    said = Counter((names[each], told) for each, told in apart.items())
    return {each: told for each, told in apart.items() if said[names[each], told] == 1}


def _shown(names: dict[str, str], each: str, apart: str | None = None) -> str:
    name = names.get(each, each)
    same = name != each and list(names.values()).count(name) > 1
    return str(NAMED(name=name, id=apart or each)) if same else name
