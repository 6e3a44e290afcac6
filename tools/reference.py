"""Write the pages under docs/reference/ from the code; `--check` fails when one is out of date.

Tables come from the column declarations, commands from the command line itself, messages from
every declared code, filling rules of the form, printed papers, addresses of the API, rules and parameters from the law
package, terms from the glossary.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import typer

import banzi
from tools.reference_law import coverage_page, law_page, proceedings_page
from tools.reference_mechanisms import mechanisms_page
from tools.reference_tables import table

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
PICTURES = ROOT / "docs" / "pictures" / "papers"
NOTE = "<!-- Written by `make docs` from the code; do not edit. -->"


def every_module() -> None:
    """Import the whole package, so that every message kind and rule has been declared."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.web_settings")
    django.setup()
    for module in pkgutil.walk_packages(banzi.__path__, "banzi."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def tables_page() -> Iterator[str]:
    from banzi.facts.declared import PERSON_FACTS
    from banzi.roster import TABLES

    yield "# Tables 数据表"
    yield ""
    yield "A column whose last cell is empty is required. Partial dates are `YYYYMMDD` with zeros"
    yield "for what is not known; months count from January of year 0."
    for each in [*TABLES.values(), PERSON_FACTS]:
        yield ""
        yield f"## {each.name} {each.zh}"
        yield ""
        yield f"{each.about} Key: {', '.join(f'`{name}`' for name in each.key)}."
        yield ""
        rows: list[list[object]] = []
        for column in each:
            values = column.codes or column.references
            if column.choices is not None:
                values = " · ".join(f"{choice.value} {choice.zh}" for choice in column.choices)
            rows.append(
                [
                    f"`{column.name}`",
                    column.zh,
                    column.en,
                    column.kind.value,
                    values,
                    column.national,
                    column.null,
                ]
            )
        yield from table(
            ["column", "名称", "meaning", "type", "values", "national code", "null means"], rows
        )


def commands_page() -> Iterator[str]:
    from banzi.cli.main import app, load_commands

    load_commands()
    yield "# Commands 命令"
    yield ""
    yield "Exit codes: 0 done · 1 the answer is no · 2 bad input · 130 stopped by the user."
    yield "Every problem is a line `file:row:column code message`."
    root = typer.main.get_command(app)
    yield from _command(root, "banzi")


def _command(command: Any, path: str) -> Iterator[str]:
    subcommands = getattr(command, "commands", None)
    if subcommands is not None:
        for name, each in subcommands.items():
            if not each.hidden:  # what only the product itself calls
                yield from _command(each, f"{path} {name}")
        return
    yield ""
    yield f"## {path}"
    yield ""
    yield (command.help or "").strip()
    yield ""
    rows: list[list[object]] = []
    for parameter in command.params:
        if parameter.name == "help" or getattr(parameter, "hidden", False):
            continue
        is_option = parameter.param_type_name == "option"
        names = " ".join(parameter.opts) if is_option else parameter.name.upper()
        rows.append(
            [
                f"`{names}`",
                "yes" if parameter.required else "",
                getattr(parameter, "help", "") or "",
            ]
        )
    yield from table(["parameter", "required", "说明"], rows)


def messages_page() -> Iterator[str]:
    from banzi.kernel.messages import declared_kinds, translate

    yield "# Messages 提示代码"
    yield ""
    yield from table(
        ["code", "中文", "English"],
        [
            [f"`{kind.code}`", kind.template, translate(kind.template, "en")]
            for kind in declared_kinds()
        ],
    )


def glossary_page() -> Iterator[str]:
    terms = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))["term"]
    yield "# Glossary 术语"
    yield ""
    yield from table(
        ["中文", "identifier", "English", "meaning", "not"],
        [
            [
                term["zh"],
                f"`{term['identifier']}`",
                term["en"],
                term["gloss"],
                ", ".join(term.get("not", [])),
            ]
            for term in terms
        ],
    )


def form_rules_page() -> Iterator[str]:
    from banzi.documents.form_checks.registry import RULES
    from banzi.documents.form_checks.rule import CLAUSE

    yield "# Filling rules 填表规则"
    yield ""
    yield f"What `banzi forms check` looks at; basis: {CLAUSE}. {len(RULES)} rules, in the order of the form."
    yield ""
    rows: list[list[object]] = [
        [
            f"`{rule.id}`",
            rule.severity.zh,
            rule.title,
            rule.says.template,
            _without_place(rule.source),
        ]
        for rule in RULES
    ]
    yield from table(["rule", "性质", "规则", "说明", "source"], rows)


def _without_place(source: str) -> str:
    """A rule's docstring without the section of the format notes, which are no part of the docs."""
    text = re.sub(r"\s*[（(](?:formats\.md )?[\d., ]+(?:ZB01)?[)）]", "", source)
    return re.sub(r"\s+", " ", text)


