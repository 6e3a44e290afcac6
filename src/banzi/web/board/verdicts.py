"""What the rules say of a pair that is no candidate, on the records as they are now."""

from __future__ import annotations

from datetime import date

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.rules import explain
from banzi.rules.runtime.verdicts import RANKED, Verdict
from banzi.web.records.freezing import current_roster
from banzi.web.shared.languages import current_language

SAYS = MessageKind("board/rule-says", _("{verdict}｜{title}：{text}"))
MISSING = MessageKind("board/rule-missing", _("{verdict}｜{title}：缺少{facts}"))
NO_OBSTACLE = MessageKind(
    "board/no-obstacle",
    _("按任职规定没有障碍；不在可选人员之内，是因为选配设置的人选来源、层次范围或已排除"),
)


def ready(as_of: date) -> None:
    """Read what `verdict_lines` reads: the first refused card then waits for nothing."""
    current_roster(as_of)


def verdict_lines(person_id: str, post_id: str, as_of: date) -> list[str]:
    """Rules that do not pass, gravest first, in the language of the request."""
    language = current_language()
    try:
        results = explain(current_roster(as_of), as_of, person_id, post_id)
    except BanziError as error:
        return [error.message.text(language)]
    lines = []
    for result in sorted(results, key=lambda each: -RANKED.index(each.verdict)):
        if result.verdict is Verdict.PASS:
            continue
        said = {
            "verdict": translate(result.verdict.zh, language),
            "title": translate(result.title, language),
        }
        if result.missing:
            lines.append(MISSING(**said, facts=list(result.missing)).text(language))
        else:
            lines.append(SAYS(**said, text=result.message(language)).text(language))
    return lines or [NO_OBSTACLE().text(language)]
