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

DIR = typer.Argument(..., metavar="DIR", help="写入的文件夹；同名的演示文件夹被替换。")
SEED = typer.Option(1, "--seed", min=0, help="随机种子；同一种子写出的文件逐字节相同。")
VARIANT = typer.Option(
    "feasible", "--variant", help="feasible 有可行方案；infeasible 埋有一处互相冲突的目标。"
)
WORK = typer.Option(Path("demo"), "--dir", metavar="DIR", help="工作文件夹。")

group = typer.Typer(help="演示：虚构地区的资料和一次完整的选配。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="demo")


@group.command()
def write(folder: Path = DIR, seed: int = SEED, variant: str = VARIANT) -> None:
    """写出虚构地区的任免审批表、工作簿、目标和设置。"""
    from banzi.cli.demo_run import refuse_foreign_folder
    from banzi.demo.files import VARIANTS, write_files

    if variant not in VARIANTS:
        raise typer.BadParameter(" | ".join(VARIANTS), param_hint="--variant")
    refuse_foreign_folder(folder)
    world = write_files(folder, seed, variant)
    terminal.say(WRITTEN(seed=seed, forms=len(world.officials), folder=folder))


@group.command("run")
def run_command(folder: Path = WORK, seed: int = SEED) -> None:
    """从写出资料到求得、核对方案，再到无解时指出冲突：一条命令走完全程。"""
    from banzi.cli.demo_run import Demonstration

    if not Demonstration(folder, seed).run():
        raise typer.Exit(1)
