"""The process that will search, started while the problem is still being read.

It takes two seconds of a processor to open the compiler and read the stored loops: as long as reading
and assembling a large problem, so one goes on beside the other. Imports next to nothing.

A problem so small that the exact search does it alone ends the process at once. How many pairs there
are is known only when they have been read: the size of their file says little, since the office adds
columns as it likes; and a small problem is read in tenths of a second, which is all that is wasted.
"""

from __future__ import annotations

from banzi.solvers.children import Ahead


def search_ahead() -> Ahead:
    """A child for `solving.solve`; close it when there is nothing to solve after all."""
    return Ahead("banzi.staffing.search.job:get_ready")
