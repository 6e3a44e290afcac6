"""Arguments and options that commands of several groups take alike."""

from __future__ import annotations

import typer

ROSTER = typer.Argument(..., metavar="DIR", help="花名册文件夹。")
PROBLEM = typer.Argument(..., metavar="PROBLEM", help="选配问题文件夹。")
PLAN = typer.Argument(..., metavar="PLAN", help="方案文件夹，或其中的plan.json。")
TARGETS = typer.Option(
    None, "--targets", metavar="FILE", help="结构目标（.yaml 或 banzi 模板 .xlsx）。"
)
