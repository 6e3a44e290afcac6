"""Files of a few persons, and the browser of a clerk who corrects them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.accounts import clerk
from tests.support.files_of_persons import some_files

from banzi.web.accounts.rights import Verb


@pytest.fixture
def files(db: None) -> None:
    some_files()


@pytest.fixture
def page(files: None, client: Client) -> Client:
    client.force_login(clerk(Verb.VIEW, Verb.EDIT))
    return client