def papers_page() -> Iterator[str]:
    from banzi.documents.papers.paper_kinds import Need
    from banzi.documents.papers.registry import ALL_PAPERS

    yield "# Papers 材料"
    yield ""
    yield "Every paper that can be printed by name; `banzi papers list` says the same. Pictures are"
    yield "the first page for the invented region of `make demo`, drawn by `tools/paper_pictures.py`."
    yield ""
    yield "每份材料都可加：`--persons` 名单、`--team` 班子、`--order` 次序（职务、姓氏笔画、名单次序）、"
    yield "`--marking` 密级标志、`--page a3` 大纸、`--as-of` 基准日。要用方案的，加 `--problem` 和 `--plan`；"
    yield "方案须先通过核对。事实不掌握的栏留空，不可缺的栏印“待核”；工作簿里姓名不加空格，数字是数字。"
    yield ""
    yield from table(
        ["材料", "id", "用途", "格式"],
        [
            [f"[{each.title}](#{each.id})", f"`{each.id}`", each.purpose, " ".join(each.formats)]
            for each in ALL_PAPERS
        ],
    )
    for each in ALL_PAPERS:
        yield ""
        yield f"## {each.id}"
        yield ""
        yield f"**{each.title}** {each.purpose}"
        yield ""
        for need in each.needs:
            yield f"- 需要：{need.value}"
        for option in each.options:
            yield f"- `--set {option.name}=…` {option.help}"
        yield ""
        plan = (
            " --problem PROBLEM --plan PLAN" if {Need.PROPOSALS, Need.PLAN} & {*each.needs} else ""
        )
        yield "```"
        yield f"banzi papers print {each.id} ROSTER{plan} --out {each.title}.{each.formats[0]}"
        yield "```"
        if (PICTURES / f"{each.id}.png").is_file():
            yield ""
            yield f"![{each.title}](../pictures/papers/{each.id}.png)"
    yield from letters()


def letters() -> Iterator[str]:
    """公文 are written from a file of their own and not by name."""
    yield ""
    yield "## 公文"
    yield ""
    yield "内容写成 `.yaml` 文件，见 [howto/write-letters.md](../howto/write-letters.md)："
    yield ""
    yield "```"
    yield "banzi papers letter 通知.yaml --out 通知.docx"
    yield "```"
    for name, title in (("letter", "文件格式"), ("official-letter", "信函格式")):
        yield ""
        yield f"![{title}](../pictures/papers/{name}.png)"


def api_page() -> Iterator[str]:
    from banzi.web.api.describing import description, english
    from banzi.web.api.views import parts_of

    yield "# API 接口"
    yield ""
    yield "How to make a token and ask: [howto/use-the-api.md](../howto/use-the-api.md)."
    yield "All addresses are read with GET."
    for tag, endpoints in parts_of(description("zh")):
        yield ""
        yield f"## {tag} {english(tag)}"
        for each in endpoints:
            yield ""
            yield f"### {each['address']}"
            yield ""
            verbs = "、".join(f"{verb.zh} ({verb.en})" for verb in each["verbs"])
            yield f"{each['summary']}。{each['about']}"
            yield f"{english(each['summary'])}. 权限 verbs: {verbs or '—'}"
            for title, told in (("参数 parameter", "parameters"), ("结果 answer", "fields")):
                rows: list[list[object]] = [[f"`{name}`", text] for name, text in each[told]]
                if rows:
                    yield ""
                    yield from table([title, "说明"], rows)


WRITERS: dict[str, Callable[[], Iterator[str]]] = {
    "tables": tables_page,
    "commands": commands_page,
    "messages": messages_page,
    "law": law_page,
    "proceedings": proceedings_page,
    "coverage": coverage_page,
    "mechanisms": mechanisms_page,
    "glossary": glossary_page,
    "form-rules": form_rules_page,
    "papers": papers_page,
    "api": api_page,
}


def main(arguments: list[str]) -> int:
    every_module()
    stale = []
    for name, page in WRITERS.items():
        target = PAGES / f"{name}.md"
        content = "\n".join([NOTE, "", *page()]) + "\n"
        if target.exists() and target.read_text(encoding="utf-8") == content:
            continue
        stale.append(target.name)
        if "--check" not in arguments:
            target.write_text(content, encoding="utf-8", newline="\n")
    if "--check" in arguments and stale:
        print(f"out of date: {', '.join(stale)}; run `make docs`")
        return 1
    print(
        f"{len(WRITERS)} pages, {len(stale)} written"
        if stale
        else f"{len(WRITERS)} pages up to date"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
