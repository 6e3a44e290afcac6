"""What tests of the board begin with: a small board, who works on it, and who signs."""

import pytest
from django.test import Client
from tests.support.accounts import clerk
from tests.support.boards import Table, small_board

from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb


@pytest.fixture
def owner() -> Account:
    """Who may make plans, and no more."""
    return clerk(Verb.VIEW, Verb.EDIT)


@pytest.fixture
def leader() -> Account:
    """Who may sign them and take papers out, too."""
    return clerk(Verb.VIEW, Verb.EDIT, Verb.RELEASE)


@pytest.fixture
def client(owner: Account) -> Client:
    """The browser of `owner`."""
    made = Client()
    made.force_login(owner)
    return made


@pytest.fixture
def table(owner: Account) -> Table:
    return small_board(owner)
