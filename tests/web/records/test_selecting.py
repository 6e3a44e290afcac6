"""Rows as the viewer may see them: masked by person and field class where they are read."""

import pytest
from django.conf import settings
from tests.support.accounts import account, grant, request_of, rights
from tests.support.small_region import PEOPLE, small_region

from banzi.kernel.columns import FieldClass
from banzi.roster import TABLES
from banzi.web.accounts.rights import Verb
from banzi.web.records.selecting import columns, reading, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region() -> None:
    small_region()


def test_only_persons_in_scope_and_only_columns_held() -> None:
    holder = account()
    grant(holder, organ="city")
    grant(holder, organ="county_a", fields=(FieldClass.IDENTITY,))
    found = {row["person_id"]: row for row in rows(rights(holder), "persons", PEOPLE)}
    assert set(found) == {"mayor", "head_a", "chief_a", "head_b"}
    assert {person for person, row in found.items() if "id_number" in row} == {"head_a", "chief_a"}
    assert all(row["name"] for row in found.values())
    assert "awards_text" not in found["head_a"]


def test_a_table_of_a_class_not_held_gives_no_row() -> None:
    holder = account()
    grant(holder)
    held = rights(holder)
    for table in ("relatives", "sanctions", "texts_as_written"):
        assert rows(held, table, PEOPLE) == []
    grant(holder, fields=(FieldClass.FAMILY, FieldClass.FINDINGS, FieldClass.IDENTITY))
    held = rights(holder)
    assert [len(rows(held, name, PEOPLE)) for name in ("relatives", "sanctions")] == [5, 1]
    assert rows(held, "texts_as_written", PEOPLE)[0]["written"] == "不详"


def test_only_the_columns_asked_for() -> None:
    holder = account()
    grant(holder)
    found = rows(rights(holder), "persons", ["mayor"], only=("name", "id_number"))
    assert found == [{"person_id": "mayor", "name": "mayor"}]
    assert "id_number" not in columns(rights(holder), TABLES["persons"])


def test_another_verb_does_not_help() -> None:
    holder = account()
    grant(holder, Verb.EDIT)
    assert rows(rights(holder), "persons", PEOPLE) == []
    assert len(rows(rights(holder), "persons", PEOPLE, verb=Verb.EDIT)) == len(PEOPLE)


def test_a_table_that_is_not_about_persons_is_refused() -> None:
    with pytest.raises(ValueError, match="organs"):
        rows(rights(account()), "organs", ["mayor"])


def test_a_read_is_on_disk_at_once() -> None:
    reading(request_of(account(username="zhou")), "mayor", "人员档案")
    lines = [
        line
        for file in (settings.BANZI_HOME / "reads").glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert any('"zhou"' in line and '"mayor"' in line for line in lines)
