"""The cases of all documents but the appointment regulations; `test_cases` says how they read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.law_checks import check_case, params


@pytest.mark.parametrize(("name", "case"), params(appointments=False))
def test_case(name: str, case: dict[str, Any]) -> None:
    check_case(name, case)
