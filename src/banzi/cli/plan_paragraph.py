"""`banzi plan paragraph`: what a plan achieves, in one paragraph with the names behind each number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.arguments import PLAN, ROSTER, TARGETS
from banzi.cli.paper_printing import NO_ASSIGNMENTS
from banzi.cli.structure_inputs import members_on
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.structure.traced_paragraph import Behind, TracedParagraph

SENTENCE = MessageKind("plan/paragraph-sentence", _("{number}．{text}"))
FIGURE = MessageKind("plan/paragraph-figure", _("{title}（{state}）：{shown}（{counted}）"))
FIGURE_OF_TEAM = MessageKind(
    "plan/paragraph-figure-of-team", _("{title}（{team}，{state}）：{shown}（{counted}）")
)
WHO_UNKNOWN = MessageKind("plan/paragraph-unknown", _("情况不明：{names}"))
NOBODY = _("没有")
STATES = {False: _("方案"), True: _("现任")}

NAMES = typer.Option(False, "--names", help="逐个数字列出所涉人员。")


def add_to(group: typer.Typer) -> None:
    group.command("paragraph")(paragraph_command)


def paragraph_command(
    folder: Path = ROSTER,
    plan: Path = PLAN,
    targets: Path | None = TARGETS,
    names: bool = NAMES,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """方案与现任班子相比的成效段落；加 --names 反查每个数字的人员。印成材料用 banzi papers print 换届成效段落。"""
    from banzi.cli.plan_inputs import read_targets
    from banzi.documents.papers.moves import house_of, moves_of
    from banzi.staffing.plan import read_plan
    from banzi.structure.traced_paragraph import traced_paragraph

    proposed = read_plan(plan)
    if not proposed.found:
        raise BanziError(NO_ASSIGNMENTS(status=proposed.status))
    roster, day = terminal.roster_on(folder, as_of)
    sitting = members_on(roster, day)
    moves_of(
        house_of(roster, sitting.as_of), proposed.assignments
    )  # refuses a plan of another roster
    planned = sitting.with_plan(dict(proposed.assignments), sitting.as_of)
    traced = traced_paragraph(planned, sitting, read_targets(targets).settings)
    if as_json:
        terminal.say_json(_said(traced))
        return
    terminal.say(traced.paragraph.text(terminal.language()))
    if names:
        _say_names(traced)


def _say_names(traced: TracedParagraph) -> None:
    language = terminal.language()
    for number, sentence in enumerate(traced.sentences, start=1):
        terminal.say(SENTENCE(number=number, text=sentence.message))
        for each in sentence.figures:
            result = each.result
            counted = f"{result.numerator}/{result.denominator}"
            if not result.counts_people:
                counted = str(result.denominator)
            values = {
                "title": result.indicator.title,
                "state": terminal.text(STATES[each.outgoing]),
                "shown": result.shown,
                "counted": counted,
            }
            of_team = FIGURE_OF_TEAM(team=result.team_name, **values)
            said = of_team if result.team_name else FIGURE(**values)
            names = render("{names}", {"names": list(each.names)}, language)
            terminal.say(f"  {said.text(language)}")
            terminal.say(f"    {names or terminal.text(NOBODY)}")
            if result.unknown:
                open_names = WHO_UNKNOWN(names=list(result.unknown_names))
                terminal.say(f"    {open_names.text(language)}")


def _said(traced: TracedParagraph) -> dict[str, Any]:
    language = terminal.language()
    return {
        "paragraph": traced.paragraph.text(language),
        "sentences": [
            {
                "text": sentence.message.text(language),
                "figures": [_figure(each) for each in sentence.figures],
            }
            for sentence in traced.sentences
        ],
    }


def _figure(each: Behind) -> dict[str, Any]:
    result = each.result
    return {
        "id": result.indicator.id,
        "title": render(result.indicator.title, {}, terminal.language()),
        "team_id": result.team_id,
        "outgoing": each.outgoing,
        "as_of": result.as_of,
        "shown": result.shown,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "persons": [
            {"person_id": entry.person_id, "name": entry.name, "value": entry.value}
            for entry in result.entries
        ],
    }
