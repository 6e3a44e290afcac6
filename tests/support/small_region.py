"""A city with two counties in the database: who sits where, for tests of scope.

city ── county_a ── bureau_a
    └── county_b
"""

from __future__ import annotations

from typing import Any

from banzi.kernel.columns import FieldClass
from banzi.web.audit.acts import act
from banzi.web.records.models import RECORDS

ORGANS = {"city": None, "county_a": "city", "bureau_a": "county_a", "county_b": "city"}
PEOPLE = {
    "mayor": ("city", "1A21"),
    "head_a": ("county_a", "1A31"),
    "chief_a": ("bureau_a", "1A41"),
    "head_b": ("county_b", "1A31"),
    "nowhere": (None, "1A41"),
}
"""Person → organ of the present seat (None: no seat) and level."""
NUMBERS = {person: number for number, person in enumerate(PEOPLE, 1)}


def marks(person: str) -> dict[FieldClass, str]:
    """A text of each field class that stands in this person's records and in nobody else's."""
    return {
        FieldClass.BASIC: person,
        FieldClass.IDENTITY: f"99010119800101{NUMBERS[person]:04}",
        FieldClass.FAMILY: f"{person}之亲属",
        FieldClass.FINDINGS: f"{person}受诫勉",
    }


def add(table: str, **row: Any) -> None:
    RECORDS[table]._default_manager.create(**row)


def small_region() -> None:
    """Put the region into the database, in an act of its own."""
    with act("test.region", by=None):
        for organ, superior in ORGANS.items():
            add("organs", organ_id=organ, organ_name=organ, superior_organ_id=superior)
        for number, (person, (organ, level)) in enumerate(PEOPLE.items(), 1):
            add("persons", person_id=person, name=person, post_level=level,
                id_number=f"99010119800101{number:04}", health="健康",
                awards_text=f"{person}受诫勉")  # fmt: skip
            add("relatives", person_id=person, relative_no=1, relation_text="配偶",
                name=f"{person}之亲属")  # fmt: skip
            if organ is None:
                continue
            post = f"post_{person}"
            add("posts", post_id=post, post_name="职位", organ_id=organ, post_level=level,
                role="principal")  # fmt: skip
            add("seats", seat_no=number, post_id=post, person_id=person, started_on=20210900)
        add("sanctions", person_id="head_a", sanction_no=1, sanction_family="party")
        add("texts_as_written", person_id="head_a", column_name="id_number", written="不详")
