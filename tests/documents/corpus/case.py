"""One file of the corpus, and what reading it must say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from banzi.documents.codecs.extract import Extract
from banzi.kernel.errors import Location
from banzi.kernel.messages import FindingMessage, Message


@dataclass(frozen=True, slots=True)
class Case:
    """A file and its expected errors and findings, each named exactly once.

    An expectation is `code` or `code@place`; the place is `sheet:row:column` without what does not
    apply, and may stop early (`form/not-a-date@3` fits row 3, whatever the column). `merging` are
    errors of merging the file alone into a roster, asked only when reading gives none. `beside`
    are files next to it by ending.
    """

    name: str
    ending: str
    data: bytes
    problems: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    merging: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)


def told(message: Message | FindingMessage, at: Location) -> str:
    place = ":".join(part for part in (at.sheet, str(at.row or ""), at.column or "") if part)
    return f"{message.code}@{place}"


def problems_of(extract: Extract) -> list[str]:
    return [told(each.message, each.at) for each in extract.problems]


def findings_of(extract: Extract) -> list[str]:
    found = [*extract.findings, *(each for one in extract.persons for each in one.findings)]
    return [told(each.message, each.at) for each in found]


def differences(expected: Iterable[str], actual: Iterable[str]) -> list[str]:
    """`- expectation` for what did not come, `+ told` for what came unasked."""
    left, missing = list(actual), []
    for each in sorted(expected, key=lambda text: ("@" not in text, -len(text))):
        found = next((one for one in left if _fits(each, one)), None)
        if found is None:
            missing.append(f"- {each}")
        else:
            left.remove(found)
    return [*missing, *(f"+ {one}" for one in left)]


def _fits(expected: str, one: str) -> bool:
    code, at, place = expected.partition("@")
    if not at:
        return one.partition("@")[0] == code
    return one == expected or one.startswith(f"{code}@{place}:")
