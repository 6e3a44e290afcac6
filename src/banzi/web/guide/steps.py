"""The steps from files to a plan. Nobody ticks them: whether one is done is looked up each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.urls import reverse

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster.keeping import FindingState
from banzi.web.accounts.rights import Rights
from banzi.web.board.models import Draft, Project
from banzi.web.records.sight import Sight, sight
from banzi.web.targets.models import TargetSet

HOLDS = MessageKind("guide/holds", _("您可查看{organs}个机构、{posts}个职位、{persons}人"))
SEATED = MessageKind("guide/seated", _("{seats}人次在任，{posts}个职位"))
OPEN = MessageKind("guide/open", _("还有{count}条疑点待处理"))
TARGETS = MessageKind("guide/targets", _("现行目标：{title}"))
PROJECTS = MessageKind("guide/projects", _("选配项目{count}个"))
DRAFTS = MessageKind("guide/drafts", _("方案{count}个"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, why, where; `found` is what the data say, None for nothing yet."""

    title: str
    hint: str
    url: str
    is_done: bool
    found: Message | None


def steps(rights: Rights) -> list[Step]:
    """All steps in order, with the figures that the account may see."""
    return list(_steps(rights))


def _steps(rights: Rights) -> Iterator[Step]:
    mine = sight(rights, rights.day)
    counts = {name: mine.roster[name].height for name in ("organs", "posts", "persons")}
    seated, doubtful = mine.roster.keep("guide", lambda: _counted(mine))
    yield Step(
        _("导入机构、职位和人员"),
        _("任免审批表和机构班子表（banzi template 写出空表）一起选择；先比对，核对后才写入"),
        reverse("import-new"),
        bool(counts["posts"] and counts["persons"]),
        HOLDS(**counts) if any(counts.values()) else None,
    )
    yield Step(
        _("核对谁在任"),
        _("在班子页面核对现任；空缺和超配在这里看"),
        reverse("teams"),
        bool(seated),
        SEATED(seats=seated, posts=counts["posts"]) if seated else None,
    )
    yield Step(
        _("处理疑点"),
        _("有争议的值在裁定前按“不掌握”处理，资格核对会显示“数据不足”"),
        reverse("problems"),
        bool(counts["persons"]) and not doubtful,
        OPEN(count=doubtful) if doubtful else None,
    )
    targets = TargetSet.objects.filter(is_in_force=True).first()
    yield Step(
        _("设定结构目标"),
        _("从目标库选用或上传本单位的目标；每条注明依据"),
        reverse("targets"),
        targets is not None,
        TARGETS(title=targets.title) if targets else None,
    )
    projects = Project.objects.filter(sealed=False).count()
    yield Step(
        _("建立选配项目"),
        _("冻结一天的资料，选定职位和人选范围"),
        reverse("board"),
        bool(projects),
        PROJECTS(count=projects) if projects else None,
    )
    drafts = Draft.objects.filter(project__sealed=False).count()
    yield Step(
        _("求得方案并比选"),
        _("求解、手工调整、比较；程序只提建议，由有权机关决定"),
        reverse("board"),
        bool(drafts),
        DRAFTS(count=drafts) if drafts else None,
    )


def _counted(mine: Sight) -> tuple[int, int]:
    """Seats held now, and doubts not decided yet, about persons in sight."""
    seats = mine.roster["seats"].filter(pl.col("ended_on").is_null())
    findings = mine.roster["findings"].filter(
        pl.col("state") == FindingState.OPEN.value, pl.col("person_id").is_not_null()
    )
    return seats.height, findings.height
