"""From "there is no plan" to the few requirements that clash, each shown to be needed.

First what clashes in fractions (`fractions`): each team block on its own, then everything. Then
whole persons: each block, then everything. A clash is nearly always inside one block, and asking
there takes milliseconds.

What clashes in fractions is made smallest there, where a question takes milliseconds even across
the region, and then each member is shown to be needed by a plan without it: a walk finds one at
once where an exact search of so many posts takes minutes. What clashes in whole persons only is left
to `solvers.conflict`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from banzi.kernel.progress import Progress
from banzi.solvers.conflict import Conflict, ConflictTask, minimal_conflict
from banzi.solvers.highs import Engine, Status
from banzi.solvers.rows import Form, Name
from banzi.staffing.answers.demands import FEW_ARCS, Demands, team_blocks
from banzi.staffing.answers.finding import walk_to_a_plan
from banzi.staffing.answers.fractions import clash_in_fractions


def smallest_clash(demands: Demands, until: float, progress: Progress) -> Conflict:
    """A smallest set of requirements that admit no plan together; none when they admit one."""
    names = suspects(demands, until, progress)
    if names is None:
        return Conflict((), sufficient=False, necessary=False)
    narrowed = _narrowed(demands, names, until, progress)
    if narrowed is not None:
        return _shown(demands, narrowed, until, progress)
    system, _arcs = demands.system(names)
    return minimal_conflict(ConflictTask(system, tuple(names)), until - time.monotonic())


def suspects(demands: Demands, until: float, progress: Progress) -> Sequence[Name] | None:
    """Requirements that clash, not yet the smallest set; None when all hold together.

    Everything, when the time did not reach to find out.
    """
    found = seen_at_once(demands, until, progress)
    if found is not None:
        return found
    progress.advance(0)
    outcome = Engine(demands.system(demands.names)[0]).maximise(Form(), until=until)
    return None if outcome.values is not None else demands.names


def seen_at_once(demands: Demands, until: float, progress: Progress) -> Sequence[Name] | None:
    """Requirements proven to clash in fractions, or in whole persons within one block; None when
    neither shows any, which proves nothing."""
    parts = list(_parts(demands))
    for names in parts:
        progress.advance(0)
        found = clash_in_fractions(demands, names, until, persons=True)
        if found is not None:
            return found
    for names in parts[:-1]:
        progress.advance(0)
        outcome = Engine(demands.system(names)[0]).maximise(Form(), until=until)
        if outcome.status is Status.INFEASIBLE:
            return names
    return None


def _parts(demands: Demands) -> Iterator[Sequence[Name]]:
    """The requirements of each team block, at last all."""
    yield from filter(None, demands.inside(team_blocks(demands.problem)))
    yield demands.names


def _narrowed(
    demands: Demands, names: Sequence[Name], until: float, progress: Progress
) -> list[Name] | None:
    """A set that clashes in fractions, and none of its members can be missed in fractions.

    None when the names do not clash so. What a department can change first is kept first.
    """
    found = clash_in_fractions(demands, names, until)
    persons = found is None
    if found is None:
        found = clash_in_fractions(demands, names, until, persons=True)
    if found is None:
        return None
    for name in reversed(list(found)):
        if name not in found or time.monotonic() > until:
            continue
        progress.advance(0)
        others = [other for other in found if other != name]
        found = clash_in_fractions(demands, others, until, persons=persons) or found
    return found


def _shown(demands: Demands, names: list[Name], until: float, progress: Progress) -> Conflict:
    """A clash of fractions made smallest in whole persons, each member shown to be needed."""
    members = names
    for name in reversed(names):
        if name not in members:
            continue
        progress.advance(0)
        others = [other for other in members if other != name]
        possible = _possible(demands, others, until)
        if possible is None:
            return Conflict(tuple(members), sufficient=True, necessary=False)
        if not possible:
            members = others
    return Conflict(tuple(members), sufficient=True, necessary=True)


def _possible(demands: Demands, names: Sequence[Name], until: float) -> bool | None:
    """Whether some plan keeps all these; None when the time did not reach to find out."""
    large = len(demands.arcs_of(names)) > FEW_ARCS
    if large and walk_to_a_plan(demands, names, until) is not None:
        return True
    if clash_in_fractions(demands, names, until, persons=True) is not None:
        return False
    outcome = Engine(demands.system(names)[0]).maximise(Form(), until=until)
    if outcome.values is not None:
        return True
    return False if outcome.status is Status.INFEASIBLE else None
