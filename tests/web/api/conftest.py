"""What every test of the API begins with: no wrong tokens counted yet."""

from collections.abc import Iterator

import pytest
from tests.support.standing_area import area as area

from banzi.web.api.flooding import forget_wrong


@pytest.fixture(autouse=True)
def _no_wrong_tokens() -> Iterator[None]:
    forget_wrong()
    yield
    forget_wrong()
