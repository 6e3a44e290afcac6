"""Every role against a page, fragment, export or answer of the API: who may see which fields of whom.

    @pytest.mark.parametrize("role", ROLES, ids=str)
    def test_the_list(role): check(role, Verb.VIEW, lambda client: client.get("/people/"))

`check` puts nothing up: call `small_region()` first. It signs in as the role, fetches, and holds the
answer's text against what the role was granted: a mark of each field class of each person must be
there exactly when the role holds that class over that person at that verb. An export gives its text
through `text`; the API is asked by a token (`way_in=asking`). A page that shows only some classes
names them in `classes`; one that shows one person's file names that person in `persons`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from tests.support.accounts import account, administrator, grant
from tests.support.small_region import PEOPLE, marks

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.rights import Verb

BASIC, ALL = (FieldClass.BASIC,), tuple(FieldClass)
COUNTY_A = ("head_a", "chief_a")


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of account; `held` is what it may see: verb and class → persons."""

    name: str
    grants: tuple[tuple[Verb, str | None, tuple[FieldClass, ...]], ...] = ()
    office: Office = Office.NONE
    given: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def make(self) -> Account:
        if self.office is not Office.NONE:
            return administrator(self.office)
        made = account(**self.given)
        for verb, organ, classes in self.grants:
            grant(made, verb, organ=organ, fields=classes)
        return made

    def sees(self, verb: Verb, field_class: FieldClass, person: str) -> bool:
        """Said from the grants of the role, not by asking the program."""
        if self.given:
            return False
        return any(
            verb is granted
            and (field_class in classes or field_class is FieldClass.BASIC)
            and (organ is None or person in COUNTY_A)
            for granted, organ, classes in self.grants
        )


ROLES = (
    Role("nobody"),
    *(Role(f"{verb} everybody", ((verb, None, ALL),)) for verb in Verb),
    *(Role(f"view {each} of everybody", ((Verb.VIEW, None, (each,)),)) for each in FieldClass),
    *(Role(f"view {each} of county a", ((Verb.VIEW, "county_a", (each,)),)) for each in FieldClass),
    Role(
        "view everybody, family of county a",
        ((Verb.VIEW, None, BASIC), (Verb.VIEW, "county_a", (FieldClass.FAMILY,))),
    ),
    Role("edit county a only", ((Verb.EDIT, "county_a", ALL),)),
    Role("every verb", tuple((verb, None, ALL) for verb in Verb)),
    *(Role(f"{each} administrator", office=each) for each in Office if each is not Office.NONE),
    Role("locked", ((Verb.VIEW, None, ALL),), given={"is_active": False}),
    Role("one-time password", ((Verb.VIEW, None, ALL),), given={"must_change_password": True}),
)


def plain(answer: Any) -> str:
    """The text of an answer; "" for one that refuses or leads elsewhere."""
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


def signed_in_as(holder: Account) -> Client:
    client = Client()
    client.force_login(holder)
    return client


def check(
    role: Role,
    verb: Verb,
    fetch: Callable[[Client], Any],
    *,
    text: Callable[[Any], str] = plain,
    classes: Iterable[FieldClass] = ALL,
    persons: Iterable[str] = tuple(PEOPLE),
    way_in: Callable[[Account], Client] = signed_in_as,
) -> None:
    """Hold an answer against what the role was granted; `way_in` by a session or by a token."""
    shown = text(fetch(way_in(role.make())))
    asked = list(classes)
    for person in PEOPLE:
        for field_class, mark in marks(person).items():
            wanted = person in persons and field_class in asked
            expected = wanted and role.sees(verb, field_class, person)
            if field_class is FieldClass.BASIC and not expected:
                assert mark not in shown, f"{role}: {person} may not be seen"
            assert (mark in shown) == expected, f"{role}: {field_class} of {person}"
