"""Settings for all tests: Hypothesis measures no time (that belongs in benchmarks/); long ones first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A gate gives the same answer for the same commit; whoever works here gets new examples each run.
settings.register_profile(
    "banzi", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("banzi")

_E2E = Path(__file__).parent / "e2e"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, so that no process waits at the end for another's last one.

    The rest stay in their order, the modules together: theirs are the fixtures that cost most.
    """
    items.sort(key=_minutes, reverse=True)


def _minutes(item: pytest.Item) -> int:
    """About how long a test takes; 0 for most."""
    slow = item.get_closest_marker("slow")
    if slow is not None:
        return int(slow.kwargs.get("minutes", 1))
    return int(item.path.is_relative_to(_E2E))
