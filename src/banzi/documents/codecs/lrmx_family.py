"""家庭主要成员及重要社会关系 of a `.lrmx`: one `Item` a relative, read by the names of its elements.

What cannot be placed is told and left out: relatives decide recusals, so a line must not vanish
without a word.
"""

from __future__ import annotations

from lxml import etree

from banzi.documents.codecs.extract import Finding
from banzi.documents.codecs.lrmx_elements import FAMILY_CHILDREN, MEMBER
from banzi.documents.codecs.untrusted_xml import row_of, text_of
from banzi.documents.form import FamilyMember, relative_label
from banzi.kernel.errors import Location
from banzi.kernel.messages import FindingKind, FindingMessage
from banzi.kernel.messages import gettext_noop as _

FAMILY_ELEMENT = FindingKind(
    "lrmx/family-element",
    _("家庭成员第{number}行含未识别的元素“{element}”，未保留"),
    title=_("家庭成员有未识别的元素"),
)
FAMILY_TWICE = FindingKind(
    "lrmx/family-twice",
    _("家庭成员第{number}行的“{column}”出现了不止一次且内容不同，只读取了“{value}”；请核对"),
    title=_("家庭成员同一栏出现两次"),
)
FAMILY_UNREAD = FindingKind(
    "lrmx/family-unread",
    _("家庭成员中有一处内容不成行，未读取：“{text}”；请核对"),
    title=_("家庭成员有未读取的内容"),
)

_SHOWN = 40


def read_family(
    parent: etree._Element, before: int, file_name: str
) -> tuple[list[tuple[int, FamilyMember]], list[Finding]]:
    """Relatives with the row each begins on, blank ones left out, and what does not fit.

    Parameters
    ----------
    before
        How many relatives the form has already, so that lines are counted on.
    """
    members: list[tuple[int, FamilyMember]] = []
    findings: list[Finding] = []

    def note(message: FindingMessage, row: int | None, key: str = "") -> None:
        findings.append(Finding(message, Location(file_name, row=row), "relatives", row_key=key))

    for stray in _strays(parent):
        note(FAMILY_UNREAD(text=stray[1][:_SHOWN]), stray[0])
    for item in parent.iterchildren(tag=MEMBER):
        number = before + len(members) + 1
        row = row_of(item)
        texts: dict[str, str] = {}
        for child in item.iterchildren(tag=etree.Element):
            text = text_of(child).strip()
            attribute = FAMILY_CHILDREN.get(str(child.tag))
            if not text:
                continue
            if attribute is None:
                element = etree.QName(child).localname
                note(FAMILY_ELEMENT(number=number, element=element), row, str(number))
            elif texts.setdefault(attribute, text) != text:
                label = relative_label(attribute)
                value = texts[attribute]
                note(FAMILY_TWICE(number=number, column=label, value=value), row, str(number))
        if texts:
            members.append((row or 1, FamilyMember(**texts)))
    return members, findings


def _strays(parent: etree._Element) -> list[tuple[int | None, str]]:
    """Texts that stand in the list and in no relative's line."""
    found = [(row_of(parent), (parent.text or "").strip())]
    for child in parent:
        is_member = child.tag == MEMBER
        inside = (child.text if is_member else text_of(child)) or ""
        found.append((row_of(child), inside.strip()))
        found.append((row_of(child), (child.tail or "").strip()))
    return [(row, text) for row, text in found if text]
