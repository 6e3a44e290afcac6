"""Every filling rule, in the order of the form.

Not here: running them (`checking`).
"""

from __future__ import annotations

from banzi.documents.form_checks import (
    career,
    conduct,
    dates,
    identity,
    learning,
    photo,
    relatives,
)
from banzi.documents.form_checks.rule import Rule

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *dates.RULES,
    *learning.RULES,
    *career.RULES,
    *conduct.RULES,
    *relatives.RULES,
    *photo.RULES,
)
