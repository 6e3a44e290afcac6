"""A plan as it lies on disk (`plan.json`), and what it proves about itself.

Written by `solving`, read by whoever needs the assignments again; whether it is *right* only the
`referee` says.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import banzi
from banzi.kernel.errors import BadInput, Location
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.bundle import json_bytes

PLAN_FILE = "plan.json"
CONFLICT_FILE = "conflict.json"
FORMAT = {"format": "banzi-plan", "version": 1}

NO_PLAN_FILE = MessageKind(
    "plan/unreadable-plan", _("方案无法读取（{reason}）；请确认是banzi plan solve写出的plan.json")
)


@dataclass(frozen=True, slots=True)
class TierResult:
    """Value and proven upper bound of one tier; None without a plan, or without a proof."""

    name: str
    value: int | None
    bound: int | None

    @property
    def proven(self) -> bool:
        return self.value is not None and self.value == self.bound


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is proposed for which post, how good that is and how well it is proven.

    `status`: optimal | feasible | infeasible | unknown. `assignments`: (post id, person id) in the
    order of posts.csv, person None for an empty post; empty when there is no plan.
    `seconds` since the command's start; `first_plan_seconds` None when there is no plan.
    `trace` rows: seconds, tier index, value, bound.
    """

    status: str
    tiers: tuple[TierResult, ...]
    seconds: float
    first_plan_seconds: float | None
    assignments: tuple[tuple[str, str | None], ...]
    trace: tuple[tuple[float, int, int, int | None], ...]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    problem_sha256: str

    @property
    def found(self) -> bool:
        return self.status in ("optimal", "feasible")

    @property
    def decisive(self) -> TierResult:
        """The first tier that is not proven, else the last: whose figures stand for the plan."""
        return next((tier for tier in self.tiers if not tier.proven), self.tiers[-1])

    @property
    def gap(self) -> float | None:
        """(bound − value) / max(1, |value|) of the decisive tier, four digits; None unproven."""
        value, bound = self.decisive.value, self.decisive.bound
        if value is None or bound is None:
            return None
        return round((bound - value) / max(1, abs(value)), 4)

    def as_json(self) -> dict[str, Any]:
        """The content of plan.json, keys in the order of the specification."""
        return {
            **FORMAT,
            "status": self.status,
            "tiers": [{"name": t.name, "value": t.value, "bound": t.bound} for t in self.tiers],
            "value": self.decisive.value,
            "bound": self.decisive.bound,
            "gap": self.gap,
            "seconds": self.seconds,
            "first_plan_seconds": self.first_plan_seconds,
            "assignments": [
                {"post_id": post, "person_id": person} for post, person in self.assignments
            ],
            "trace": [list(row) for row in self.trace],
            "settings": dict(self.settings),
            "versions": dict(self.versions),
            "problem_sha256": self.problem_sha256,
        }


def versions() -> dict[str, str]:
    """What a plan is made with."""
    return {
        "banzi": banzi.__version__,
        "highspy": version("highspy"),
        "python": platform.python_version(),
    }


def write_plan(folder: Path, plan: Plan, conflict: Mapping[str, Any] | None = None) -> None:
    """Write `plan.json`, and `conflict.json` when there is a conflict to tell of.

    A `conflict.json` of an earlier run is removed: it would speak of another problem.
    """
    with replacing_file(folder / PLAN_FILE) as place:
        place.write_bytes(json_bytes(plan.as_json()))
    if conflict is None:
        (folder / CONFLICT_FILE).unlink(missing_ok=True)
        return
    with replacing_file(folder / CONFLICT_FILE) as place:
        place.write_bytes(json_bytes(conflict))


def read_plan(path: Path) -> Plan:
    """Read a plan from its folder or its file.

    Raises
    ------
    BadInput
        When it is no plan of this version.
    """
    file = path / PLAN_FILE if path.is_dir() else path
    try:
        said: dict[str, Any] = json.loads(file.read_text("utf-8-sig"))
        if {name: said[name] for name in FORMAT} != FORMAT:
            raise ValueError("format")
        return Plan(
            status=said["status"],
            tiers=tuple(TierResult(t["name"], t["value"], t["bound"]) for t in said["tiers"]),
            seconds=said["seconds"],
            first_plan_seconds=said["first_plan_seconds"],
            assignments=tuple((a["post_id"], a["person_id"]) for a in said["assignments"]),
            trace=tuple((row[0], row[1], row[2], row[3]) for row in said["trace"]),
            settings=said["settings"],
            versions=said["versions"],
            problem_sha256=said["problem_sha256"],
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        message = NO_PLAN_FILE(reason=f"{type(error).__name__}: {error}")
        raise BadInput([Finding(message, Location(str(file)))]) from error
