"""From "there is no plan" to the few requirements that clash: screening, then the verifier.

First what clashes in fractions: each team block on its own, then everything. Then whole persons:
each block, then everything. A clash is nearly always inside one block, and asking there takes
milliseconds. Whatever is found only *starts* `solvers.conflict`, which makes it smallest and shows
by solving again that it clashes and that each member is needed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from banzi.kernel.progress import Progress
from banzi.solvers.conflict import Conflict, ConflictTask, minimal_conflict
from banzi.solvers.elastic import in_fractions
from banzi.solvers.highs import Engine, Status
from banzi.solvers.rows import Form, Name
from banzi.staffing.answers.demands import Demands, team_blocks


def smallest_clash(demands: Demands, until: float, progress: Progress) -> Conflict:
    """A smallest set of requirements that admit no plan together; none when they admit one."""
    names = suspects(demands, until, progress)
    if names is None:
        return Conflict((), sufficient=False, necessary=False)
    system, _arcs = demands.system(names)
    return minimal_conflict(ConflictTask(system, tuple(names)), until - time.monotonic())


def suspects(demands: Demands, until: float, progress: Progress) -> Sequence[Name] | None:
    """Requirements that clash, not yet the smallest set; None when all hold together.

    Everything, when the time did not reach to find out.
    """
    for names in _parts(demands):
        progress.advance(0)
        found = in_fractions(demands.system(names)[0], names, until)
        if found.clash is not None:
            bearing = set(found.clash)
            return [name for name in demands.names if name in bearing]
    for names in _parts(demands):
        progress.advance(0)
        outcome = Engine(demands.system(names)[0]).maximise(Form(), until=until)
        if outcome.status is Status.INFEASIBLE:
            return names
        if outcome.values is not None and len(names) == len(demands.names):
            return None
    return demands.names


def _parts(demands: Demands) -> Iterator[Sequence[Name]]:
    """The requirements of each team block, at last all."""
    for block in team_blocks(demands.problem):
        if names := demands.inside(block):
            yield names
    yield demands.names
