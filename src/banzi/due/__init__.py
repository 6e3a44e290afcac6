"""Due months: when something about a person or a post falls due, each with basis and certainty.

Three dates are kept strictly apart: the statutory retirement month (law), the month in which the
age limit of a post is reached (an office's own rule, never assumed), and the age in the month of
a congress (what a nomination is measured by). Further kinds join in `catalogue`.

Not here: what follows from a due month for an appointment (`rules`), how a list is printed.
"""

from banzi.due.catalogue import KINDS, due_months
from banzi.due.entries import DUE, DueCase, DueKind
from banzi.due.words import Certainty

__all__ = ["DUE", "KINDS", "Certainty", "DueCase", "DueKind", "due_months"]
