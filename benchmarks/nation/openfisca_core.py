"""OpenFisca-core: segments as its persons, officials as its groups, every fact and rule a variable.

OpenFisca has no null: −1 stands for what is not known. Overlaps are removed as in `polars_alone`,
by a running maximum, since a formula sees whole arrays.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.nation.question import AS_OF, DATES, KINDS, NOW, RULES, Rule, Term

PERIOD = f"{AS_OF:%Y-%m}"
_ROOM = 1 << 16
_MISSING = -1
Array = npt.NDArray[Any]
Loaded = tuple[dict[str, Array], dict[str, Array]]

SEGMENT = Entity("segment", "segments", "", "")
OFFICIAL = GroupEntity("official", "officials", "", "", roles=[{"key": "of", "plural": "ofs"}])
LANES = [f"{kind}_months_{bound}" for kind in KINDS for bound in ("low", "high")]


def load(folder: Path) -> Loaded:
    persons = pl.read_parquet(folder / "persons.parquet").with_columns(
        pl.all().cast(pl.Int32).fill_null(_MISSING)
    )
    segments = pl.read_parquet(folder / "segments.parquet").with_columns(pl.all().cast(pl.Int32))
    inputs, careers = (
        {name: frame[name].to_numpy() for name in frame.columns} for frame in (persons, segments)
    )
    return inputs, careers


def build(loaded: Loaded) -> Any:
    """The simulation with its inputs: what OpenFisca needs before it can calculate anything."""
    persons, segments = loaded
    system = TaxBenefitSystem([SEGMENT, OFFICIAL])
    for name in ("start", "end", "counts"):
        system.add_variable(_variable(name, SEGMENT))
    for name in persons:
        system.add_variable(_variable(name, OFFICIAL))
    for lane, name in enumerate(LANES):
        system.add_variable(_variable(name, OFFICIAL, _covered(lane)))
    for name in DATES:
        for bound, without in (("low", 12), ("high", 1)):
            system.add_variable(
                _variable(f"{name}_months_{bound}", OFFICIAL, _months_since(name, without))
            )
    for rule in RULES:
        system.add_variable(_variable(_name(rule), OFFICIAL, _verdict(rule)))
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("segment", np.arange(len(segments["start"])))
    officials = builder.declare_entity("official", np.arange(len(persons["birth"])))
    roles = np.zeros(len(segments["start"]), dtype=np.int8)
    builder.join_with_persons(officials, segments["person"], roles)
    simulation = builder.build(system)
    for name in ("start", "end", "counts"):
        simulation.set_input(name, PERIOD, segments[name])
    for name, values in persons.items():
        simulation.set_input(name, PERIOD, values)
    return simulation


def derive(simulation: Any) -> Any:
    names = [f"{name}_months_{bound}" for name in DATES for bound in ("low", "high")]
    for name in (*LANES, *names):
        simulation.calculate(name, PERIOD)
    return simulation


def screen(simulation: Any) -> list[Array]:
    return [simulation.calculate(_name(rule), PERIOD).astype(np.uint8) for rule in RULES]


def ranks(found: list[Array]) -> list[Array]:
    return found


def _variable(name: str, entity: Any, formula: Any = None) -> type[Variable]:
    body = {"value_type": int, "entity": entity, "definition_period": MONTH, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def _name(rule: Rule) -> str:
    return "rule_" + rule.id.replace("-", "_")


def _covered(lane: int) -> Any:
    def formula(official: Any, period: Any) -> Array:
        counts = (official.members("counts", period) & (1 << lane)) != 0
        base = official.members_entity_id * _ROOM
        end = base + np.where(counts, official.members("end", period), 0)
        reached = np.empty_like(end)
        reached[0] = 0
        np.maximum.accumulate(end[:-1], out=reached[1:])
        fresh = np.maximum(base + official.members("start", period), reached)
        months: Array = official.sum(np.maximum(end - fresh, 0))
        return months

    return formula


def _months_since(name: str, without: int) -> Any:
    def formula(official: Any, period: Any) -> Array:
        value = official(name, period)
        month = value // 100 % 100
        index = value // 10000 * 12 + np.where(month == 0, without, month) - 1
        return np.where(value == _MISSING, _MISSING, np.maximum(NOW - index, 0))

    return formula


def _verdict(rule: Rule) -> Any:
    def formula(official: Any, period: Any) -> Array:
        holds, breached = _all(rule.holds, official, period)
        scope, outside = _all(rule.applies, official, period)
        truth, untruth = outside | holds, scope & breached
        severity = np.full(official.count, 3 if rule.is_must else 1)
        if rule.lenient:
            severity[_all(rule.lenient, official, period)[0]] = 1
        clear: Any = np.zeros(official.count, dtype=int)
        if rule.doubt:
            doubt, no_doubt = _all(rule.doubt, official, period)
            doubt, no_doubt = scope & doubt, outside | no_doubt
            clear = np.select([doubt, no_doubt], [1, 0], default=2)
        return np.select([truth, untruth], [clear, severity], default=2)

    return formula


def _all(terms: tuple[Term, ...], official: Any, period: Any) -> tuple[Array, Array]:
    """Where all are surely true, where one is surely false."""
    yes = [np.ones(official.count, dtype=bool)]
    no = [np.zeros(official.count, dtype=bool)]
    for term in terms:
        true, false = _term(term, official, period)
        yes.append(false if term.negated else true)
        no.append(true if term.negated else false)
    return reduce(np.logical_and, yes), reduce(np.logical_or, no)


def _term(term: Term, official: Any, period: Any) -> tuple[Array, Array]:
    if term.span:
        low, high = (official(f"{term.name}_{bound}", period) for bound in ("low", "high"))
        return low >= term.values[0], (high != _MISSING) & (high < term.values[0])
    value = official(term.name, period)
    if term.kind == "at_least":
        true = value >= term.values[0]
    else:
        true = np.isin(value, term.values) if term.kind == "one_of" else value == 1
    known = value != _MISSING
    return known & true, known & ~true
