"""`banzi plan build`: roster, targets and settings → problem bundle. Joins the group `plan`."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.cli.arguments import ROSTER
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

BUILT = MessageKind(
    "plan-build/built",
    _(
        "已生成选配问题“{name}”：职位{posts}个、人选{persons}人、可选组合{pairs}对（其中{review}对需研究）、目标{targets}项"
    ),
)
WRITTEN = MessageKind("plan-build/written", _("已写入{path}，校验值{sha256}"))
LEFT_OUT = MessageKind("plan-build/left-out", _("未列入的组合：{reasons}"))
NO_CANDIDATE = MessageKind("plan-build/no-candidate", _("没有可选人选的职位：{posts}"))
NO_PLACE = MessageKind("plan-build/no-place", _("须安排但没有可选职位的现任人员：{persons}"))

TARGETS = typer.Option(
    ..., "--targets", metavar="FILE", help="结构目标（.yaml 或 banzi 模板 .xlsx）。"
)
SETTINGS = typer.Option(
    ..., "--settings", metavar="FILE", help="选配设置（.yaml 或 banzi 模板 .xlsx）。"
)
PROBLEM = typer.Option(..., "--problem", metavar="OUT", help="选配问题写入的文件夹。")


def add_to(group: typer.Typer) -> None:
    group.command("build")(build_command)


def build_command(
    folder: Path = ROSTER,
    targets: Path = TARGETS,
    settings: Path = SETTINGS,
    problem: Path = PROBLEM,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """由花名册、结构目标和选配设置生成选配问题。"""
    from banzi.cli.plan_inputs import read_plan_settings, read_targets
    from banzi.staffing.building import write_built
    from banzi.staffing.left_out import counted
    from banzi.staffing.reviews import REVIEW_FILE
    from banzi.staffing.screening import build_from_roster

    roster, day = terminal.roster_on(folder, as_of)
    wanted, chosen = read_targets(targets), read_plan_settings(settings)
    with terminal.progress_bar() as progress:
        built = build_from_roster(
            roster, wanted.targets, chosen, day, progress, str(settings), terminal.law()
        )
        progress.advance(0)
        digest = write_built(problem, built)
    read = built.problem
    covered = {post for post, _person in read.pairs}
    names = dict(roster["posts"].select("post_id", "post_name").iter_rows())
    open_posts = [names[p.post_id] for n, p in enumerate(read.posts) if n not in covered]
    placeable = {person for _post, person in read.pairs}
    people = dict(roster["persons"].select("person_id", "name").iter_rows())
    stranded = [
        people[person]
        for n, person in enumerate(read.persons)
        if read.must_place[n] and n not in placeable
    ]
    figures = {
        "name": read.name,
        "posts": len(read.posts),
        "persons": len(read.persons),
        "pairs": len(read.pairs),
        "review": len(built.side_files[REVIEW_FILE].rows),
        "targets": len(read.targets),
    }
    if as_json:
        more = {
            "left_out": dict(built.left_out),
            "posts_without_candidate": open_posts,
            "persons_without_post": stranded,
        }
        terminal.say_json(
            {**figures, "as_of": read.as_of, **more, "problem_sha256": digest, "path": problem}
        )
        return
    terminal.say(BUILT(**figures))
    if out := counted(built.left_out):
        terminal.say(LEFT_OUT(reasons=out))
    if open_posts:
        terminal.say(NO_CANDIDATE(posts=open_posts))
    if stranded:
        terminal.say(NO_PLACE(persons=stranded))
    terminal.say(WRITTEN(path=str(problem), sha256=digest))
