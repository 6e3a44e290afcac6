"""`python -m banzi.facts.warming`: translate the loops once and store them, as the set-up does.

Without it the first roster of a nation's size waits some seconds for the compiler.
"""

from __future__ import annotations

import numpy as np

from banzi.facts.stretches import Stretches, in_machine_code


def warm() -> None:
    """Run every translation that can be asked for on one stretch."""
    offsets = np.array([0, 1], dtype=np.int64)
    month = np.array([1], dtype=np.int16)
    for width in (np.uint16, np.uint32):
        in_machine_code(Stretches(offsets, month, month, np.array([1], dtype=width)), 2)


if __name__ == "__main__":
    warm()
