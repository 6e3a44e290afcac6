"""Settings for all tests: Hypothesis measures no time (that belongs in benchmarks/)."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("banzi", deadline=None, print_blob=True)
settings.load_profile("banzi")
