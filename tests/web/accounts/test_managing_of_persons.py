"""Who manages a person, from a day on; only within what one may edit."""

from datetime import date

import pytest
from tests.support.accounts import account, grant, rights
from tests.support.small_region import small_region

from banzi.web.accounts.managing import manage
from banzi.web.accounts.models import Management
from banzi.web.accounts.rights import Verb
from banzi.web.accounts.services import Refused
from banzi.web.audit.models import Act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region() -> None:
    small_region()


def test_one_organ_after_the_other() -> None:
    editor = account()
    grant(editor, Verb.EDIT)
    held = rights(editor)
    for organ, day in (("county_a", date(2024, 1, 1)), ("county_b", date(2025, 1, 1))):
        manage(held, "chief_a", organ, "1A41", day, "干部管理权限通知")
    periods = Management.objects.order_by("starts").values_list("organ_id", "starts", "until")
    assert list(periods) == [
        ("county_a", date(2024, 1, 1), date(2025, 1, 1)),
        ("county_b", date(2025, 1, 1), None),
    ]
    assert Act.objects.filter(verb="accounts.manage", person_id="chief_a").count() == 2


def test_neither_a_stranger_nor_into_a_strange_organ() -> None:
    editor = account()
    grant(editor, Verb.EDIT, organ="county_a")
    held = rights(editor)
    for person, organ in (("head_b", "county_a"), ("chief_a", "county_b")):
        with pytest.raises(Refused, match="编辑权限"):
            manage(held, person, organ, None, date(2024, 1, 1), "通知")
    assert not Management.objects.exists()
