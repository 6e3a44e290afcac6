"""A meeting as a clerk declares it in YAML, and its agenda as a letter.

    会议: 部务会
    名称: 中共云岭市委组织部部务会
    时间: 2026年7月3日（星期五）15:00
    地点: 三楼会议室
    主持: 赵大山
    参加: [部务会成员]
    列席: [干部一科负责同志]
    议题: [讨论干部任免事项, 其他事项]
    票数: 9

会议 tells which ballot is used: 部务会 votes 同意, 不同意, 缓议; 常委会 同意, 不同意, 弃权.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from banzi.documents.papers.letters.letter import Letter
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.structure.yaml_file import read_model

AGENDA = _("议程")
_TITLE = _("{meeting}议程")
_HEADS = {
    "time": _("时间"),
    "place": _("地点"),
    "chair": _("主持"),
    "members": _("参加"),
    "attending": _("列席"),
}
_LINE = _("{head}：{text}")
_ITEMS = _("议题：")
_ITEM = _("{number}.{text}")
DEFAULT_ITEM = _("讨论干部任免事项（{count}人）")


class MeetingKind(StrEnum):
    """Which meeting, by the ballot it uses."""

    DEPARTMENT = "部务会"
    COMMITTEE = "常委会"

    @property
    def ballot(self) -> str:
        """The paper that is its ballot."""
        return "department-ballot" if self is MeetingKind.DEPARTMENT else "committee-ballot"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Meeting(BaseModel):
    """A meeting; what is blank is left out of the agenda."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["部务会", "常委会"] = Field(alias="会议")
    name: str = Field(alias="名称", min_length=1)
    time: str = Field("", alias="时间")
    place: str = Field("", alias="地点")
    chair: str = Field("", alias="主持")
    members: Texts = Field((), alias="参加")
    attending: Texts = Field((), alias="列席")
    items: Texts = Field((), alias="议题")
    ballots: int = Field(1, alias="票数", ge=1, le=500)

    @property
    def which(self) -> MeetingKind:
        return MeetingKind(self.kind)


def read_meeting(file: Path) -> Meeting:
    """The meeting of a file.

    Raises
    ------
    BadInput
        With every flaw, as `file:line:column`.
    """
    return read_model(file, Meeting)[0]


def agenda(meeting: Meeting, persons: int, marking: str = "") -> Letter:
    """The agenda as a plain letter without head, date or seal."""
    lines = []
    for name, head in _HEADS.items():
        value = getattr(meeting, name)
        text = "、".join(value) if isinstance(value, tuple) else value
        if text:
            lines.append(render(_LINE, {"head": head, "text": text}))
    items = meeting.items or (render(DEFAULT_ITEM, {"count": persons}),)
    lines.append(_ITEMS)
    lines += [
        render(_ITEM, {"number": number, "text": text})
        for number, text in enumerate(items, start=1)
    ]
    title = render(_TITLE, {"meeting": meeting.name})
    return Letter(
        title, "\n".join(lines), dated=False, marking=marking, whole_words=(meeting.name,)
    )
