"""`banzi demo write | run`: the invented region as files, and the whole way to a plan."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

WRITTEN = MessageKind(
    "demo/written",
    _(
        "已写出虚构地区（种子{seed}）：任免审批表{forms}份、工作簿2个、目标和设置各1份，存入{folder}"
    ),
)
REGION_WRITTEN = MessageKind(
    "demo/region-written",
    _(
        "已写出虚构地区（种子{seed}）：干部{officials}人、班子{teams}个、职位{posts}个，"
        "{what}，存入{folder}"
    ),
)
REGION_NEXT = MessageKind(
    "demo/region-next",
    _(
        "下一步：banzi import {folder} --roster {roster}，再以 {folder}/targets.yaml 和 "
        "{folder}/settings.yaml 生成选配问题。{plan} 是一套满足全部目标的方案，供核对用"
    ),
)
_WHAT = {
    "all": _("任免审批表、工作簿、目标和设置"),
    "forms": _("任免审批表、目标和设置"),
    "workbooks": _("工作簿、目标和设置"),
    "roster": _("花名册、目标和设置"),
}

DIR = typer.Argument(..., metavar="DIR", help="写入的文件夹；同名的演示文件夹被替换。")
SEED = typer.Option(1, "--seed", min=0, help="随机种子；同一种子写出的文件逐字节相同。")
VARIANT = typer.Option(
    "feasible", "--variant", help="feasible 有可行方案；infeasible 埋有一处互相冲突的目标。"
)
REGION = typer.Option(
    False, "--region", help="写出整个地区（默认12个地级市、360个职位、3000名干部），不只是一个市。"
)
PREFECTURES = typer.Option(None, "--prefectures", metavar="N", help="地级市个数（1至12）。")
COUNTIES = typer.Option(
    None, "--counties", metavar="N", help="每个地级市另设班子的县（区）个数（0至10，默认0）。"
)
OFFICIALS = typer.Option(
    None,
    "--officials",
    metavar="N",
    help="干部总人数（默认每个地级市250人、每个设班子的县100人）。",
)
WRITE = typer.Option(
    None,
    "--write",
    help="写出什么：all 全部；forms 只写任免审批表；workbooks 只写工作簿；roster 直接写花名册。",
)
TIGHTNESS = typer.Option(
    None, "--tightness", help="目标松紧：standard 按常规要求；tight 恰为已知方案所能达到的程度。"
)
WITH_REGION = typer.Option(
    True, "--region/--no-region", help="最后选配整个地区（约1分钟）；--no-region 略去。"
)
WORK = typer.Option(Path("demo"), "--dir", metavar="DIR", help="工作文件夹。")

group = typer.Typer(help="演示：虚构地区的资料和一次完整的选配。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="demo")


@group.command()
def write(
    folder: Path = DIR,
    seed: int = SEED,
    variant: str = VARIANT,
    region: bool = REGION,
    prefectures: int = PREFECTURES,
    counties: int = COUNTIES,
    officials: int = OFFICIALS,
    contents: str = WRITE,
    tightness: str = TIGHTNESS,
) -> None:
    """写出虚构地区的任免审批表、工作簿、目标和设置：一个市，或整个地区（--region）。"""
    from banzi.cli.demo_run import refuse_foreign_folder
    from banzi.demo.files import VARIANTS, write_files

    terminal.one_of(variant, VARIANTS, "--variant")
    of_region = (prefectures, counties, officials, contents, tightness)
    if region or any(value is not None for value in of_region):
        _write_region(
            folder,
            seed,
            variant,
            (prefectures, counties, officials),
            contents or "all",
            tightness or "standard",
        )
        return
    refuse_foreign_folder(folder)
    world = write_files(folder, seed, variant)
    terminal.say(WRITTEN(seed=seed, forms=len(world.officials), folder=folder))


def _write_region(
    folder: Path,
    seed: int,
    variant: str,
    asked: tuple[int | None, int | None, int | None],
    contents: str,
    tightness: str,
) -> None:
    from banzi.cli.demo_run import refuse_foreign_folder
    from banzi.demo.province import size_of
    from banzi.demo.region_files import CONTENTS, HIDDEN_PLAN, write_region
    from banzi.demo.wishes_of_region import TIGHTNESS as DEGREES

    terminal.one_of(contents, CONTENTS, "--write")
    terminal.one_of(tightness, DEGREES, "--tightness")
    size = size_of(*asked)
    refuse_foreign_folder(folder)
    with terminal.progress_bar() as bar:
        written = write_region(folder, seed, size, contents, tightness, variant, bar)
    terminal.say(
        REGION_WRITTEN(
            seed=seed,
            officials=written.officials,
            teams=written.teams,
            posts=written.posts,
            what=terminal.text(_WHAT[contents]),
            folder=folder,
        )
    )
    if contents == "all":
        roster = folder.with_name(f"{folder.name}-roster")
        terminal.say(REGION_NEXT(folder=folder, roster=roster, plan=folder / HIDDEN_PLAN))


@group.command("run")
def run_command(folder: Path = WORK, seed: int = SEED, region: bool = WITH_REGION) -> None:
    """从写出资料到求得、核对方案，再到无解时指出冲突，最后选配整个地区：一条命令走完全程。"""
    from banzi.cli.demo_run import Demonstration

    if not Demonstration(folder, seed, region=region).run():
        raise typer.Exit(1)
