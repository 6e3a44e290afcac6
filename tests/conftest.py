"""Settings for all tests: Hypothesis measures no time (that belongs in benchmarks/)."""

from __future__ import annotations

import os

from hypothesis import settings

# A gate gives the same answer for the same commit; whoever works here gets new examples each run.
settings.register_profile(
    "banzi", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("banzi")
