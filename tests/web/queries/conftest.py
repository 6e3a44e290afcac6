from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from tests.support.query_region import store_query_region

from banzi.roster import Roster


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: Any) -> Iterator[Roster]:
    """The people of `query_region` in the database, gone again after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield store_query_region()
        transaction.set_rollback(True)
