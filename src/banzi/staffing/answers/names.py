"""What posts and persons are called, for answers that people read."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NAMES_FILE = "names.csv"
NAMED = MessageKind("plan/named-twice", _("{name}（{id}）"))


@dataclass(frozen=True)
class Names:
    """Names by id, of the side file `names.csv`; an id without a name speaks for itself."""

    posts: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Names:
        """Names beside a bundle; none when there is no such file."""
        found: dict[str, dict[str, str]] = {"post": {}, "person": {}, "team": {}}
        try:
            with (folder / NAMES_FILE).open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream):
                    found[row["kind"]][row["id"]] = row["name"]
        except (OSError, ValueError, KeyError, csv.Error):
            return cls()
        return cls(found["post"], found["person"], found["team"])

    def post(self, post: str) -> str:
        return _shown(self.posts, post)

    def team(self, team: str) -> str:
        return _shown(self.teams, team)

    def person(self, person: str) -> str:
        return _shown(self.persons, person)


def _shown(names: dict[str, str], each: str) -> str:
    name = names.get(each, each)
    same = name != each and list(names.values()).count(name) > 1
    return str(NAMED(name=name, id=each)) if same else name
