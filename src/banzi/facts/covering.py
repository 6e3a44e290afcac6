"""The one loop over every stretch of every career; see `stretches` for what it works on.

It touches nothing but its arguments, so that it can run as machine code: no calls, no branches that
depend on the data inside, all lanes alike. Below a nation `stretches.in_arrays` does the same.
"""

from __future__ import annotations

from typing import Any


def cover(
    offsets: Any,
    starts: Any,
    ends: Any,
    counts: Any,
    bits: Any,
    reached: Any,
    total: Any,
    months: Any,
    first: int,
    last: int,
) -> None:
    """Write the months covered in every lane by the stretches of persons `first` … `last`.

    A person's stretches are `offsets[person]` … `offsets[person + 1]`, sorted by start; a stretch
    belongs to a lane when they share a bit. `reached` and `total` are room to work in, one place a
    lane; `months` is written, lanes × persons.
    """
    lanes = len(bits)
    for person in range(first, last):
        for lane in range(lanes):
            reached[lane] = 0
            total[lane] = 0
        for stretch in range(offsets[person], offsets[person + 1]):
            start = starts[stretch]
            end = ends[stretch]
            count = counts[stretch]
            for lane in range(lanes):
                before = reached[lane]
                fresh = start if start > before else before
                after = end if count & bits[lane] and end > before else before
                # Two selections and one difference keep 32 bits, so eight lanes fit a register.
                total[lane] += (after if after > fresh else fresh) - fresh
                reached[lane] = after
        for lane in range(lanes):
            months[lane, person] = total[lane]
