"""The notes under a list of what falls due: each clause by number, and how well it is known."""

from __future__ import annotations

from banzi.due.due_list import DueList
from banzi.kernel.messages import Language, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law.documents import GRADE_NAMES

_NOTE_CLAUSE = _("{number}{clause}：{fact}（{grade}，{checked}）。")
_NOTE_OWN = _("{number}本单位规定：{title}。")
_CHECKED, _NOT_CHECKED = _("{day}与原文核对"), _("尚未与原文核对")
ADVICE = _("到期不等于结论：是否晋升、交流、改任由有关领导集体研究；待核的先核实。")
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def notes(listed: DueList, language: Language = "zh") -> tuple[str, ...]:
    """What the numbers of the basis stand for, how well each is known, and how to take the list."""
    law, grades = listed.case.law, _grades(listed)
    said = []
    for name, number in basis_numbers(listed).items():
        clause = law.clauses.get(name)
        if clause is None:
            said.append(render(_NOTE_OWN, {"number": number, "title": name}, language))
            continue
        grade, checked = grades.get(name, (GRADE_NAMES[clause.grade], ""))
        values = {
            "number": number,
            "clause": name,
            "fact": name_in(clause.fact, language),
            "grade": translate(grade, language),
            "checked": render(_CHECKED, {"day": checked}, language)
            if checked
            else translate(_NOT_CHECKED, language),
        }
        said.append(render(_NOTE_CLAUSE, values, language))
    return (*said, translate(ADVICE, language))


def _grades(listed: DueList) -> dict[str, tuple[str, str]]:
    """Clause → name of the grade of the number used, and the day it was checked, if ever.

    A number that cites another clause of the same document stands for the clause as well.
    """
    found: dict[str, tuple[str, str]] = {}
    for kind in listed.kinds:
        used = {name for line in listed.every if line.kind is kind for name in line.basis}
        values = [listed.case.then.find(name) for name in kind.parameters]
        for clause in sorted(used):
            code = clause.split("/")[0]
            own = [each for each in values if each is not None]
            near = [each for each in own if each.parameter.cites.split("/")[0] == code]
            exact = [each for each in near if each.parameter.cites == clause]
            for value in (exact or near)[:1]:
                reviewed = value.provenance
                day = reviewed.checked_on if reviewed else value.parameter.checked_on
                text = f"{day:%Y-%m-%d}" if day else ""
                found[clause] = (GRADE_NAMES[value.grade], text)
    return found


def basis_numbers(listed: DueList) -> dict[str, str]:
    """Clause or title of a rule → its number under the table, in order of use."""
    names = dict.fromkeys(name for line in listed.every for name in line.basis)
    return {
        name: _NUMBERS[place] if place < len(_NUMBERS) else f"({place + 1})"
        for place, name in enumerate(names)
    }
