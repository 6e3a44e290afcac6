"""Three-valued (Kleene) truth: True, False and None for "not known".

`None` never counts as either: a missing fact must not decide about a person. Polars' own `&`, `|`
and `~` on Boolean columns follow the same tables (a property test holds the two together), so
this module serves scalars and Polars serves frames.
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def negate(value: Truth) -> Truth:
    return None if value is None else not value


def all_of(values: Iterable[Truth]) -> Truth:
    """False as soon as one is False; else None when one is None; else True (also when empty)."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """True as soon as one is True; else None when one is None; else False (also when empty)."""
    return negate(all_of(negate(value) for value in values))
