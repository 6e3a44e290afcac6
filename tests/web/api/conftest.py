"""What every test of the API begins with: no wrong tokens counted yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from tests.support.standing_area import area as area


@pytest.fixture(autouse=True)
def _no_wrong_tokens() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
